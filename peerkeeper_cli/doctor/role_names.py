"""The roles of the templates, by their fixed names. In: a region. Out: names. A test holds them to these."""

from __future__ import annotations

FUNCTIONS = ("connect-peerings", "clean-routes", "configure-vpcs", "sweep")
"""Each has a role in the hub's account, and one in every other."""
HUB = (
    "peerkeeper-forward",
    *(f"peerkeeper-{one}" for one in FUNCTIONS),
    "peerkeeper-sweep-schedule",
)
HUB_OF_A_FLEET = (
    "peerkeeper-fleet-sweep",
    "peerkeeper-list-locations",
    "peerkeeper-summarize-sweep",
)
"""With FleetSweep=state-machine."""
SPOKE = tuple(f"peerkeeper-spoke-{one}" for one in FUNCTIONS)


def forward_role(region: str) -> str:
    """Return the role with which a spoke's rule forwards from a region."""
    return f"peerkeeper-spoke-forward-{region}"
