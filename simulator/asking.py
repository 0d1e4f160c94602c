"""The command line's reads, answered by the simulated EC2 without a fault. In: reads. Out: what they show."""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper.aws.observe import observe
from peerkeeper.values.ec2 import Location as OwnLocation
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read

from peerkeeper_local.semantics.location import Location
from simulator.client import Ec2Client
from simulator.world import World


class Asking:
    """Stands where the command line's own reader of AWS stands."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lists_of_aws: dict[str, dict[str, str]] = {}

    def __call__(self, groups: Sequence[tuple[Read, ...]], /) -> list[Observed]:
        return [observe(self, group) for group in groups]  # type: ignore[arg-type]

    def done_with(self, account: str, /) -> None:
        """Nothing is held for an account."""

    def ec2(self, where: OwnLocation) -> Ec2Client:
        place = Location(where.account_id, where.region)
        return Ec2Client(self.world, place, f"arn:aws:iam::{where.account_id}:user/reader")

    def other(self, _: str, where: OwnLocation) -> Ec2Client:
        """Return a client of Service Quotas: no estate asks for another service."""
        return self.ec2(where)
