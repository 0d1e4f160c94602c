"""From a seed to an estate: several VPCs in up to four locations, their peerings, routes, tags and hub."""

from __future__ import annotations

import random
from collections.abc import Iterator

from simulator.estates.drawn_peerings import DrawnPeering, drawn_peerings
from simulator.estates.drawn_routes import drawn_routes
from simulator.estates.drawn_vpcs import EXEMPT, DrawnVpc, drawn_vpcs
from simulator.estates.estate import Estate, Past
from simulator.estates.hubs import HUBS


def drawn_estate(seed: int) -> Estate:
    """Return the estate of this seed."""
    rng = random.Random(f"estate {seed}")
    vpcs = drawn_vpcs(rng)
    peerings = drawn_peerings(rng, vpcs)
    past = [step for vpc in vpcs for step in vpc.past]
    past += [step for peering in peerings for step in peering.past]
    past += drawn_routes(rng, peerings)
    past += _table_tags(rng, vpcs, peerings)
    past.sort(key=lambda one: -one[0])
    return Estate(seed, tuple(past), rng.choice(HUBS))


def _table_tags(
    rng: random.Random, vpcs: list[DrawnVpc], peerings: list[DrawnPeering]
) -> Iterator[Past]:
    """Yield what somebody has written on tables, after all peerings were asked for."""
    names = [*(vpc.name for vpc in vpcs), *(peering.name for peering in peerings)]
    for vpc in vpcs:
        for table in vpc.tables:
            if rng.random() < 0.2:
                only = " ".join(rng.sample(names, min(3, len(names))))
                value = rng.choice(("none", "report", only, only, only, "Report"))
                yield 0.0, ("tag", table, "peerkeeper:routes", value)
            if rng.random() < 0.02:
                yield 0.0, ("tag", table, *rng.choice(EXEMPT))
