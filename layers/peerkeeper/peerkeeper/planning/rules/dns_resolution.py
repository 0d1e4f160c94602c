"""Let the peer resolve our host names to private addresses: our side's option, once the peering is active.

    A VPC that is tagged `peerkeeper:dns=leave`: nothing. Any other:

    status          our option    DNS host names of our VPC    verdict
    provisioning    -             -                            look again later
    active          on            -                            nothing
    active          off           on                           AllowRemoteDnsResolution
    active          off           off                          Finding(dns-off)
    active          off           not read yet                 nothing yet

Host names cannot be on where DNS support is off, so host names decide. Source: EC2 API reference,
ModifyVpcPeeringConnectionOptions; VPC Peering Guide, DNS resolution. The peer's VPC is not asked: EC2 takes
the option of one side. Source: the acceptance tests of Terraform's AWS provider. If EC2 still refuses it, the
refusal is a finding, `peer-dns-off`.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.agreement import objections
from peerkeeper.planning.consent import leaves_dns
from peerkeeper.settings import Settings
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
            if not vpc or is_exempt(vpc.tags) or leaves_dns(vpc.tags) or status in TERMINAL:
                continue
            if objections(pcx, own, peer, vpc, settings, accepting=False):
                continue
            if pcx.status is PeeringStatus.PROVISIONING:
                why = f"{pcx.id} is provisioning; DNS options can be set once it is active"
                yield Deferral(Function.CONNECT, Hint(own.location, pcx.id), why)
            elif pcx.status is PeeringStatus.ACTIVE and not own.allows_remote_dns:
                yield from _option(seen, pcx, own)


def dns_check(seen: Snapshot, pcx: PeeringConnection, own: Side) -> Check:
    """Return what must be so before our side's option can be set; None where it was not read (yet)."""
    here = seen.dns_hostnames.get((own.location, own.vpc_id))
    words = f"{own.vpc_id} has DNS host names on"
    if here is False:
        words = (
            f"{own.vpc_id} has DNS host names off, so {pcx.id} cannot resolve names; turn them on, "
            f"or set VpcDns=enforce and tag {own.vpc_id} {DNS}=enforce"
        )
    return Check("DNS host names here", here, Code.DNS_OFF, words)


def _option(
    seen: Snapshot, pcx: PeeringConnection, own: Side
) -> Iterator[AllowRemoteDnsResolution | Finding]:
    check = dns_check(seen, pcx, own)
    for code, words in objections_of([check]):
        yield Finding(code, own.location, pcx.id, words)
    if check.passed:
        yield AllowRemoteDnsResolution(
            own.location,
            pcx.id,
            own == pcx.requester,
            reason=f"{pcx.id} is active and the peer resolves {own.vpc_id}'s names to public addresses",
        )
