"""Private DNS of interface endpoints that is off, or cannot work.

    private DNS (see `private_dns`)    VpcDns acts in the VPC    verdict
    OFF, with Endpoints=keep           any                       EnablePrivateDns
    OFF                                any                       endpoint-dns-off
    CONFLICT                           any                       endpoint-dns-conflict
    NEEDS_VPC_DNS                      no                        endpoint-dns-needs-vpc-dns
    NEEDS_VPC_DNS                      yes                       none: the VPC's DNS is turned on
    FINE, UNKNOWN                      any                       none

With Endpoints=keep, a tagged endpoint that is pending is looked at again later.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.consent import sets_dns
from peerkeeper.planning.private_dns import PrivateDns, private_dns, wants_private_dns
from peerkeeper.planning.wanted_tables import is_ours, look_again
from peerkeeper.settings import Endpoints, Settings
from peerkeeper.values.aws_commands import aws_ec2, turn_on_host_names
from peerkeeper.values.changes import EnablePrivateDns
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.scope import Deferral
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import PRIVATE_DNS
from peerkeeper.values.vpc_endpoints import VpcEndpoint


def endpoint_private_dns(
    seen: Snapshot, settings: Settings
) -> Iterator[EnablePrivateDns | Finding | Deferral]:
    """Yield private DNS to turn on, and what is wrong with it, of each of our interface endpoints."""
    keeps = settings.endpoints is Endpoints.KEEP
    for endpoint in seen.vpc_endpoints.values():
        if not is_ours(seen, endpoint):
            if wants_private_dns(endpoint) and not endpoint.private_dns:
                yield from look_again(seen, settings, endpoint)
            continue
        stands, other = private_dns(seen, endpoint)
        match stands:
            case PrivateDns.OFF if keeps:
                reason = f"{endpoint.id} wants private DNS of {endpoint.service}"
                yield EnablePrivateDns(endpoint.location, endpoint.id, reason=reason)
            case PrivateDns.OFF:
                yield _off(endpoint)
            case PrivateDns.CONFLICT:
                words = (
                    f"{endpoint.id} has the tag {PRIVATE_DNS}=on, and {other} of the same VPC has or wants "
                    f"private DNS of {endpoint.service}. A VPC has one. Remove the tag from one of the two"
                )
                yield Finding(Code.ENDPOINT_DNS_CONFLICT, endpoint.location, endpoint.id, words)
            case PrivateDns.NEEDS_VPC_DNS:
                vpc = seen.vpcs[endpoint.location, endpoint.vpc_id]
                if not sets_dns(vpc.tags, settings):
                    yield _needs(seen, endpoint)
            case _:
                continue


def _off(endpoint: VpcEndpoint) -> Finding:
    named = f"--vpc-endpoint-id {endpoint.id} --private-dns-enabled"
    command = aws_ec2("modify-vpc-endpoint", endpoint.location.region, named)
    remedy = Remedy(f"to turn it on: {command}")
    words = (
        f"{endpoint.id} ({endpoint.service}) has the tag {PRIVATE_DNS}=on, and its private DNS is off. So "
        f"the service's own name leads past it; {remedy.clause}"
    )
    return Finding(Code.ENDPOINT_DNS_OFF, endpoint.location, endpoint.id, words, remedy=remedy)


def _needs(seen: Snapshot, endpoint: VpcEndpoint) -> Finding:
    where, vpc_id = endpoint.location, endpoint.vpc_id
    support = seen.dns_support.get((where, vpc_id))
    remedy = Remedy(f"to turn them on: {turn_on_host_names(where.region, vpc_id, support=support)}")
    words = (
        f"private DNS of {endpoint.id} ({endpoint.service}) needs DNS hostnames of {vpc_id}, which are off; "
        f"{remedy.clause}"
    )
    return Finding(Code.ENDPOINT_DNS_NEEDS, where, endpoint.id, words, remedy=remedy)
