"""What the estate is, once it is built. A value."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.row import Row
from peerkeeper_local.seeds.estate.trait import Trait
from peerkeeper_local.seeds.estate.vpc import Vpc


@dataclass(frozen=True, slots=True)
class Estate:
    """The ids of the estate, by what they stand for."""

    kinds: dict[Kind, tuple[str, ...]]
    """The peerings of each kind; each peering has one kind."""
    traits: dict[Trait, tuple[str, ...]]
    """The VPCs, or the peerings, that have each trait."""
    vpcs: dict[str, Vpc]
    """By key, foreign ones too."""
    rows: dict[str, Row]
    """Who asked whom, by peering."""

    def sides(self, pcx: str) -> tuple[Vpc, Vpc]:
        """Return the requester's VPC and the accepter's. Raises KeyError for an unknown peering."""
        row = self.rows[pcx]
        return self.vpcs[row.one], self.vpcs[row.other]
