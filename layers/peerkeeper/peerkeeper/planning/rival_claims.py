"""Two peerings that want the same network in one table, or one that wants a wider network around it.

In: what the peerings of a VPC want, and the routes that a table lacks. Out: these routes, with a finding in
place of each that another peering contests. Which one gets the place is not ours to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple, TypeAlias

from peerkeeper.settings import Settings
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import Network
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.prefixes import ByPrefix


class Claim(NamedTuple):
    """A network that a peering wants."""

    destination: Network
    pcx_id: str


Dispute: TypeAlias = tuple[int, str]
"""A claim by the identity of its network. To compare networks takes longer than all the rest."""


def disputes(claims: Sequence[Claim], settings: Settings) -> Set[Dispute]:
    """Return the claims that have a rival in their VPC: on most days none. A table may lack fewer."""
    asked = ByPrefix((claim.destination, claim) for claim in claims)
    return {_key(claim) for claim in claims if _rival(claim, asked, settings)}


def without_contested(
    found: Iterable[CreateRoute | Finding], disputed: Set[Dispute], settings: Settings
) -> Iterator[CreateRoute | Finding]:
    """Yield what was found for one table, with a finding in place of each route that has a rival there."""
    made: list[CreateRoute] = []
    for one in found:
        if isinstance(one, CreateRoute):
            made.append(one)
        else:
            yield one
    claims = [Claim(change.destination, change.pcx_id) for change in made]
    asked = ByPrefix((claim.destination, claim) for claim in claims)
    for change, claim in zip(made, claims, strict=True):
        other = _rival(claim, asked, settings) if _key(claim) in disputed else None
        yield _contested(change, other) if other else change


def _key(claim: Claim) -> Dispute:
    return id(claim.destination), claim.pcx_id


def _rival(claim: Claim, asked: ByPrefix[Claim], settings: Settings) -> Claim | None:
    """Return another peering's claim to the same network, or else to a wider one that counts as a cover."""
    rivals = [
        other
        for other in asked.holding(claim.destination)
        if other.pcx_id != claim.pcx_id
        and (
            other.destination == claim.destination
            or other.destination not in settings.allow_more_specific_than
        )
    ]
    return min(
        rivals,
        key=lambda one: (one.destination != claim.destination, one.pcx_id),
        default=None,
    )


def _contested(change: CreateRoute, other: Claim) -> Finding:
    """Return the finding about a new route that another peering wants as well."""
    same = other.destination == change.destination
    wanted = "the same network" if same else f"the wider {other.destination}"
    remedy = "" if same else f", list {other.destination} in AllowMoreSpecificThan"
    return Finding(
        Code.CONFLICT,
        change.location,
        change.route_table_id,
        f"{change.route_table_id} should send {change.destination} to {change.pcx_id}, and {other.pcx_id} "
        f"needs {wanted}. So it is not routed; remove the tag of one peer{remedy}, or create the route "
        "by hand",
        change.pcx_id,
    )
