"""Security groups, as values: which packets their rules admit.

In: nothing. Out: frozen values. Never talks to AWS, never decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location, Network

ANY = -1
"""Every protocol, or every ICMP type or code."""


@dataclass(frozen=True, slots=True)
class GroupRule:
    """One rule: a protocol, its ports, and the other end. A rule only allows.

    Exactly one of `network`, `prefix_list` and `group_id` names the other end. Source: EC2 API, IpPermission.
    """

    protocol: int
    """IANA's number. -1 is every protocol."""
    first: int = ANY
    """The first port, or the ICMP type. -1 is every one."""
    last: int = ANY
    """The last port, or the ICMP code. -1 is every one."""
    network: Network | None = None
    prefix_list: str = ""
    group_id: str = ""
    group_owner: str = ""
    """Empty once the named group is deleted. Source: EC2 API, UserIdGroupPair."""
    group_vpc: str = ""
    peering_id: str = ""
    """The peering that the rule's reference goes by, as EC2 shows it."""
    peering_status: str = ""
    id: str = ""
    """The rule's own id; DescribeSecurityGroups does not show it."""


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """A security group with the rules of both directions."""

    location: Location
    id: str
    vpc_id: str
    owner_id: str
    name: str = ""
    ingress: tuple[GroupRule, ...] = ()
    egress: tuple[GroupRule, ...] = ()
