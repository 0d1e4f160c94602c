"""What an operator may do next: ask for a peering, tag a VPC or untag it, delete a peering, delete a route.

In: a state. Out: EC2 calls, in words of the operator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering_state import TERMINAL, state_of
from simulator.rows import State
from simulator.scenarios.scenario import SELF

KEY, VALUE = SELF


@dataclass(frozen=True, slots=True)
class Deed:
    """One call of an operator."""

    words: str
    where: Location
    action: str
    params: dict[str, Any]


def deeds(state: State, peerings: int, moment: Moment) -> Iterator[Deed]:
    """Yield each deed that changes something. `peerings`: how many may be asked for in all."""
    homes = [(where, vpc) for where, place in state.places.items() for vpc in place.vpcs]
    if len(state.peerings) < peerings:
        yield from _asks(homes)
    for where, vpc in homes:
        yield _tags(state, where, vpc)
    for pcx, row in state.peerings.items():
        if state_of(row, moment).code not in TERMINAL:
            for side in (row.requester, row.accepter):
                words = f"delete {pcx} in {side.location.region}"
                named = {"VpcPeeringConnectionId": pcx}
                yield Deed(words, side.location, "DeleteVpcPeeringConnection", named)
    for where, place in state.places.items():
        for table in place.tables.values():
            for route in table.routes:
                if route.target.kind == "VpcPeeringConnectionId":
                    named = {"RouteTableId": table.id, "DestinationCidrBlock": route.destination}
                    words = f"delete route {route.destination} in {where.region}"
                    yield Deed(words, where, "DeleteRoute", named)


def _asks(homes: list[tuple[Location, str]]) -> Iterator[Deed]:
    for where, vpc in homes:
        for there, peer in homes:
            if vpc != peer:
                params = {
                    "VpcId": vpc,
                    "PeerVpcId": peer,
                    "PeerOwnerId": there.account,
                    "PeerRegion": there.region,
                }
                words = f"ask from {where.region}"
                yield Deed(words, where, "CreateVpcPeeringConnection", params)


def _tags(state: State, where: Location, vpc: str) -> Deed:
    """Return the deed that gives the VPC its consent, or removes it."""
    if KEY in state.places[where].tags.get(vpc, {}):
        gone = {"Resources": [vpc], "Tags": [{"Key": KEY}]}
        return Deed(f"untag the VPC in {where.region}", where, "DeleteTags", gone)
    given = {"Resources": [vpc], "Tags": [{"Key": KEY, "Value": VALUE}]}
    return Deed(f"tag the VPC in {where.region}", where, "CreateTags", given)
