"""Keep DNS support and DNS host names on, in every VPC we own.

    host names    support     verdict
    on            -           nothing
    off           on          EnableDnsHostnames
    off           off         EnableDnsSupport; host names follow in the next round
    off           not read    nothing yet
    not read      -           nothing yet

Two calls in this order: one call takes one attribute, and host names need support.
Source: EC2 API reference, ModifyVpcAttribute.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.settings import Settings, VpcDns
from peerkeeper.values.changes import EnableDnsHostnames, EnableDnsSupport
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import is_exempt


def vpc_dns(seen: Snapshot, settings: Settings) -> Iterator[EnableDnsSupport | EnableDnsHostnames]:
    """Yield the DNS attributes that are off and should be on."""
    if settings.vpc_dns is VpcDns.LEAVE:
        return
    for key, vpc in seen.vpcs.items():
        ours = vpc.owner_id == vpc.location.account_id and not is_exempt(vpc.tags)
        if not ours or seen.dns_hostnames.get(key) is not False:
            continue
        if seen.dns_support.get(key) is False:
            yield EnableDnsSupport(vpc.location, vpc.id, reason=f"{vpc.id} has DNS support off")
        elif seen.dns_support.get(key):
            reason = f"{vpc.id} has DNS host names off"
            yield EnableDnsHostnames(vpc.location, vpc.id, reason=reason)
