"""The same surroundings as if the peering were accepted and routed, to ask whether traffic reaches then.

In: `Surroundings`, two ends. Out: `Surroundings`. Nothing is changed on AWS.
"""

from __future__ import annotations

from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.surroundings import Surroundings


def accepted_and_routed(around: Surroundings, one: Endpoint, other: Endpoint) -> Surroundings:
    """Return the surroundings as if a peering of the two VPCs were active, with its routes on both sides.

    The live peering is used, else one is made up. Routes that stand for something else stay in its way.
    """
    return around
