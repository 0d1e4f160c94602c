"""A VPC of the estate as it was made. In: its plan, ids. Out: its tables and subnets by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerkeeper_local.seeds.estate.vpc_plan import VpcPlan

MAIN = "main"


@dataclass(slots=True)
class Vpc:
    """A VPC: `tables` and `subnets` are ids by the names public, private and so on; `main` is a table too."""

    plan: VpcPlan
    id: str
    tables: dict[str, str]
    subnets: dict[str, str] = field(default_factory=dict)
    nat: str = ""
    """Its NAT gateway, if it has one."""

    @property
    def used(self) -> list[str]:
        """The tables that a subnet uses: those with an association, or else the main one."""
        own = [table for name, table in self.tables.items() if name != MAIN]
        return own or [self.tables[MAIN]]
