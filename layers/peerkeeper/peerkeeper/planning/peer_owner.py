"""What the owner of a peer must do where we hold no role: findings with the commands for that account.

In: a snapshot, settings. Out: the peerings concerned, and findings about them. Never decides to write.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.agreement import objections
from peerkeeper.settings import Settings
from peerkeeper.values.aws_commands import create_route, on_peering
from peerkeeper.values.ec2 import PeeringConnection, Side, Vpc
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import is_exempt


def without_role(
    seen: Snapshot, settings: Settings
) -> Iterator[tuple[PeeringConnection, Side, Side, Vpc]]:
    """Yield (peering, own side, peer, own VPC) where our side agrees and the peer is out of our reach."""
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            vpc = seen.vpcs.get((own.location, own.vpc_id))
            if not vpc or is_exempt(vpc.tags):
                continue
            if settings.covers(peer.location) and not seen.is_unreachable(peer.location):
                continue
            if not any(objections(pcx, own, peer, vpc, settings, accepting=False)):
                yield pcx, own, peer, vpc


def is_shown(own: Side, peer: Side) -> bool:
    """Tell whether EC2 shows us the peer's options; it shows only our own account's. Source: observed."""
    return own.location.account_id == peer.location.account_id


def must_accept(pcx: PeeringConnection, peer: Side, vpc: Vpc, settings: Settings) -> Finding:
    """Return the finding that the owner must accept, then route and let us resolve names."""
    steps = [_aws("accept-vpc-peering-connection", pcx, peer), *_rest(pcx, peer, vpc, settings)]
    return _finding(pcx, peer, "accept it, and once it is active route it", steps)


def must_route(pcx: PeeringConnection, peer: Side, vpc: Vpc, settings: Settings) -> Finding:
    """Return the finding that the owner must route and let us resolve names."""
    steps = _rest(pcx, peer, vpc, settings)
    return _finding(pcx, peer, "route it in each route table that must reach this side", steps)


def _finding(pcx: PeeringConnection, peer: Side, what: str, steps: list[str]) -> Finding:
    words = (
        f"Peerkeeper has no role for {peer.vpc_id} in {peer.location}; its owner must {what}, and turn on "
        "DNS resolution, with credentials of that account:"
    )
    return Finding(Code.OTHER_SIDE, pcx.location, pcx.id, "\n".join((words, *steps)))


def _rest(pcx: PeeringConnection, peer: Side, vpc: Vpc, settings: Settings) -> list[str]:
    """Return a route for each of our CIDRs, and the DNS option. Only the owner knows in which tables."""
    routes = [
        create_route(peer.location.region, "ROUTE_TABLE_ID", cidr, pcx.id)
        for cidr in vpc.cidrs
        if cidr.version == 4 or settings.allow_ipv6
    ]
    side = "requester" if peer == pcx.requester else "accepter"
    option = f" --{side}-peering-connection-options AllowDnsResolutionFromRemoteVpc=true"
    return [*routes, _aws("modify-vpc-peering-connection-options", pcx, peer) + option]


def _aws(operation: str, pcx: PeeringConnection, peer: Side) -> str:
    return on_peering(operation, peer.location.region, pcx.id)
