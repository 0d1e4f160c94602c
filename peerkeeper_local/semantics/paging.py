"""Pages of a describe. In: all that matched, and what the call asked for. Out: one page and a token."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from peerkeeper_local.semantics.filters import Document
from peerkeeper_local.semantics.refusal import Refusal

SMALLEST = 5


def page_of(
    documents: Sequence[Document],
    key: str,
    sent: Mapping[str, Any],
    page_size: int,
    least: int = SMALLEST,
) -> Document:
    """Return the reply {key: one page} with NextToken where more follows.

    `page_size` is both the default and the most that MaxResults may ask for, `least` the least.
    Raises Refusal: InvalidParameterValue, InvalidNextToken. Source: EC2 API (MaxResults).
    """
    start = _start(sent.get("NextToken"))
    end = start + _size(sent.get("MaxResults"), page_size, least)
    reply: Document = {key: list(documents[start:end])}
    if end < len(documents):
        reply["NextToken"] = urlsafe_b64encode(f"from {end}".encode()).decode()
    return reply


def _size(asked: int | None, most: int, least: int) -> int:
    if asked is None:
        return most
    if not min(least, most) <= int(asked) <= most:
        raise Refusal(
            "InvalidParameterValue",
            f"Value ( {asked} ) for parameter maxResults is invalid. "
            f"Expecting a value from {least} to {most}.",
        )
    return int(asked)


def _start(token: str | None) -> int:
    if token is None:
        return 0
    try:
        word, number = urlsafe_b64decode(token.encode()).decode().split()
        if word == "from" and number.isdigit():
            return int(number)
    except ValueError:
        pass
    raise Refusal("InvalidNextToken", "The token provided is invalid.")
