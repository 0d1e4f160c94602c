"""What was so of a peering in any of the states that a run may have been shown.

In: states with their moments, a policy, a peering, a location. Out: yes or no. A run reads one thing after
the other, so what it saw together may never have been so at once. Each part is looked for by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering
from peerkeeper_local.semantics.peering_state import state_of
from simulator import policy as say
from simulator.desired import (
    agreed,
    asked_for,
    carries,
    has_twin,
    of_peer,
    sides_at,
    to_be_accepted,
)
from simulator.policy import Policy
from simulator.room import may_lack_room
from simulator.rows import State, Table, Tags

Then: TypeAlias = Sequence[tuple[State, Moment]]
NO_TAGS: Tags = {}


def shown_to(run: Any, lag: float) -> Then:
    """Return all that the run may have been shown so far, in order: each state as it began and ended."""
    world, since = run.world, run.started - lag
    states: list[State] = world.between(since)
    ends = [state.at for state in states[1:]] + [world.scheduler.now]
    return [
        (state, world.moment(at))
        for state, end in zip(states, ends, strict=True)
        for at in (max(state.at, since), end)
    ]


def held(then: Then, policy: Policy, pcx: str, where: Location) -> bool:
    """Whether the request once waited there, and something once spoke against it."""
    rows = [(state.peerings[pcx], moment) for state, moment in then if pcx in state.peerings]
    waited = any(state_of(row, moment).code == "pending-acceptance" for row, moment in rows)
    return waited and any(
        _objectionable(state, moment, policy, rows[-1][0], where) for state, moment in then
    )


def _objectionable(
    state: State, moment: Moment, policy: Policy, peering: Peering, where: Location
) -> bool:
    own, peer = peering.accepter, peering.requester
    vpc = state.places[where].vpcs.get(own.vpc_id)
    return own.location == where and (
        not agreed(state, policy, peering, own, peer, accepting=True)
        or not policy.allows(peer.cidrs[0])
        or peering.requester_options.multipath_resilience
        or has_twin(state, moment, peering)
        or _another_goes_first(state, moment, policy, peering)
        or any(say.clash(cidr, vpc.cidrs) for cidr in peer.cidrs if vpc)
        or (policy.quota_check == "hold" and _no_room(state, moment, policy, peering))
    )


def _no_room(state: State, moment: Moment, policy: Policy, peering: Peering) -> bool:
    """Whether a table of one of our sides may lack room for the routes."""
    sides = ((peering.accepter, peering.requester), (peering.requester, peering.accepter))
    return any(
        may_lack_room(
            state.places[own.location],
            own.vpc_id,
            filter(policy.allows, of_peer(state, policy, own.location, peering, peer)),
            moment.limits.routes_per_table,
        )
        for own, peer in sides
        if own.location in policy.ours
    )


def _another_goes_first(state: State, moment: Moment, policy: Policy, peering: Peering) -> bool:
    """Whether the reversed request is to be accepted in one of our locations, and was not asked for later."""
    return any(
        other.accepter.vpc_id == peering.requester.vpc_id
        and other.requester.vpc_id == peering.accepter.vpc_id
        and other.created <= peering.created
        and other.accepter.location in policy.ours
        and to_be_accepted(state, moment, policy, other)
        for other in state.peerings.values()
    )


def disagrees(then: Then, policy: Policy, resource: str, where: Location) -> bool:
    """Whether this VPC, or the side of this peering, once did not agree to a peering that it once routed."""
    return any(
        resource in (pcx.id, own.vpc_id)
        and not agreed(state, policy, pcx, own, peer, accepting=False)
        and any(_routes(each, where, own.vpc_id, pcx.id) for each, _ in then)
        for state, _ in then
        for pcx in state.peerings.values()
        for own, peer in sides_at(pcx, where)
    )


def _routes(state: State, where: Location, vpc_id: str, pcx: str) -> bool:
    return any(
        route.target.id == pcx
        for table in state.places[where].tables.values()
        if table.vpc_id == vpc_id
        for route in table.routes
    )


def lacks_there(
    then: Then, policy: Policy, pcx: str, where: Location, gap: tuple[str, str]
) -> bool:
    """Whether this table was once asked to carry this network, and once did not."""
    asked = [one for each in _asked(then, policy, pcx, where) for one in each if one[:2] == gap]
    tables = _tables(then, where, gap[0])
    lacks = any(not carries(one, gap[1], pcx) or _diverted(one, gap[1], pcx) for one in tables)
    return any(clashes for *_, clashes in asked) or (bool(asked) and lacks)


def lacking(then: Then, policy: Policy, pcx: str, where: Location) -> bool:
    """Whether a table once did not send all of a network of the peer's to the peering."""
    asked = [one for each in _asked(then, policy, pcx, where) for one in each]
    return any(clashes for _, _, clashes in asked) or any(
        not carries(table, cidr, pcx) or _diverted(table, cidr, pcx)
        for table_id, cidr, _ in asked
        for table in _tables(then, where, table_id)
    )


def _diverted(table: Table, cidr: str, pcx: str) -> bool:
    """Whether a narrower route takes a part of the network elsewhere."""
    return any(
        say.covers(cidr, route.destination) and route.target.id != pcx for route in table.routes
    )


def whole(then: Then, policy: Policy, pcx: str, where: Location, vpc_id: str = "") -> bool:
    """Whether each route that was asked for all the time was there at some time; of one VPC, or of all."""
    asked = set.intersection(*_asked(then, policy, pcx, where, vpc_id))
    return all(
        any(carries(table, cidr, pcx) for table in _tables(then, where, table_id))
        for table_id, cidr, clashes in asked
        if not clashes
    )


def _asked(
    then: Then, policy: Policy, pcx: str, where: Location, vpc_id: str = ""
) -> list[set[tuple[str, str, bool]]]:
    """Return, for each state, (table, network, whether it overlaps our VPC) that is to be carried.

    The peering and our VPC are two reads, and each has its own tags. So each state is also taken with the
    tags that the peering had in other states.
    """
    last = then[-1][0].peerings[pcx]
    each = [state.places[where].tags.get(pcx, NO_TAGS) for state, _ in then]
    tagged = {id(tags): tags for tags in each}
    if len(tagged) > 1:
        then = [
            (state.with_tags(where, pcx, tags), moment)
            for state, moment in then
            for tags in tagged.values()
        ]
    return [
        {
            (table.id, cidr, say.clash(cidr, vpc.cidrs))
            for table, cidr, vpc in asked_for(state, policy, where, state.peerings.get(pcx, last))
            if vpc_id in ("", vpc.id)
        }
        for state, _ in then
    ]


def _tables(then: Then, where: Location, table_id: str) -> list[Table]:
    """Return the table as it was in each state that had it."""
    found = [state.places[where].tables.get(table_id) for state, _ in then]
    return [table for table in found if table]
