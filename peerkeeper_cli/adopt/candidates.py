"""Which peerings an estate routes without consent. In: a snapshot, settings. Out: candidates, or why not.

Each live peering that one of our tables routes and our side has not agreed to. The first row that fits:

    the peering                                    adopted
    not all that it rests on was read              no: nothing is concluded
    networks of both sides overlap                 no: it can never carry
    one side routes it, the other was read
      and does not, and no change was asked for    no: one-sided
    a VPC of it is exempt                          no
    its account is not allowed                     no: AllowedAccounts comes first
    any other                                      a candidate
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peerkeeper.planning.agreement import objections
from peerkeeper.planning.serving_tables import cidrs_of
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import ROUTABLE, Location, PeeringConnection, Side, overlap
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import is_exempt
from peerkeeper.values.trouble import Meaning

ONE_SIDED = "one-sided"


@dataclass(frozen=True, slots=True, order=True)
class NotAdopted:
    """A peering that stays as it is, and why."""

    pcx_id: str
    reason: str
    """One word or two, for counting."""
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A peering, and each of our sides that has not agreed."""

    pcx_id: str
    views: tuple[tuple[PeeringConnection, Side, Side], ...]
    """Our view, our side, the peer's side."""


def candidates(
    seen: Snapshot, settings: Settings, *, with_changes: bool = False
) -> Iterator[Candidate | NotAdopted]:
    """Yield each live peering that is routed and not agreed to, by id."""
    failed = frozenset(
        read.location
        for read, trouble in seen.unread.items()
        if trouble.meaning is not Meaning.ABSENT
    )
    for pcx_id in sorted({id_ for _, id_ in seen.peerings}):
        sides = [*_sides(seen, pcx_id)]
        open_ = [one for one in sides if _objected(seen, settings, *one)]
        if open_ and any(_routes(seen, view, own) for view, own, _ in sides):
            reason = _unread(seen, sides, failed) or _reason(seen, settings, sides)
            if reason and reason[0] == ONE_SIDED and with_changes:
                reason = None
            yield NotAdopted(pcx_id, *reason) if reason else Candidate(pcx_id, tuple(open_))


def _sides(seen: Snapshot, pcx_id: str) -> Iterator[tuple[PeeringConnection, Side, Side]]:
    """Yield our sides of it that were read, while it lives."""
    for view in seen.views_of(pcx_id):
        if seen.status_of(view.location, pcx_id) in ROUTABLE:
            for own, peer in view.own_sides():
                if (own.location, own.vpc_id) in seen.vpcs:
                    yield view, own, peer


def _objected(
    seen: Snapshot, settings: Settings, view: PeeringConnection, own: Side, peer: Side
) -> bool:
    vpc = seen.vpcs[own.location, own.vpc_id]
    return bool(objections(view, own, peer, vpc, settings, accepting=False))


def _routes(seen: Snapshot, view: PeeringConnection, own: Side) -> bool:
    return any(table.routes_to(view.id) for table in seen.tables_of(own.location, own.vpc_id))


def _unread(
    seen: Snapshot,
    sides: list[tuple[PeeringConnection, Side, Side]],
    failed: frozenset[Location],
) -> tuple[str, str] | None:
    for _, own, _ in sides:
        key = (own.location, own.vpc_id)
        if own.location in failed or not (
            seen.has_read_tables(*key)
            and seen.has_read_subnets(*key)
            and seen.has_read_peerings(*key)
        ):
            return "not read", f"not all of {own.location} could be read, so nothing is concluded"
    return None


def _reason(
    seen: Snapshot, settings: Settings, sides: list[tuple[PeeringConnection, Side, Side]]
) -> tuple[str, str] | None:
    for view, own, peer in sides:
        where = f"{own.vpc_id} in {own.location}"
        networks = cidrs_of(seen, own), cidrs_of(seen, peer)
        both = [a for a in networks[0] for b in networks[1] if overlap(a, b)]
        if both:
            return "overlapping", f"{both[0]} of {where} overlaps a network of {peer.vpc_id}"
        if is_exempt(seen.vpcs[own.location, own.vpc_id].tags):
            return "exempt", f"{where} is exempt: it is out of every rule"
        if not _routes(seen, view, own):
            return ONE_SIDED, f"{where} has no route to it, the other side has"
        if not settings.allows_account(peer.location.account_id, own.location):
            account = peer.location.account_id
            words = f"account {account} of {peer.vpc_id} is not allowed: add it to AllowedAccounts first"
            return "account not allowed", words
    return None
