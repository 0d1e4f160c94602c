"""What Peerkeeper's tags say: consent, hands off, what people know.

In: tags of one resource. Out: what they say. A value outside its list is a fault, never a default. A resource
with a faulty tag is left unchanged where the tag could have meant "hands off". `tag_faults` says what is
wrong.
`tag_keys` has the keys, and what a key that is written wrong may have meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from peerkeeper.values.ec2 import Location, Side, Tags
from peerkeeper.values.tag_keys import (
    APPROVED,
    EXEMPT,
    KEYS,
    ROUTES,
    STATUS,
    is_peers,
    misread,
)

WORD = re.compile(r"self|[0-9]{12}|vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})")
ONLY = re.compile(r"(?:pcx|vpc)-(?:[0-9a-f]{8}|[0-9a-f]{17})")
"""A word of `peerkeeper:routes` that names whom the table routes: one peering, or one VPC of a peer."""


class Status(StrEnum):
    """What `peerkeeper:status` on a peering says: the last news that people got about it."""

    HELD = "held"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    NOT_CARRYING = "not-carrying"
    CONFLICT = "route-conflict"
    """What the version before this one wrote in its place."""
    CLEAR = "ok"
    TELLING = "telling"
    """People get the news just now; if a later look sees it, they may not have got it."""


MOST = 8_192
"""Sets of tags whose reading is remembered: most resources have none, or the same as others."""
STATUSES = {member.value: member for member in Status}


def value_of(tags: Tags, key: str) -> str | None:
    """Return the tag's value; None where there is no such tag."""
    for name, value in tags:
        if name == key:
            return value
    return None


def with_tag(tags: Tags, key: str, value: str) -> Tags:
    """Return the tags once this one is set: it takes the place of one of the same key."""
    return tuple(sorted((*((k, v) for k, v in tags if k != key), (key, value))))


def values_of(tags: Tags, key: str) -> Iterator[str]:
    """Yield the values of the tag, and of slips of its key: of all that may have meant it."""
    for name, value in tags:
        if name == key or ((slip := misread(name)) and slip.slip and slip.meant == key):
            yield value


@lru_cache(maxsize=MOST)
def is_exempt(tags: Tags) -> bool:
    """Tell whether the resource is out of every rule. A slip or a faulty value counts, with a finding."""
    return any(value != "false" for value in values_of(tags, EXEMPT))


def only_value(tags: Tags, key: str) -> str:
    """Return the tag's value; empty if it is not allowed, or if another tag may mean the same key.

    A slip never consents, and a fault next to a valid tag makes that one unsure.
    """
    said = list(values_of(tags, key))
    value = value_of(tags, key) or ""
    return value if said == [value] and value in KEYS[key].values else ""


class TableRoutes(StrEnum):
    """What `peerkeeper:routes` lets us do with a route table."""

    ALL = "all"
    """There is no such tag: routes to every peering that is agreed."""
    ONLY = "only"
    """Routes to the peerings, and to the peers' VPCs, that it names."""
    REPORT = "report"
    """Somebody else owns the table: findings, and no write."""
    NONE = "none"
    """Hands off. A slip or a faulty value counts as this."""


@lru_cache(maxsize=MOST)
def table_routes(tags: Tags) -> TableRoutes:
    """Return what the table's tags let us do with it."""
    said = list(values_of(tags, ROUTES))
    if is_exempt(tags):
        return TableRoutes.NONE
    if not said:
        return TableRoutes.ALL
    exact = value_of(tags, ROUTES)
    if exact is None or len(said) > 1:
        return TableRoutes.NONE
    if exact == "report":
        return TableRoutes.REPORT
    return TableRoutes.ONLY if is_only(exact) else TableRoutes.NONE


def takes_routes_to(tags: Tags, pcx_id: str, peer_vpc: str) -> bool:
    """Tell whether the table takes our routes to this peering."""
    match table_routes(tags):
        case TableRoutes.ALL:
            return True
        case TableRoutes.ONLY:
            return bool({pcx_id, peer_vpc} & {*(value_of(tags, ROUTES) or "").split()})
        case _:
            return False


def takes_routes(tags: Tags) -> bool:
    """Tell whether a route table takes our routes at all."""
    return table_routes(tags) in (TableRoutes.ALL, TableRoutes.ONLY)


def is_only(value: str) -> bool:
    """Tell whether the value of `peerkeeper:routes` names peerings and VPCs, and nothing else."""
    words = value.split()
    return bool(words) and all(ONLY.fullmatch(word) for word in words)


class Wish(StrEnum):
    """What a VPC's own tag wants of one of its settings."""

    ENFORCE = "enforce"
    LEAVE = "leave"
    UNSAID = ""


@lru_cache(maxsize=MOST)
def wish(tags: Tags, key: str) -> Wish:
    """Return what the VPC's tag `peerkeeper:dns` or `peerkeeper:public-ip` wants.

    A slip never consents, and every faulty value counts as `leave`.
    """
    said = list(values_of(tags, key))
    if not said:
        return Wish.UNSAID
    if any(value != Wish.ENFORCE.value for value in said):
        return Wish.LEAVE
    return Wish.ENFORCE if value_of(tags, key) is not None else Wish.UNSAID


@lru_cache(maxsize=MOST)
def takes_part(tags: Tags) -> bool:
    """Tell whether the VPC has a valid tag of peers: one that holds at least one valid word."""
    return any(
        WORD.fullmatch(word) for key, value in tags if is_peers(key) for word in value.split()
    )


def is_approved(tags: Tags) -> bool:
    """Tell whether the peering connection itself carries the approval, in the location of these tags."""
    return value_of(tags, APPROVED) == "true"


def told(tags: Tags) -> Status | None:
    """Return the last news that people got; None where the tag has no value that we write."""
    said = value_of(tags, STATUS)
    return STATUSES.get(said) if said else None


def names_peer(tags: Tags, own: Location, peer: Side) -> bool:
    """Tell whether our VPC's tags name the peer: by account id, by VPC id, or as `self`."""
    said = {word for key, value in tags if is_peers(key) for word in value.split()}
    return not said.isdisjoint(words_for(own, peer))


def words_for(own: Location, peer: Side) -> tuple[str, ...]:
    """Return the words that name the peer on our side, the narrowest first: VPC, account, own account."""
    account = peer.location.account_id
    also_self = ("self",) if account == own.account_id else ()
    return peer.vpc_id, account, *also_self


def key_that_says(tags: Tags, word: str) -> str:
    """Return the key of the tag of peers that holds this word; empty where none does."""
    return next((key for key, value in tags if is_peers(key) and word in value.split()), "")
