"""Peerkeeper as an organization of a size deploys it. In: a size. Out: the hub, rules for events."""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper_local.deployment import Deployment, Stack
from peerkeeper_local.semantics.location import Location
from simulator.load.estate import accounts_of
from simulator.load.size import Size
from simulator.trail import OURS, ROOT, SEOUL, Routes

ORGANIZATION = "o-a1b2c3d4e5"


def parameters_of(size: Size) -> dict[str, str]:
    """Return the parameters of the hub that are not the defaults."""
    return {
        "Accounts": "organization",
        "AllowedAccounts": ",".join(accounts_of(size)[: size.allowed]),
        "FleetSweep": "state-machine",
        "Mode": "full",
        "OrganizationId": ORGANIZATION,
        "Regions": ",".join(size.regions),
    }


def deployed(size: Size, locations: Sequence[Location]) -> tuple[Stack, Routes]:
    """Return the hub, and the rules of hub and spokes: a spoke in every location but the hub's."""
    deployment, given = Deployment(ROOT), parameters_of(size)
    hub = deployment.hub(OURS, SEOUL, given)
    others = [where for where in locations if where != (OURS, SEOUL)]
    spokes = tuple(deployment.spoke(*where, hub, given) for where in others)
    return hub, Routes(hub, spokes, dict.fromkeys(accounts_of(size), ORGANIZATION))
