"""The change that would open a route table: one route.

The judge only names it. `connect_peerings` makes the same route if both sides agree. Beside a narrow one that
people made, it would add no wider one.

In: a flow, the table, the route that takes the packets, their destination. Out: `Opening`.

| the route that takes the packets now           | what is named                                          |
|------------------------------------------------|--------------------------------------------------------|
| does not exist, or is as wide as the peer's    | a new route to the peer's network (`peer_network`)     |
| network                                        |                                                        |
| is narrower than that                          | a new route to the receiver's subnet, or its address   |
| is a static one of the same destination        | the same route with the peering as its new target      |
| is of a list, or propagated, same destination  | a new route: a static one wins over it                 |
| is `local`                                     | nothing: two VPCs have the same addresses              |
| any, and no peering joins the VPCs             | in words: the route to the peering, once there is one  |
"""

from __future__ import annotations

from peerkeeper.planning.reachability.flows import Flow
from peerkeeper.planning.reachability.peer_network import peer_network
from peerkeeper.values.aws_commands import aws_ec2, destination_option
from peerkeeper.values.ec2 import Network, Route, RouteTable
from peerkeeper.values.reachability import Opening


def opening(
    flow: Flow, table: RouteTable, taking: Route | None, destination: Network
) -> Opening | None:
    """Return the route that would lead the packets into the peering; None where no route can."""
    if flow.same_vpc or (taking and taking.target == "local"):
        return None
    wanted = _winning(flow, taking, destination)
    if flow.via is None:
        return Opening(f"add a route {wanted} to the peering in {table.id}, once there is one")
    same = bool(taking and taking.static and taking.destination == wanted)
    operation, verb = ("replace-route", "lead") if same else ("create-route", "add a route")
    return Opening(
        f"{verb} {wanted} to {flow.via.id} in {table.id}",
        aws_ec2(
            operation,
            table.location.region,
            f"--route-table-id {table.id} {destination_option(wanted)}",
            f"--vpc-peering-connection-id {flow.via.id}",
        ),
    )


def _winning(flow: Flow, taking: Route | None, destination: Network) -> Network:
    """Return the widest network, from the peer's down to the destination, for which a route would win."""
    taken = taking.destination if taking else None
    networks = (
        peer_network(flow.around, flow.via, flow.receiver),
        flow.receiver.subnet_network or flow.receiver.network,
    )
    wide = (one for one in networks if taken is None or taken.prefixlen <= one.prefixlen)
    return next(wide, destination)
