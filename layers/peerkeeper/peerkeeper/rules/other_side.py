"""A peer where we hold no role: what its owner must do, as commands. Our own half goes on without it.

    status                  our side              the peer's option    verdict
    pending-acceptance      agrees, requester     -                    Finding: accept, then routes and DNS
    provisioning, active    agrees                off                  Finding: routes and DNS
    provisioning, active    agrees                not shown to us      the same, by `unseen_other_side` alone
    active                  agrees                on                   nothing: all that can be seen is done
    any other               -                     -                    nothing

Of another account's side EC2 shows neither routes nor options, so nothing ever tells that they are done: only
what happens to the peering brings that up, and the sweep does not say it over and over.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.approval import objections
from peerkeeper.findings import Code, Finding
from peerkeeper.model import ROUTABLE, PeeringConnection, PeeringStatus, Side, Vpc
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot
from peerkeeper.tags import is_exempt


def other_side(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what the owner of each such peer must do, as far as it is seen not to be done."""
    for pcx, own, peer, vpc in _without_role(seen, settings):
        status = seen.status_of(pcx.location, pcx.id)
        if status is PeeringStatus.PENDING_ACCEPTANCE and own == pcx.requester:
            steps = [_accept(pcx, peer), *_rest(pcx, peer, vpc, settings)]
            yield _finding(pcx, peer, "accept it, and once it is active route it", steps)
        elif status in ROUTABLE and _shown(own, peer) and not peer.allows_remote_dns:
            yield _to_route(pcx, peer, vpc, settings)


def unseen_other_side(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what the owner of a peer in another account has to do, done or not: EC2 does not show it."""
    for pcx, own, peer, vpc in _without_role(seen, settings):
        if seen.status_of(pcx.location, pcx.id) in ROUTABLE and not _shown(own, peer):
            yield _to_route(pcx, peer, vpc, settings)


def _without_role(
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


def _shown(own: Side, peer: Side) -> bool:
    """Tell whether EC2 shows us the peer's options: those of our own account. Source: observed."""
    return own.location.account_id == peer.location.account_id


def _to_route(pcx: PeeringConnection, peer: Side, vpc: Vpc, settings: Settings) -> Finding:
    steps = _rest(pcx, peer, vpc, settings)
    return _finding(pcx, peer, "route it, in each route table that is to reach us", steps)


def _finding(pcx: PeeringConnection, peer: Side, what: str, steps: list[str]) -> Finding:
    words = (
        f"we hold no role for {peer.vpc_id} in {peer.location}; its owner must {what}, and let us resolve "
        "its names, with credentials of that account:"
    )
    return Finding(Code.OTHER_SIDE, pcx.location, pcx.id, "\n".join((words, *steps)))


def _accept(pcx: PeeringConnection, peer: Side) -> str:
    return _aws("accept-vpc-peering-connection", pcx, peer)


def _rest(pcx: PeeringConnection, peer: Side, vpc: Vpc, settings: Settings) -> list[str]:
    """Return a route for each CIDR of ours, and the DNS option; which tables, only the owner knows."""
    create = _aws("create-route", pcx, peer) + " --route-table-id ROUTE_TABLE_ID"
    routes = [
        f"{create} --destination-{'' if cidr.version == 4 else 'ipv6-'}cidr-block {cidr}"
        for cidr in vpc.cidrs
        if cidr.version == 4 or settings.allow_ipv6
    ]
    side = "requester" if peer == pcx.requester else "accepter"
    option = f" --{side}-peering-connection-options AllowDnsResolutionFromRemoteVpc=true"
    return [*routes, _aws("modify-vpc-peering-connection-options", pcx, peer) + option]


def _aws(operation: str, pcx: PeeringConnection, peer: Side) -> str:
    return (
        f"aws ec2 {operation} --region {peer.location.region} --vpc-peering-connection-id {pcx.id}"
    )
