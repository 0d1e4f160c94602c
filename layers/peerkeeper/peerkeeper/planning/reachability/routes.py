"""The hop of the sender's effective route table: the route that takes the packets, and where it leads.

In: a flow. Out: `Hop`. The table is the subnet's own one, else the main one of its VPC.

| the winning route                                              | hop     |
|----------------------------------------------------------------|---------|
| leads into the peering that joins the ends                     | passed  |
| is `local`, and the ends are in one VPC                        | passed  |
| does not exist                                                 | blocked |
| is a blackhole                                                 | blocked |
| leads into another peering, or to the internet, or is `local`  | blocked |
| leads into a peering that was not read                         | unknown |
| leads to a gateway or an interface that forwards               | unknown |
| is in a state that this version does not know                  | unknown |
| may be a route of another kind, of two prefix lists            | unknown |
| may be a route of another kind, of a list that was not read    | unknown |
| is not known, since the table was not read                     | unknown |

The reply must enter the same peering: with two peers of one CIDR it may reach the other one. A subnet's hop
is as bad as its worst part. Sources: VPC User Guide, route priority; VPC Peering Guide, partial access.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peerkeeper.planning.reachability.flows import Flow
from peerkeeper.planning.reachability.route_openings import opening
from peerkeeper.planning.reachability.slices import slices
from peerkeeper.planning.winning_route import winning
from peerkeeper.values.ec2 import Network, Route, RouteTable
from peerkeeper.values.endpoints import shown
from peerkeeper.values.reachability import Hop, HopKind, State
from peerkeeper.values.surroundings import Kind

LOCAL = "local"
DEAD_ENDS = (LOCAL, "igw-", "eigw-", "nat-")
"""Targets that never lead to a private address of another VPC. Source: VPC Peering Guide, basics."""
WORST_FIRST = (State.BLOCKED, State.UNKNOWN, State.PASSED)


class Lead(NamedTuple):
    """Where a route leads the packets to one part of the receiver's addresses."""

    state: State
    words: str
    route: Route | None
    destination: Network


def hop_of_route(flow: Flow) -> Hop:
    """Return what the table of the sender's subnet does."""
    table = flow.around.table_of(flow.sender)
    if table is None:
        why = flow.around.why_unread(flow.sender.location, Kind.ROUTE_TABLES)
        return Hop(HopKind.ROUTE, flow.back, State.UNKNOWN, "", why)
    leads = [_lead(flow, table, one) for one in _parts(table, flow.receiver.network)]
    worst = min(leads, key=lambda lead: WORST_FIRST.index(lead.state))
    blocked = worst.state is State.BLOCKED
    return Hop(
        HopKind.ROUTE,
        flow.back,
        worst.state,
        table.id,
        f"{table.id} {worst.words}",
        _named(worst.route) if worst.route else "",
        in_part=blocked and any(lead.state is not State.BLOCKED for lead in leads),
        opening=opening(flow, table, worst.route, worst.destination) if blocked else None,
    )


def _parts(table: RouteTable, receiver: Network) -> Iterator[Network]:
    """Yield the receiver's addresses, cut where a route begins or ends."""
    within = [route.destination for route in table.within(receiver) if route.destination]
    return (part for part, _ in slices(receiver, within, lambda network: network))


def _lead(flow: Flow, table: RouteTable, destination: Network) -> Lead:
    winner = winning(table, destination)
    state, words = _state(flow, winner, destination)
    for route, doubt in _perhaps(flow, table, winner):
        if _state(flow, route, destination)[0] is not state:
            return Lead(State.UNKNOWN, doubt, route, destination)
    return Lead(state, words, winner, destination)


def _perhaps(flow: Flow, table: RouteTable, winner: Route | None) -> Iterator[tuple[Route, str]]:
    """Yield the routes that may take the packets in the winner's place, and why."""
    if winner and winner.destination and winner.prefix_list:
        for route in table.holding(winner.destination):
            if route.prefix_list and route.destination == winner.destination:
                yield (
                    route,
                    f"has {route.destination} in two prefix lists, and EC2 chooses one of them",
                )
    of_one_address = (
        winner
        and winner.destination
        and winner.static
        and (winner.destination.prefixlen == winner.destination.max_prefixlen)
    )
    if not of_one_address:
        for route in flow.around.unread_lists(table):
            why = flow.around.why_unread(table.location, Kind.PREFIX_LISTS)
            yield route, f"has a route to {route.prefix_list}: {why}"


def _state(flow: Flow, route: Route | None, destination: Network) -> tuple[State, str]:
    """Return what the route does with the packets."""
    if route is None:
        return State.BLOCKED, f"has no route to {shown(destination)}"
    named, target = _named(route), route.target
    if route.odd:
        return State.UNKNOWN, f"has {named} in a state that this version does not know"
    if route.blackhole:
        return State.BLOCKED, f"has {named}, a blackhole"
    if target == (LOCAL if flow.same_vpc else flow.via and flow.via.id):
        return State.PASSED, f"has {named}"
    if route.to_peering:
        read = flow.around.peering(target) or flow.sender.location in flow.around.peerings_read_in
        if read:
            return State.BLOCKED, f"has {named}, which does not lead to {flow.receiver.vpc_id}"
        return State.UNKNOWN, f"has {named}, and {target} was not read"
    if target.startswith(DEAD_ENDS):
        return State.BLOCKED, f"has {named}, which does not lead to {flow.receiver.vpc_id}"
    return State.UNKNOWN, f"has {named}, and where {target or 'it'} leads is not judged"


def _named(route: Route) -> str:
    """Return the route as a person finds it in its table."""
    listed = f" ({route.prefix_list})" if route.prefix_list and route.destination else ""
    return f"{route.destination or route.prefix_list}{listed} -> {route.target or 'no target'}"
