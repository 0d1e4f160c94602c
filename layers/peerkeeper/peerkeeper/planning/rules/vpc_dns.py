"""Keep DNS support and DNS hostnames on, in each of our VPCs whose tags ask for it (`consent`).

    hostnames     support     verdict
    on            -           nothing
    off           on          EnableDnsHostnames
    off           off         EnableDnsSupport; hostnames follow in the next round
    off           not read    nothing yet
    not read      -           nothing yet

Two calls in this order: one call takes one attribute, and hostnames need support.
Source: EC2 API reference, ModifyVpcAttribute.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.consent import sets_dns
from peerkeeper.settings import Settings
from peerkeeper.values.changes import EnableDnsHostnames, EnableDnsSupport
from peerkeeper.values.snapshot import Snapshot


def vpc_dns(seen: Snapshot, settings: Settings) -> Iterator[EnableDnsSupport | EnableDnsHostnames]:
    """Yield the DNS attributes that are off and should be on."""
    for key, vpc in seen.vpcs.items():
        ours = vpc.owner_id == vpc.location.account_id and sets_dns(vpc.tags, settings)
        if not ours or seen.dns_hostnames.get(key) is not False:
            continue
        if seen.dns_support.get(key) is False:
            yield EnableDnsSupport(vpc.location, vpc.id, reason=f"{vpc.id} has DNS support off")
        elif seen.dns_support.get(key):
            reason = f"{vpc.id} has DNS hostnames off"
            yield EnableDnsHostnames(vpc.location, vpc.id, reason=reason)
