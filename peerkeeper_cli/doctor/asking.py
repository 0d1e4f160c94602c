"""Ask AWS, many questions at once. In: access, calls. Out: an answer to each; a refusal is an answer too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from botocore import xform_name
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.doctor.call import ABSENT, Answer, Call
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.at_once import AtOnce
from peerkeeper_cli.reader.progress import Progress, Silent

NO_STACK = "does not exist"
"""How CloudFormation says it, under the code ValidationError. Source: observed."""


class Asking:
    """The questions of a wave, at once."""

    def __init__(self, access: Access, progress: Progress | None = None) -> None:
        """Take whom to ask, and where to report progress."""
        self._access, self._at_once = access, AtOnce(progress or Silent())

    def all(self, calls: Iterable[Call]) -> dict[Call, Answer]:
        """Return the answer to each, all at once; Ctrl-C ends it at any time."""
        wanted = [*dict.fromkeys(calls)]
        return dict(zip(wanted, self._at_once(self._one, wanted), strict=True))

    def _one(self, call: Call) -> Answer:
        said = self._access.answered(call.place.account_id, call.action, lambda: self._said(call))
        if not isinstance(said, Trouble):
            return Answer(said)
        gone = said.code in ABSENT or NO_STACK in said.message
        return Answer() if gone else Answer(trouble=said)

    def _said(self, call: Call) -> Mapping[str, Any]:
        operation, sent = xform_name(call.operation), json.loads(call.sent)
        client = self._access.client(call.service, *call.place)
        pages = client.can_paginate(operation) and client.get_paginator(operation)
        reply: Mapping[str, Any] = (
            pages.paginate(**sent).build_full_result()
            if pages
            else getattr(client, operation)(**sent)
        )
        return reply
