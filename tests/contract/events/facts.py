"""A dumped cloud as facts a person can read, so that two dumps can be told apart.

In: what `dump` prints. Out: one line a fact: a route, a status, an attribute; and the messages in queues.
"""

from collections import Counter
from typing import Any

CITIES = {"ap-northeast-2": "Seoul", "ap-northeast-1": "Tokyo"}
TARGETS = ("VpcPeeringConnectionId", "NatGatewayId", "GatewayId")
ACCEPTED = {"provisioning", "active"}


def facts(state: dict[str, Any]) -> set[str]:
    """Return what holds in every location."""
    return {
        f"{CITIES[name.partition('/')[2]]}: {fact}"
        for name, lists in state["locations"].items()
        for fact in _facts(lists)
    }


def _facts(lists):
    for table in lists["RouteTables"]:
        for route in table["Routes"]:
            target = next(route[key] for key in TARGETS if key in route)
            to = route.get("DestinationCidrBlock", "a prefix list")
            yield f"{table['RouteTableId']} sends {to} to {target}"
    for vpc in lists["VpcAttributes"]:
        yield f"{vpc['VpcId']} DNS hostnames {_on(vpc['EnableDnsHostnames'])}"
    for subnet in lists["Subnets"]:
        yield f"{subnet['SubnetId']} public IP {_on(subnet['MapPublicIpOnLaunch'])}"
    for pcx in lists["VpcPeeringConnections"]:
        code = pcx["Status"]["Code"]
        yield f"{pcx['VpcPeeringConnectionId']} {'accepted' if code in ACCEPTED else code}"
        for side in ("Requester", "Accepter"):
            if _resolves(pcx[f"{side}VpcInfo"]):
                yield f"{pcx['VpcPeeringConnectionId']} {side.lower()} resolves names"


def _resolves(info):
    return info.get("PeeringOptions", {}).get("AllowDnsResolutionFromRemoteVpc", False)


def _on(flag):
    return "on" if flag else "off"


def messages(state: dict[str, Any]) -> Counter[str]:
    """Return how many messages wait, by queue."""
    return Counter({name: len(waiting) for name, waiting in state["queues"].items() if waiting})


def came_about(before: dict[str, Any], after: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Return the facts that came and those that went."""
    return facts(after) - facts(before), facts(before) - facts(after)
