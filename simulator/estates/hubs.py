"""How the hub is deployed: parameters, drawn once. In: nothing. Out: `HUBS`, from which each estate has one.

They are few, since to deploy one takes longer than to draw an estate.
"""

from __future__ import annotations

import random
from typing import Any

from simulator.scenarios.scenario import OURS, THEIRS

CHOICES: dict[str, tuple[str, ...]] = {
    "EnforceIn": ("all", "all", "participating"),
    "SubnetPublicIp": (
        *("match-internet-route", "match-internet-route"),
        *("off-where-private", "never", "leave"),
    ),
    "VpcDns": ("enforce", "enforce", "enforce", "enforce", "leave"),
    "RouteScope": ("keep", "keep", "keep", "vpc", "subnets"),
    "AllowMoreSpecificThan": ("", "", "10.0.0.0/8"),
    "AllowedAccounts": ("", f"{OURS},{THEIRS}", f"{OURS},{THEIRS}"),
    "AllowMultipathCharges": ("false", "false", "true"),
    "AllowedDestinations": ("", "", "", "10.0.0.0/8,100.64.0.0/10,!10.3.0.0/16"),
    "DeleteOverride": ("", "", f"{OURS}/ap-northeast-2=40"),
    "Accounts": ("", THEIRS),
}
"""Some more than once: drawn more often. An empty one is left at its default."""
SO_MANY = 40


def _drawn(rng: random.Random) -> tuple[tuple[str, str], ...]:
    drawn: dict[str, Any] = {name: rng.choice(values) for name, values in CHOICES.items()}
    if drawn["Accounts"]:
        drawn["ExternalId"] = "of-the-simulator-alone"
    return tuple((name, value) for name, value in drawn.items() if value)


HUBS = tuple(_drawn(random.Random(f"hub {number}")) for number in range(SO_MANY))
