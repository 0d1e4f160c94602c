"""Let the peer resolve our host names to private addresses: our side's option, once the peering is active.

    status          our option    DNS host names here, at the peer    verdict
    provisioning    -             -                                   look again later
    active          on            -                                   nothing
    active          off           on, on or not ours to read          AllowRemoteDnsResolution
    active          off           off, any                            Finding(dns-off)
    active          off           on, off                             Finding(peer-dns-off)
    active          off           not read yet                        nothing yet

Host names cannot be on where DNS support is off, so host names decide. Source: EC2 API reference,
ModifyVpcPeeringConnectionOptions; VPC Peering Guide, DNS resolution.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.agreement import objections
from peerkeeper.settings import Settings
from peerkeeper.values.changes import AllowRemoteDnsResolution
from peerkeeper.values.ec2 import TERMINAL, PeeringConnection, PeeringStatus, Side
from peerkeeper.values.findings import Check, Code, Finding, objections_of
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import is_exempt


def dns_resolution(
    seen: Snapshot, settings: Settings
) -> Iterator[AllowRemoteDnsResolution | Finding | Deferral]:
    """Yield the options that are off and should be on, on our sides of peerings we agree to."""
    for pcx in seen.peerings.values():
        for own, peer in pcx.own_sides():
            vpc = seen.vpcs.get((own.location, own.vpc_id))
            status = seen.status_of(own.location, pcx.id)  # the other side may have seen it end
            if not vpc or is_exempt(vpc.tags) or status in TERMINAL:
                continue
            if objections(pcx, own, peer, vpc, settings, accepting=False):
                continue
            if pcx.status is PeeringStatus.PROVISIONING:
                why = f"{pcx.id} is provisioning; DNS options can be set once it is active"
                yield Deferral(Function.CONNECT, Hint(own.location, pcx.id), why)
            elif pcx.status is PeeringStatus.ACTIVE and not own.allows_remote_dns:
                yield from _option(seen, settings, pcx, own, peer)


def dns_checks(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> Iterator[Check]:
    """Yield what must be so before our side's option can be set; None where it was not read (yet)."""
    here = seen.dns_hostnames.get((own.location, own.vpc_id))
    there = seen.dns_hostnames.get((peer.location, peer.vpc_id))
    told = there is None and not _will_be_read(seen, settings, peer)  # EC2 itself will say
    words = f"{own.vpc_id} has DNS host names on"
    if here is False:
        words = (
            f"{own.vpc_id} has DNS host names off, so {pcx.id} cannot resolve names; turn them on, "
            "or set VpcDns=enforce"
        )
    yield Check("DNS host names here", here, Code.DNS_OFF, words)
    words = f"the peer {peer.vpc_id} has DNS host names on, or is not ours to read"
    if there is False:
        words = (
            f"the peer {peer.vpc_id} in {peer.location} has DNS host names off, so {pcx.id} cannot "
            "resolve names; its owner must turn them on"
        )
    yield Check("DNS host names at the peer", True if told else there, Code.PEER_DNS_OFF, words)


def _option(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side, peer: Side
) -> Iterator[AllowRemoteDnsResolution | Finding]:
    checks = [*dns_checks(seen, settings, pcx, own, peer)]
    for code, words in objections_of(checks)[:1]:
        yield Finding(code, own.location, pcx.id, words)
    if all(check.passed for check in checks):
        yield AllowRemoteDnsResolution(
            own.location,
            pcx.id,
            own == pcx.requester,
            reason=f"{pcx.id} is active and the peer resolves {own.vpc_id}'s names to public addresses",
        )


def _will_be_read(seen: Snapshot, settings: Settings, peer: Side) -> bool:
    """Tell whether the peer's attribute is ours to read and has not failed to be read."""
    failed = any(read.location == peer.location for read in seen.unread)
    swept_alone = (peer.location, peer.vpc_id) not in seen.vpcs
    return settings.covers(peer.location) and not failed and not swept_alone
