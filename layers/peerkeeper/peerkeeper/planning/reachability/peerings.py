"""The hop of the peering connection that joins the VPCs of both ends.

In: a flow, and the hop of the table that leads there. Out: `Hop`; None where both ends are in one VPC.

| the peering                                         | the route there is known | it is not known |
|-----------------------------------------------------|--------------------------|-----------------|
| is active                                           | passed                   | passed          |
| has any other status of AWS                         | blocked                  | unknown         |
| has a status that this version does not know        | unknown                  | unknown         |
| does not exist, where all peerings were read        | blocked                  | unknown         |
| is not known, since the peerings were not read      | unknown                  | unknown         |

Without a known route, the packets may take another way: a transit gateway. A peering is not transitive, so
only one that joins these two VPCs counts. Source: VPC Peering Guide, lifecycle and basics.
"""

from __future__ import annotations

from peerkeeper.planning.reachability.flows import Flow
from peerkeeper.planning.winning_route import winning
from peerkeeper.values.aws_commands import aws_ec2, on_peering
from peerkeeper.values.ec2 import AGE, PeeringConnection, PeeringStatus
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Hop, HopKind, Opening, State
from peerkeeper.values.surroundings import Kind, Surroundings

ASKED = (PeeringStatus.PENDING_ACCEPTANCE, PeeringStatus.INITIATING_REQUEST)


def taken(around: Surroundings, source: Endpoint, target: Endpoint) -> PeeringConnection | None:
    """Return the peering that the packets take, or would take if the table led into one.

    That is the active one, else the one that comes next to it in life. None without a peering.
    """
    joining = {pcx.id: pcx for pcx in around.between(source, target)}
    table = around.table_of(source)
    winner = winning(table, target.network) if table and joining else None
    if winner and winner.target in joining:
        return joining[winner.target]
    return max(joining.values(), key=_liveliness, default=None)


def _liveliness(pcx: PeeringConnection) -> tuple[int, str]:
    """Return how far a peering is: active, then those that wait, then those that have ended."""
    alive = PeeringStatus.ACTIVE
    age = AGE.get(pcx.status, -1)
    return (age if age <= AGE[alive] else -age), pcx.id


def hop_of_peering(flow: Flow, route: Hop) -> Hop | None:
    """Return what the peering does with the packets. `route`: the hop of the table on the way there."""
    if flow.same_vpc:
        return None
    state, where, words = _judged(flow)
    if state is State.BLOCKED and route.state is State.UNKNOWN:
        state, words = State.UNKNOWN, f"{words}, but the route may lead another way"
    advice = _opening(flow) if state is State.BLOCKED else None
    return Hop(HopKind.PEERING, False, state, where, words, opening=advice)


def _judged(flow: Flow) -> tuple[State, str, str]:
    pcx, one, other = flow.via, flow.sender, flow.receiver
    if pcx is None:
        known = {one.location, other.location} & flow.around.peerings_read_in
        if known:
            return State.BLOCKED, "", f"no peering joins {one.vpc_id} and {other.vpc_id}"
        return State.UNKNOWN, "", flow.around.why_unread(one.location, Kind.PEERINGS)
    if pcx.status is PeeringStatus.ACTIVE:
        return State.PASSED, pcx.id, f"{pcx.id} is active"
    if pcx.status is PeeringStatus.UNKNOWN:
        status = pcx.status_text or "empty"
        return (
            State.UNKNOWN,
            pcx.id,
            f"{pcx.id} has a status that this version does not know: {status}",
        )
    return State.BLOCKED, pcx.id, f"{pcx.id} is {pcx.status.value}, not active"


def _opening(flow: Flow) -> Opening:
    """Return what makes the peering active, or makes a new one."""
    pcx, one, other = flow.via, flow.sender, flow.receiver
    if pcx and pcx.status is PeeringStatus.PROVISIONING:
        return Opening(f"wait about a minute, until {pcx.id} is active")
    if pcx and pcx.status in ASKED:
        region = pcx.accepter.location.region
        command = on_peering("accept-vpc-peering-connection", region, pcx.id)
        return Opening(f"accept {pcx.id} in {pcx.accepter.location}", command)
    return Opening(
        f"request a peering of {one.vpc_id} with {other.vpc_id}, and accept it",
        aws_ec2(
            "create-vpc-peering-connection",
            one.location.region,
            f"--vpc-id {one.vpc_id} --peer-vpc-id {other.vpc_id}",
            f"--peer-owner-id {other.location.account_id} --peer-region {other.location.region}",
        ),
    )
