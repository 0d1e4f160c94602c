"""What the cloud holds, for machines. In: a stage. Out: JSON values. Never changes it, never calls it.

`saved` reads the same document again. Messages in the queues are listed, but are not put back.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from peerkeeper_local.cloud.documents import Document, document_of
from peerkeeper_local.cloud.local_cloud import MOTO_HOME
from peerkeeper_local.cloud.nat_gateways import nat_gateways
from peerkeeper_local.cloud.views import shown
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.story import Stage

VERSION = 1
SHOWN = ("Vpcs", "Subnets", "RouteTables", "VpcPeeringConnections")


def state(stage: Stage) -> dict[str, Any]:
    """Return the virtual time, every location as EC2 shows it to its owner, and each queue's messages.

    `peerings` holds what was done to each peering and when (epoch seconds), from which its state follows.
    """
    cloud = stage.cloud
    with cloud.lock:
        return {
            "peerkeeper": VERSION,
            "time": cloud.clock.utc().isoformat(),
            "locations": {
                f"{where.account}/{where.region}": _location(cloud.world, where)
                for where in sorted(cloud.world.locations)
                if where != MOTO_HOME
            },
            "peerings": [_facts(asdict(each)) for each in cloud.world.peerings.values()],
            "queues": stage.pump.waiting(),
        }


def _location(world: World, where: Location) -> dict[str, list[Document]]:
    store = world.backend(where)
    igws = {"InternetGateways": list(store.internet_gateways.values())}
    return {
        **{kind: list(shown(world, where, kind)) for kind in SHOWN},
        "VpcAttributes": [
            {key: vpc[key] for key in ("VpcId", "EnableDnsSupport", "EnableDnsHostnames")}
            for vpc in shown(world, where, "VpcAttributes")
        ],
        **document_of("DescribeInternetGateways", igws),
        "NatGateways": nat_gateways(world, where),
    }


def _facts(value: Any) -> Any:  # noqa: ANN401 - any part of a peering
    """Return a peering's facts, as far as they have happened."""
    if isinstance(value, dict):
        return {key: _facts(each) for key, each in value.items() if each is not None}
    return value
