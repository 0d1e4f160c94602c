"""One VPC as a person wants to see it. In: nothing. Out: `VpcRow`. Only text, for every way to show it."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_cli.peerings.finding_shown import FindingShown


@dataclass(frozen=True, slots=True)
class VpcRow:
    """A VPC that was read, or a ghost: one that only a peering names."""

    account: str
    region: str
    vpc_id: str
    name: str = ""
    cidrs: tuple[str, ...] = ()
    owner: str = ""
    read: bool = False
    exempt: bool = False
    findings: tuple[FindingShown, ...] = ()
    """About the VPC and what lies in it. Those about a peering stand with the peering."""
