"""One question about reachability, judged hop by hop. Pure.

In: `Surroundings`, source, target, `Traffic`. Out: `Answer`, with every hop that blocks. Never reads AWS.

| hop                         | one subnet | one VPC | two VPCs |
|-----------------------------|------------|---------|----------|
| groups of the source, out   | judged     | judged  | judged   |
| ACL of the source, out      |            | judged  | judged   |
| table of the source         |            | judged  | judged   |
| peering                     |            |         | judged   |
| ACL of the target, in       |            | judged  | judged   |
| groups of the target, in    | judged     | judged  | judged   |
| back: ACL of the target, out|            | judged  | judged   |
| back: table of the target   |            | judged  | judged   |
| back: ACL of the source, in |            | judged  | judged   |

| a hop blocks | a hop is unknown | verdict |
|--------------|------------------|---------|
| yes          | yes or no        | blocked |
| no           | yes              | unknown |
| no           | no               | reaches |

No group is judged for an end that is any interface of a subnet. `replies` says when an ACL blocks a reply.
Source: VPC Peering Guide, troubleshoot a VPC peering connection.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.reachability.acls import hop_of_acl
from peerkeeper.planning.reachability.flows import Flow, Passed
from peerkeeper.planning.reachability.groups import hop_of_groups
from peerkeeper.planning.reachability.packets import replies, requests
from peerkeeper.planning.reachability.peerings import hop_of_peering, taken
from peerkeeper.planning.reachability.replies import returned
from peerkeeper.planning.reachability.routes import hop_of_route
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import NO_PORTS, Answer, Hop, State, Verdict
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import Traffic

NO_GROUP = "no security group of {} is judged, since the question names the subnet"


def judge(around: Surroundings, source: Endpoint, target: Endpoint, traffic: Traffic) -> Answer:
    """Return whether the source would reach the target, and whether the replies would come back.

    Raises ValueError unless both ends have addresses of one family.
    """
    version = source.network.version
    if version != target.network.version:
        raise ValueError(f"{source} and {target} are of two address families")
    via = taken(around, source, target)
    there = Flow(around, source, target, requests(traffic, version), via=via)
    back = Flow(around, target, source, replies(traffic, version), back=True, via=via)
    come = returned(list(_back(back)), back.packets, traffic)
    hops = (*_there(there), *come.hops)
    whole = [NO_GROUP.format(end.subnet_id) for end in (source, target) if end.any_of_subnet]
    return Answer(
        source,
        target,
        traffic,
        verdict(hops),
        hops,
        come.replies,
        come.client_ports,
        (*((come.note,) if come.note else ()), *whole),
    )


def verdict(hops: tuple[Hop, ...]) -> Verdict:
    """Return the answer in one word."""
    states = {hop.state for hop in hops}
    if State.BLOCKED in states:
        return Verdict.BLOCKED
    return Verdict.UNKNOWN if State.UNKNOWN in states else Verdict.REACHES


def _there(flow: Flow) -> Iterator[Hop]:
    """Yield the hops of the way there."""
    leaving, entering = hop_of_groups(flow, True), hop_of_groups(flow, False)
    if leaving:
        yield leaving.hop
    if not flow.same_subnet:
        yield hop_of_acl(flow, True).hop
        route = hop_of_route(flow)
        yield route
        peering = hop_of_peering(flow, route)
        if peering:
            yield peering
        yield hop_of_acl(flow, False).hop
    if entering:
        yield entering.hop


def _back(flow: Flow) -> Iterator[Passed]:
    """Yield the hops of the way back, each with the packets that pass it."""
    if flow.same_subnet:
        return
    yield hop_of_acl(flow, True)
    route = hop_of_route(flow)
    yield Passed(route, NO_PORTS if route.state is State.BLOCKED else flow.packets)
    yield hop_of_acl(flow, False)
