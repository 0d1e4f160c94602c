"""Read one CloudTrail record's fields, in either of EC2's two encodings.

In: the `detail` of an EventBridge event. Out: `Record`. Never decides what the fields mean.

Legacy encoding: lowerCamel keys, lists as `{"items": [...]}`. XML encoding: one wrapper key, UpperCamel
request keys, a one-element list as an object, values wrapped as `{"tag": 1, "content": ...}`.
Source: genuine records of both kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LARGEST = 10**12
"""An account id has twelve digits."""
MOST_NAME, MOST_TIME = 200, 30
"""Characters of what is passed on to people."""
WRAPPERS = ("Request", "Req", "Response")


@dataclass(frozen=True, slots=True)
class Record:
    """The request and the response of one EC2 call."""

    name: str
    failed: bool
    request: Mapping[str, Any]
    response: Mapping[str, Any]
    actor: str = ""
    """Who called, as IAM names it: for people, never to decide by."""
    at: str = ""
    agent: str = ""
    """With which tool, in the tool's own words: for people as well."""


def record_from(detail: Mapping[str, Any]) -> Record:
    """Return the record in `detail`; missing parts come as empty mappings."""
    return Record(
        name=text(detail, "eventName"),
        failed=bool(detail.get("errorCode") or detail.get("errorMessage")),
        request=_unwrapped(detail.get("requestParameters")),
        response=_unwrapped(detail.get("responseElements")),
        actor=_actor(detail.get("userIdentity")),
        at=text(detail, "eventTime")[:MOST_TIME] or "an unknown time",
        agent=text(detail, "userAgent")[:MOST_NAME],
    )


def _actor(identity: object) -> str:
    """Return the caller's ARN, else a name. Source: CloudTrail User Guide, userIdentity element."""
    names = (text(identity, name) for name in ("arn", "userName", "invokedBy", "type"))
    return next(filter(None, names), "somebody")[:MOST_NAME]


def dig(fields: object, *path: str) -> object:
    """Return the value at `path`, else None. The first letter of a key may have either case."""
    here = fields
    for name in path:
        if not isinstance(here, dict):
            return None
        here = here[name] if name in here else here.get(name[:1].upper() + name[1:])
    if isinstance(here, dict) and "content" in here:
        return here["content"]
    return here


def text(fields: object, *path: str) -> str:
    """Return the text at `path`; empty where there is none.

    The XML encoding makes a number of a text that looks like one, as an account id does.
    """
    found = dig(fields, *path)
    if type(found) is int and abs(found) < LARGEST:
        return str(found)
    return found if isinstance(found, str) else ""


def items(fields: object, *path: str) -> Iterator[object]:
    """Yield the members of the list at `path`, in the form of either encoding."""
    found = dig(fields, *path)
    if isinstance(found, dict) and "items" in found:
        found = found["items"]
    if isinstance(found, list):
        yield from found
    elif isinstance(found, dict) and found:
        yield found


def _unwrapped(part: object) -> Mapping[str, Any]:
    if not isinstance(part, dict):
        return {}
    inner = [
        value for key, value in part.items() if isinstance(key, str) and key.endswith(WRAPPERS)
    ]
    if len(inner) == 1 and len(part) == 1:
        return inner[0] if isinstance(inner[0], dict) else {}
    return part
