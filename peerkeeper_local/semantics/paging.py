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
    size = _size(sent.get("MaxResults"), page_size, least)
    try:
        page, token = slice_of(documents, sent.get("NextToken"), size)
    except ValueError:
        raise Refusal("InvalidNextToken", "The token provided is invalid.") from None
    return {key: page, "NextToken": token} if token else {key: page}


def slice_of(
    documents: Sequence[Document], token: str | None, size: int
) -> tuple[list[Document], str | None]:
    """Return one page of at most `size`, and the token of the next one if more follows.

    Raises ValueError for a token that is not ours: each service has its own code for it.
    """
    start = _start(token)
    end = start + size
    return list(documents[start:end]), _token(end) if end < len(documents) else None


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
    word, number = urlsafe_b64decode(token.encode()).decode().split()
    if word != "from" or not number.isdigit():
        raise ValueError(token)
    return int(number)


def _token(end: int) -> str:
    return urlsafe_b64encode(f"from {end}".encode()).decode()
