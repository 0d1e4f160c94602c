"""The roles of the templates, by their fixed names. In: settings. Out: names. A test holds them to these."""

from __future__ import annotations

from peerkeeper.settings import Endpoints, Settings

FUNCTIONS = ("connect-peerings", "clean-routes", "configure-vpcs", "sweep")
"""Each has a role in the hub's account, and one in every other."""
KEEPS = ("keep-endpoints",)
"""One more, with Endpoints=keep."""
HUB_OF_A_FLEET = (
    "peerkeeper-fleet-sweep",
    "peerkeeper-list-locations",
    "peerkeeper-summarize-sweep",
)
"""With FleetSweep=state-machine."""


def functions(settings: Settings) -> tuple[str, ...]:
    """Return the functions that change or read networks, as the settings deploy them."""
    return (*FUNCTIONS, *(KEEPS if settings.endpoints is Endpoints.KEEP else ()))


def hub_roles(settings: Settings) -> tuple[str, ...]:
    """Return the roles of a hub without the fleet's sweep."""
    own = (f"peerkeeper-{one}" for one in functions(settings))
    return ("peerkeeper-forward", *own, "peerkeeper-sweep-schedule")


def spoke_roles(settings: Settings) -> tuple[str, ...]:
    """Return the roles that the functions assume in another account."""
    return tuple(f"peerkeeper-spoke-{one}" for one in functions(settings))


def forward_role(region: str) -> str:
    """Return the role with which a spoke's rule forwards from a region."""
    return f"peerkeeper-spoke-forward-{region}"
