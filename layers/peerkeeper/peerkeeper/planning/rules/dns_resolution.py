"""Let the peer resolve our hostnames to private addresses: our side's option, once the peering is active.

    status          our option    DNS hostnames of our VPC     verdict
    provisioning    -             -                            look again later
    active, and the VPC is tagged `peerkeeper:dns=leave`       nothing
    active          on            -                            nothing
    active          off           on                           AllowRemoteDnsResolution
    active          off           off                          Finding(dns-off)
    active          off           not read yet                 nothing yet

The later look also tells what the peering carries, so a VPC that leaves its DNS gets it too. Hostnames
cannot be on where DNS support is off, so hostnames decide. Source: EC2 API reference,
ModifyVpcPeeringConnectionOptions; VPC Peering Guide, DNS resolution. The peer's VPC is not asked: EC2 takes
the option of one side. Source: the acceptance tests of Terraform's AWS provider. If EC2 still refuses it, the
refusal is a finding, `peer-dns-off`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from peerkeeper.planning.agreement import objections
from peerkeeper.planning.consent import leaves_dns, sets_dns
from peerkeeper.settings import Settings, VpcDns
from peerkeeper.values.aws_commands import turn_on_host_names
from peerkeeper.values.changes import AllowRemoteDnsResolution
from peerkeeper.values.ec2 import TERMINAL, PeeringConnection, PeeringStatus, Side
from peerkeeper.values.findings import Check, Code, Finding, objections_of
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import DNS
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
            leaves = leaves_dns(vpc.tags)
            if pcx.status is PeeringStatus.PROVISIONING:
                why = f"{pcx.id} is provisioning; DNS options can be set once it is active"
                if leaves:
                    why = f"{pcx.id} is provisioning; it carries traffic once it is active"
                yield Deferral(Function.CONNECT, Hint(own.location, pcx.id), why)
            elif pcx.status is PeeringStatus.ACTIVE and not own.allows_remote_dns and not leaves:
                yield from _option(seen, settings, pcx, own)


def dns_check(seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side) -> Check:
    """Return what must be so before our side's option can be set; None where it was not read (yet)."""
    here = seen.dns_hostnames.get((own.location, own.vpc_id))
    words = f"{own.vpc_id} has DNS hostnames on"
    if here is False:
        support = seen.dns_support.get((own.location, own.vpc_id))
        by_hand = turn_on_host_names(own.location.region, own.vpc_id, support=support)
        words = (
            f"{own.vpc_id} has DNS hostnames off, so {pcx.id} cannot resolve names; "
            f"turn them on: {by_hand}{_by_us(seen, settings, own)}"
        )
    return Check("DNS hostnames here", here, Code.DNS_OFF, words)


def _by_us(seen: Snapshot, settings: Settings, own: Side) -> str:
    """Return what is still missing so that Peerkeeper turns them on.

    VpcDns     the VPC's tags ask for it    missing
    enforce    yes                          nothing: Peerkeeper turns them on as its mode allows
    enforce    no                           the tag
    leave      yes                          the parameter
    leave      no                           both
    """
    vpc = seen.vpcs.get((own.location, own.vpc_id))
    asks = vpc is not None and sets_dns(vpc.tags, replace(settings, vpc_dns=VpcDns.ENFORCE))
    if settings.vpc_dns is VpcDns.ENFORCE:
        return "" if asks else f", or tag {own.vpc_id} {DNS}=enforce"
    return ", or set VpcDns=enforce" + ("" if asks else f" and tag {own.vpc_id} {DNS}=enforce")


def _option(
    seen: Snapshot, settings: Settings, pcx: PeeringConnection, own: Side
) -> Iterator[AllowRemoteDnsResolution | Finding]:
    check = dns_check(seen, settings, pcx, own)
    for failed in objections_of([check]):
        yield Finding(failed.code, own.location, pcx.id, failed.words)
    if check.passed:
        yield AllowRemoteDnsResolution(
            own.location,
            pcx.id,
            own == pcx.requester,
            reason=f"{pcx.id} is active and the peer resolves {own.vpc_id}'s names to public addresses",
        )
