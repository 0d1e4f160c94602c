"""What moto leaves without an answer, in process: an error in the service's own form instead.

moto lacks the service or the operation, or raises in it. Out: a patch. EC2's operations have their own seam,
so an error that escapes from there is our fault, and is raised as it is.
"""

import logging
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from botocore.awsrequest import AWSPreparedRequest
from botocore.model import OperationNotFoundError
from moto.core.botocore_stubber import BotocoreStubber

from peerkeeper_local.semantics.protocols import Asked, not_done

Answer = tuple[int, Any, Any]
_LOG = logging.getLogger(__name__)
_AWS = re.compile(r"(^|\.)(amazonaws\.com(\.cn)?|api\.aws|amazonwebservices\.com\.cn|on\.aws)$")
"""Hosts that would be AWS's own. Any other, as of a cloud that is served here, is not our business."""
FORM = "application/x-www-form-urlencoded"
NOT_HERE = {
    "cloudformation": "What the templates make is there from the start: `serve --set Parameter=Value` gives "
    "it parameters. Stacks are made on AWS.",
}
"""Services that moto would play, and nothing here would follow: why, and what to do instead."""
_EMPTY = (404, 405)
_NO_ANSWER = re.compile(rb"\s*(Not yet implemented|Not Found|<!doctype html.*|\Z)", re.S | re.I)


def unanswered() -> AbstractContextManager[object]:
    """Return the patch: in process every request to AWS is answered, by moto or by an error in AWS's form."""
    process: Callable[[BotocoreStubber, AWSPreparedRequest], Answer | None]
    process = BotocoreStubber.process_request

    def answered(stubber: BotocoreStubber, request: AWSPreparedRequest) -> Answer | None:
        try:
            answer = process(stubber, request)
        except AssertionError:
            raise  # a test's own word
        except Exception as error:
            asked = _asked(request)
            if asked.service == "ec2":
                raise
            return not_done(asked, reason(error))
        if answer is None:
            ours = _AWS.search(urlsplit(request.url).hostname or "")
            return not_done(_asked(request), "") if ours else None
        status, _, body = answer
        empty = is_no_answer(request.method, int(status), body)
        return not_done(_asked(request), "") if empty else answer

    return patch.object(BotocoreStubber, "process_request", answered)


def is_no_answer(method: str, status: int, body: str | bytes | None) -> bool:
    """Whether moto's reply is no answer: it is empty, or a page of its web server."""
    if status not in _EMPTY or method == "HEAD":
        return False
    raw = body.encode() if isinstance(body, str) else body or b""
    return bool(_NO_ANSWER.fullmatch(raw))


def reason(error: Exception) -> str:
    """Return why moto could not answer, for the caller; an unexpected error is logged with its trace."""
    match error:
        case NotImplementedError() if error.args and all(map(str, error.args)):
            text, *values = map(str, error.args)
            said = text % tuple(values) if values else text
            return said.partition(" Feel free to open an issue")[0]
        case NotImplementedError() | OperationNotFoundError():
            return "moto has no such operation."
        case ImportError():
            return f"{error}."
        case _:
            _LOG.error("moto could not answer", exc_info=error)
            return f"moto raised {type(error).__name__} ({error})."


def _asked(request: AWSPreparedRequest) -> Asked:
    headers = {_text(name).lower(): _text(value) for name, value in request.headers.items()}
    form = headers.get("content-type", "").startswith(FORM)
    body = _text(request.body) if form and isinstance(request.body, str | bytes) else ""
    return Asked(request.method, urlsplit(request.url).path, headers, body)


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
