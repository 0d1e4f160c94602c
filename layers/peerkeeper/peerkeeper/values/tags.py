"""Peerkeeper's tags: their keys, their closed lists of values, and what is wrong with a value.

In: tags of one resource. Out: what they say, and faults in words. A value outside its list is a fault,
never a default; a resource with a faulty tag is left alone where the tag could have meant "hands off".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from peerkeeper.values.ec2 import Location, Side, Tags

PREFIX = "peerkeeper:"
PEERS = "peerkeeper:peers"
APPROVED = "peerkeeper:approved"
EXEMPT = "peerkeeper:exempt"
ROUTES = "peerkeeper:routes"
STATUS = "peerkeeper:status"

CLOSED = {APPROVED: ("true", "false"), EXEMPT: ("true", "false"), ROUTES: ("none",)}
WORD = re.compile(r"self|[0-9]{12}|vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})")


class Status(StrEnum):
    """What `peerkeeper:status` on a peering says: what people were told of it last."""

    HELD = "held"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    CONFLICT = "route-conflict"
    CLEAR = "ok"


STATUSES = {member.value: member for member in Status}


def is_peers(key: str) -> bool:
    """Tell whether the key is `peerkeeper:peers` or one of `peerkeeper:peers-<word>`."""
    return key == PEERS or key.startswith(PEERS + "-")


def value_of(tags: Tags, key: str) -> str | None:
    """Return the tag's value; None where there is no such tag."""
    for name, value in tags:
        if name == key:
            return value
    return None


def is_exempt(tags: Tags) -> bool:
    """Tell whether the resource is out of every rule. A faulty value counts: hands off, and a finding."""
    return value_of(tags, EXEMPT) not in (None, "false")


def takes_routes(tags: Tags) -> bool:
    """Tell whether a route table takes routes of ours. A faulty value counts as `none`."""
    return value_of(tags, ROUTES) is None and not is_exempt(tags)


def is_approved(tags: Tags) -> bool:
    """Tell whether the peering connection itself carries the approval, in the location of these tags."""
    return value_of(tags, APPROVED) == "true"


def told(tags: Tags) -> Status | None:
    """Return what people were told last; None where nothing of ours is written there."""
    said = value_of(tags, STATUS)
    return STATUSES.get(said) if said else None


def names_peer(tags: Tags, own: Location, peer: Side) -> bool:
    """Tell whether our VPC's tags name the peer: by account id, by VPC id, or as `self`."""
    said = {word for key, value in tags if is_peers(key) for word in value.split()}
    if peer.location.account_id in said or peer.vpc_id in said:
        return True
    return "self" in said and peer.location.account_id == own.account_id


def faults(tags: Tags) -> Iterator[str]:
    """Yield, in words, each fault in the resource's Peerkeeper tags, with what is allowed."""
    for key, value in tags:
        if not key.startswith(PREFIX) or key == STATUS:
            continue
        if is_peers(key):
            wrong = [word for word in value.split() if not WORD.fullmatch(word)]
            if wrong or not value.split():
                said = ", ".join(repr(word) for word in wrong) or "nothing"
                yield (
                    f"{key} names {said}; allowed are 12-digit account ids, vpc ids and self, "
                    "separated by spaces"
                )
        elif key not in CLOSED:
            known = ", ".join((PEERS, f"{PEERS}-<word>", *CLOSED))
            yield f"{key} is no tag of Peerkeeper's; it knows {known}"
        elif value not in CLOSED[key]:
            yield f"{key} is {value!r}; allowed: {', '.join(CLOSED[key])}"
