"""Network ACLs, as values: entries that allow or deny, in the order of their numbers.

In: nothing. Out: frozen values. Never talks to AWS, never decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location, Network

CLOSING = 32_767
"""The lowest number of a closing deny; the console shows `*`. Source: VPC User Guide, network ACLs."""


@dataclass(frozen=True, slots=True)
class AclEntry:
    """One entry of one direction. Source: EC2 API, NetworkAclEntry."""

    number: int
    egress: bool
    allow: bool
    protocol: int
    """IANA's number. -1 is every protocol."""
    network: Network
    ports: tuple[int, int] | None = None
    """The first and the last port, both included. Without them, the entry has every port."""
    icmp: tuple[int, int] | None = None
    """Type and code, with -1 for every one. Without them, the entry has every type."""


@dataclass(frozen=True, slots=True)
class NetworkAcl:
    """A network ACL with the subnets that have it. EC2 promises no order of the entries."""

    location: Location
    id: str
    vpc_id: str
    owner_id: str
    default: bool = False
    subnet_ids: tuple[str, ...] = ()
    entries: tuple[AclEntry, ...] = ()
