"""Who took a route of a table away, or turned a setting of a subnet, VPC or endpoint, from the call's record.

In: a record, and where it is from. Out: `Undoing`s. For people: nothing is decided by them. Calls of our own
roles are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from peerkeeper.messages.cloudtrail import Record, text
from peerkeeper.values.ec2 import Location
from peerkeeper.values.undoings import DNS, ENDPOINT, PUBLIC_IP, Undoing

OURS = ":assumed-role/peerkeeper-"
MOST_WHAT = 64
SETTINGS = {
    "ModifySubnetAttribute": ("subnetId", PUBLIC_IP),
    "ModifyVpcAttribute": ("vpcId", DNS),
    "ModifyVpcEndpoint": ("vpcEndpointId", ENDPOINT),
}


def undoings(record: Record, location: Location) -> Iterator[Undoing]:
    """Yield what the call undid, if it may be a thing that Peerkeeper writes."""
    if OURS in record.actor:
        return
    if record.name in ("DeleteRoute", "ReplaceRoute"):
        resource, what = text(record.request, "routeTableId"), _destination(record)
    else:
        key, what = SETTINGS.get(record.name, ("", ""))
        resource = text(record.request, key) if key else ""
    if resource and what:
        yield Undoing(location, resource, what, record.name, record.actor, record.agent, record.at)


def _destination(record: Record) -> str:
    """Return the route's destination as EC2 keeps it, without host bits; empty for a prefix list."""
    for key in ("destinationCidrBlock", "destinationIpv6CidrBlock"):
        if said := text(record.request, key):
            try:
                return str(ip_network(said, strict=False))
            except ValueError:
                return said[:MOST_WHAT]
    return ""
