"""How large the estate is, and how much happens in it. In: numbers. Out: values."""

from __future__ import annotations

from dataclasses import dataclass

HOME = "ap-northeast-2"
REGIONS = (
    HOME,
    *("ap-northeast-1", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
    *("ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"),
    *("sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"),
)
"""The Regions that are on in every account, the hub's first. Source: EC2 User Guide, Regions."""
HOUR, MINUTE = 3600.0, 60.0
MOST_ALLOWED = 80
"""Accounts that AllowedAccounts holds, see template.yaml."""


@dataclass(frozen=True, slots=True)
class Size:
    """One day of one estate. Times in hours, except where a name says otherwise."""

    accounts: int = 100
    hours: float = 24.0
    calls: int = 10_000
    """Calls to EC2 an hour that CloudTrail records as writes, by people and programs, storms aside."""
    storm: int = 2_000
    """Calls of each storm: all of them within a minute."""
    down: str = ""
    """The Region that does not answer for a while; empty if all do."""
    seed: int = 1
    regions: tuple[str, ...] = REGIONS

    @property
    def allowed(self) -> int:
        """How many accounts may ask for a peering."""
        return min(self.accounts, MOST_ALLOWED)

    @property
    def outage(self) -> tuple[float, float]:
        """When the Region is down: from and until, in seconds after the start."""
        begins = 0.4 * self.hours * HOUR
        return begins, begins + min(2.0, self.hours / 3) * HOUR

    @property
    def storms(self) -> dict[str, float]:
        """When each storm begins, in seconds after the start. The second comes while the Region is down."""
        length = self.hours * HOUR
        begins, ends = self.outage
        return {
            "tags": 0.2 * length,
            "makes": begins + (ends - begins) / 4,
            "deletes": 0.8 * length,
        }
