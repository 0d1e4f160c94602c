"""The notices about a peering, by kind, and the word of its status tag for each.

In: an entry of PutEvents. Out: which notices it has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from peerkeeper_local.semantics.location import Location
from simulator.documents import Document

STATUS = "peerkeeper:status"
LIVE = frozenset({"provisioning", "active"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: the tag's word for it, the words that say as much, and the states that allow it."""

    word: str
    known: frozenset[str]
    states: frozenset[str]


KINDS = {
    "PeeringHeld": Kind("held", frozenset({"held", "expiring"}), frozenset({"pending-acceptance"})),
    "RequestExpiring": Kind("expiring", frozenset({"expiring"}), frozenset({"pending-acceptance"})),
    "RequestExpired": Kind("expired", frozenset({"expired"}), frozenset({"expired"})),
    "PeeringNotCarrying": Kind("not-carrying", frozenset({"not-carrying", "route-conflict"}), LIVE),
}
WORDS = {kind.word for kind in KINDS.values()}
FORMER = "RouteConflict"
"""Goes along with PeeringNotCarrying."""
MANY = "NoticeDigest"
"""Stands for many of the kinds above."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One event about one peering, from one location. `late`: no time was left to remember it."""

    kind: str
    pcx: str
    where: Location
    late: bool


def said_in(entry: Document) -> Iterator[tuple[str, str]]:
    """Yield (kind, peering) of each notice in an entry: none, one, or those that a digest lists."""
    kind, detail = entry["DetailType"], json.loads(entry["Detail"])
    if kind == MANY:
        yield from ((one["kind"], one["peering"]) for one in detail["peerings"])
    elif kind in KINDS or kind == FORMER:
        yield kind, detail["peering"]
