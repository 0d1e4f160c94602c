"""One VPC of the estate, as it is planned. In: a row. Out: its CIDRs, and the parts for its subnets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from ipaddress import IPv4Network


class Shape(Enum):
    """Which tables and subnets a VPC has."""

    FLAT = auto()
    """One subnet, in the main table, which leads to the internet."""
    TIERED = auto()
    """A public and two private subnets, each tier with its own table; no subnet uses the main table."""
    NATTED = auto()
    """The same, and the private tier leads to the internet by a NAT gateway."""
    ISOLATED = auto()
    """Two private subnets in their own table, and no gateway."""


@dataclass(frozen=True, slots=True)
class VpcPlan:
    """A VPC: its name among ours, its account and region, its CIDRs, and its tags."""

    key: str
    account: str
    region: str
    cidr: str
    shape: Shape
    team: str
    secondary: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    """Peerkeeper's, and other tools'; `Name`, `Team` and `Owner` are added."""
    host_names: bool = True

    def part(self, number: int) -> str:
        """Return the CIDR of a subnet: one of sixteen equal parts of the primary CIDR."""
        return str([*IPv4Network(self.cidr).subnets(prefixlen_diff=4)][number])

    @property
    def cidrs(self) -> tuple[str, ...]:
        """The primary CIDR, and the others."""
        return (self.cidr, *self.secondary)
