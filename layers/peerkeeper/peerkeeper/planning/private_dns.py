"""Private DNS of an interface endpoint: what its own tag wants, and what is in the way.

In: what was seen, an endpoint. Out: `PrivateDns`, and what is in the way. Never decides to write.

    tag on    it is    DNS hostnames of the VPC     private DNS of the service in the VPC       stands
    any       on       on                           any                                         FINE
    yes       off      on                           on, or wanted, by another endpoint          CONFLICT
    yes       off      on                           free                                        OFF
    yes       off      on                           not all endpoints of the VPC were read      UNKNOWN
    no        off      any                          any                                         FINE
    other     -        off                          any                                         NEEDS_VPC_DNS
    other     -        not read                     any                                         UNKNOWN

Private DNS needs DNS support and DNS hostnames of the VPC. If hostnames are on, support is on too. A VPC
has one endpoint of a service with private DNS. Sources: EC2 API reference, CreateVpcEndpoint, and issues
17535 and 17269 of Terraform's AWS provider.
"""

from __future__ import annotations

from enum import StrEnum

from peerkeeper.planning.wanted_tables import has_read_endpoints
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import PRIVATE_DNS
from peerkeeper.values.tags import only_value
from peerkeeper.values.vpc_endpoints import AVAILABLE, INTERFACE, VpcEndpoint


class PrivateDns(StrEnum):
    """How private DNS of an endpoint stands."""

    FINE = "fine"
    OFF = "off"
    CONFLICT = "conflict"
    NEEDS_VPC_DNS = "needs-vpc-dns"
    UNKNOWN = "unknown"


def wants_private_dns(endpoint: VpcEndpoint) -> bool:
    """Tell whether the endpoint's own tag asks for private DNS."""
    return endpoint.kind == INTERFACE and only_value(endpoint.tags, PRIVATE_DNS) == "on"


def private_dns(seen: Snapshot, endpoint: VpcEndpoint) -> tuple[PrivateDns, str]:
    """Return how private DNS stands, and the other endpoint where there is a conflict."""
    if endpoint.kind != INTERFACE or not (endpoint.private_dns or wants_private_dns(endpoint)):
        return PrivateDns.FINE, ""
    on = seen.dns_hostnames.get((endpoint.location, endpoint.vpc_id))
    if on is None:
        return PrivateDns.UNKNOWN, ""
    if not on:
        return PrivateDns.NEEDS_VPC_DNS, ""
    if endpoint.private_dns:
        return PrivateDns.FINE, ""
    other = _rival(seen, endpoint)
    if other:
        return PrivateDns.CONFLICT, other
    return (PrivateDns.OFF if has_read_endpoints(seen, endpoint) else PrivateDns.UNKNOWN), ""


def _rival(seen: Snapshot, endpoint: VpcEndpoint) -> str:
    """Return another endpoint of the service in the VPC that has, or wants, private DNS; empty if none."""
    for one in seen.rivals_of(endpoint):
        if one.private_dns or (one.state == AVAILABLE and wants_private_dns(one)):
            return one.id
    return ""
