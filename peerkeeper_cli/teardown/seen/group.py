"""A security group, and a rule of a group that names another group. In: nothing. Out: frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location


@dataclass(frozen=True, slots=True)
class Group:
    """A security group."""

    location: Location
    id: str
    vpc_id: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class GroupReference:
    """A security group rule that names a group. Rules that name networks never go stale."""

    location: Location
    id: str
    group: str
    egress: bool
    named: str
    """The group that it names."""
    named_vpc: str = ""
    pcx_id: str = ""
    """The peering that it reaches the named group by; empty within a VPC."""
    status: str = ""
    """The status of that peering, as EC2 shows it here."""
