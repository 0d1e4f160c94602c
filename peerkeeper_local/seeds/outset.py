"""What a seed asks of the cloud that it is sown in. In: a seed. Out: parameters, a past. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from peerkeeper_local.seeds.estate import places
from peerkeeper_local.seeds.looked_after import HOME, OTHER
from peerkeeper_local.seeds.seed import Seed, Wanted
from peerkeeper_local.story.stage import EVERYWHERE, PLAYED

OF_ENDPOINTS = frozenset({"create-vpc-endpoint", "modify-vpc-endpoint"})
"""Samples that only the function `keep_endpoints` takes."""
ESTATE_LOOKS = tuple(f"{word} --role-name admin" for word in ("plan", "peerings", "map"))
"""The one recipe for the estate, on each page and in each hint: first `client`, then this role."""
SEEDING = timedelta(days=3, minutes=5)
"""Virtual time that lies before the present, for seeds that need a past."""


@dataclass(frozen=True, slots=True)
class Outset:
    """How a cloud begins."""

    parameters: Mapping[str, str] = field(default_factory=dict)
    """Parameters of template.yaml, unless other values are given."""
    regions: tuple[str, ...] = ()
    """Where the seed makes VPCs."""
    past: timedelta = SEEDING
    """How long before the present the seed begins."""
    ids_from: int | None = None
    """What ids are drawn from, where they are the same each time."""
    closed: tuple[str, ...] = ()
    """Accounts without a role to assume."""
    first_look: tuple[str, ...] = ()
    """Words of this program's that show what there is to see."""


def outset(seed: Wanted) -> Outset:
    """Return how a cloud begins in which `seed` is to be sown."""
    match seed.seed:
        case Seed.EVENTS if seed.sample in OF_ENDPOINTS:
            return Outset(PLAYED, (HOME, OTHER))
        case Seed.STORY | Seed.EVENTS:
            return Outset(EVERYWHERE, (HOME, OTHER))
        case Seed.ESTATE:
            return Outset(
                places.PARAMETERS,
                places.REGIONS,
                places.PAST,
                places.IDS,
                places.FOREIGN,
                ESTATE_LOOKS,
            )
        case _:
            return Outset()
