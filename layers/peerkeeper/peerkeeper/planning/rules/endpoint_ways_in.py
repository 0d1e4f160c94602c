"""Report who cannot reach an interface endpoint: hosts of other zones, of the VPC, of a peer.

    the endpoint                                                      finding
    is in one zone, and its VPC has subnets in others                 endpoint-one-zone
    has groups, and none of their rules admits tcp 443 from the VPC   endpoint-group-closed
    is tagged, has private DNS, and its VPC has an active peering     endpoint-peer-name
    has groups, `peerkeeper:expect` names tcp 443 from a peer, and
    none of their rules admits it from the peer                       endpoint-closed-to-peer

A rule admits a VPC if it names a network that shares an address with the VPC. A rule that names a prefix
list, or a group that the endpoint does not carry, may admit the clients, so it counts as well. Without
the rules of all its groups, an endpoint has no finding about them.

Private DNS answers only in the endpoint's VPC. A peer uses the endpoint's own name, or a private zone.
Sources: PrivateLink guide, interface endpoints; AWS whitepaper on multi-VPC networks, private endpoints.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.private_dns import wants_private_dns
from peerkeeper.planning.wanted_tables import is_ours
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Network, PeeringConnection, PeeringStatus, Side, overlap
from peerkeeper.values.expected import expected
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.security_groups import ANY, GroupRule
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import EXPECT
from peerkeeper.values.traffic import Protocol
from peerkeeper.values.vpc_endpoints import INTERFACE, VpcEndpoint

TCP, HTTPS = 6, 443
"""The number of the protocol, and the port."""
MOST = 3


def endpoint_ways_in(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what keeps hosts from our interface endpoints, and what a peer must use."""
    for endpoint in seen.vpc_endpoints.values():
        if endpoint.kind == INTERFACE and is_ours(seen, endpoint):
            yield from _one_zone(seen, endpoint)
            yield from _closed(seen, endpoint)
            yield from _peers(seen, endpoint)
            yield from _closed_to_peers(seen, endpoint)


def _one_zone(seen: Snapshot, endpoint: VpcEndpoint) -> Iterator[Finding]:
    where, vpc_id = endpoint.location, endpoint.vpc_id
    zone_of = {one.id: one.zone for one in seen.subnets_of(where, vpc_id)}
    own = {zone_of.get(one, "") for one in endpoint.subnet_ids}
    others = sorted({*zone_of.values()} - own - {""})
    if len(own) == 1 and "" not in own and others and seen.has_read_subnets(where, vpc_id):
        words = (
            f"{endpoint.id} ({endpoint.service}) is in one zone, {min(own)}, and {vpc_id} has subnets in "
            f"{', '.join(others)}. If that zone fails, no host of the VPC reaches the service by it"
        )
        yield Finding(Code.ENDPOINT_ONE_ZONE, where, endpoint.id, words)


def _closed(seen: Snapshot, endpoint: VpcEndpoint) -> Iterator[Finding]:
    vpc = seen.vpcs[endpoint.location, endpoint.vpc_id]
    if _is_shut(seen, endpoint, vpc.cidrs):
        words = (
            f"no security group of {endpoint.id} ({endpoint.service}) admits tcp 443 from {vpc.id}, so its "
            f"hosts wait until they give up. {_let_in(endpoint, vpc.cidrs)}"
        )
        yield Finding(Code.ENDPOINT_CLOSED, endpoint.location, endpoint.id, words)


def _closed_to_peers(seen: Snapshot, endpoint: VpcEndpoint) -> Iterator[Finding]:
    vpc = seen.vpcs[endpoint.location, endpoint.vpc_id]
    for pcx, peer in _peerings(seen, endpoint):
        wanted = any(one.covers(Protocol.TCP, HTTPS) for one in expected(vpc.tags, pcx.tags))
        if wanted and peer.cidrs and _is_shut(seen, endpoint, peer.cidrs):
            words = (
                f"{EXPECT} of {vpc.id} or {pcx.id} expects tcp 443 from {peer.vpc_id}, and no security group "
                f"of {endpoint.id} ({endpoint.service}) admits it. {_let_in(endpoint, peer.cidrs)}"
            )
            yield Finding(
                Code.ENDPOINT_CLOSED_TO_PEER, endpoint.location, endpoint.id, words, pcx.id
            )


def _is_shut(seen: Snapshot, endpoint: VpcEndpoint, cidrs: tuple[Network, ...]) -> bool:
    """Tell whether all rules of its groups were read, and none admits tcp 443 from the networks."""
    groups = [seen.security_groups.get((endpoint.location, one)) for one in endpoint.group_ids]
    rules = [rule for group in groups if group for rule in group.ingress]
    known = bool(groups) and None not in groups
    return known and not any(_admits(one, endpoint, cidrs) for one in rules)


def _let_in(endpoint: VpcEndpoint, cidrs: tuple[Network, ...]) -> str:
    groups = " or ".join(endpoint.group_ids)
    return f"Let {groups} admit tcp 443 from {', '.join(map(str, cidrs))}"


def _admits(rule: GroupRule, endpoint: VpcEndpoint, cidrs: tuple[Network, ...]) -> bool:
    if rule.protocol == TCP and not (rule.first == ANY or rule.first <= HTTPS <= rule.last):
        return False
    if rule.protocol not in (TCP, ANY):
        return False
    if rule.network:
        return any(overlap(rule.network, cidr) for cidr in cidrs)
    return bool(rule.prefix_list) or rule.group_id not in endpoint.group_ids


def _peers(seen: Snapshot, endpoint: VpcEndpoint) -> Iterator[Finding]:
    peerings = sorted(pcx.id for pcx, _ in _peerings(seen, endpoint))
    if not (peerings and endpoint.names and endpoint.private_dns and wants_private_dns(endpoint)):
        return
    words = (
        f"hosts of peers ({first_of(peerings, MOST)}) do not get the private name of {endpoint.id} "
        f"({endpoint.service}), which only {endpoint.vpc_id} answers. They reach the endpoint by the name "
        f"{endpoint.names[0]}"
    )
    yield Finding(Code.ENDPOINT_PEER_NAME, endpoint.location, endpoint.id, words)


def _peerings(seen: Snapshot, endpoint: VpcEndpoint) -> Iterator[tuple[PeeringConnection, Side]]:
    """Yield the active peerings of the endpoint's VPC, each with the peer's side."""
    for pcx, _, peer in seen.peerings_of(endpoint.location, endpoint.vpc_id):
        if pcx.status is PeeringStatus.ACTIVE:
            yield pcx, peer
