"""Security group rules that name a group, as values. Only a further look of the sweep reads them.

In: nothing. Out: `GroupRule`, `StaleGroup`. Rules that name networks are not here: they never go stale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from peerkeeper.values.ec2 import Location


class NamedGroup(NamedTuple):
    """The group that a rule names, and the peering that leads to it, as EC2 shows them."""

    id: str
    vpc_id: str = ""
    """Empty if the group is in the rule's own VPC, or if EC2 does not tell."""
    pcx_id: str = ""
    pcx_status: str = ""
    """The state of the peering, as EC2 spells it."""


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A rule of a security group that names another group."""

    location: Location
    id: str
    """Empty where EC2 shows rules without their ids."""
    group_id: str
    egress: bool
    protocol: str
    ports: tuple[int, int]
    """First and last; -1 for all. Type and code if the protocol is ICMP."""
    named: NamedGroup

    @property
    def says(self) -> tuple[object, ...]:
        """What tells it from the other rules of its group. EC2 takes no two alike. Source: observed."""
        return self.egress, self.protocol, self.ports, self.named.id


@dataclass(frozen=True, slots=True)
class StaleGroup:
    """A security group with stale rules: each names a group that EC2 cannot reach, and admits nothing."""

    location: Location
    id: str
    vpc_id: str
    stale: tuple[GroupRule, ...]
    """Without ids: DescribeStaleSecurityGroups has none. Source: botocore's EC2 model."""
