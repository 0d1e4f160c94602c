"""Replies of tomorrow's EC2: statuses, values and fields not yet known. In: a reply. Out: another."""

from __future__ import annotations

import copy
import random
from typing import Any


def with_unknowns(reply: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return a copy of the reply with new fields, and sometimes a status or a value that is new."""
    changed = copy.deepcopy(reply)
    for items in changed.values():
        if not isinstance(items, list):
            continue
        for item in items:
            item["FieldOfTomorrow"] = {"Nested": [1, None, "x"]}
            if "Status" in item and rng.random() < 0.5:
                item["Status"] = {"Code": "quarantined", "Message": "Under review"}
            for route in item.get("Routes", ()):
                route["RouteOfTomorrow"] = True
                if "VpcPeeringConnectionId" not in route and rng.random() < 0.2:
                    route["State"] = "filtered"
                if route.get("GatewayId") != "local" and rng.random() < 0.2:
                    route["Origin"] = "Advertisement"
    return changed
