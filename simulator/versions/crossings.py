"""Counts what one version wrote and the other read: without such messages and tags, mixing proves nothing.

In: a schedule, as it runs. Out: counts, by what was read and by whom.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from simulator import policy as say
from simulator.notices import STATUS

KINDS = tuple(
    f"{what} read by {whom}" for what in ("hand-offs", "tags") for whom in ("today's", "the other")
)


class Crossings:
    """What crossed from version to version in one schedule."""

    def __init__(self, schedule: Any) -> None:
        self.found: Counter[str] = Counter()
        self._by: dict[tuple[str, str, str], str] = {}
        """The version that last said a status of a peering: by Region, peering and status."""
        schedule.world.watchers.append(self._hear)
        schedule.functions.ended.append(self._end)

    def _hear(self, call: Any) -> None:
        if call.run is not None and call.action == "CreateTags" and call.changed:
            (pcx,), (tag,) = call.params["Resources"], call.params["Tags"]
            self._by[call.region, pcx, tag["Value"]] = call.run.version

    def _end(self, run: Any, batch: Any, failed: set[str], cause: str) -> None:
        whom = "the other" if run.version else "today's"
        crossed = sum(message.version not in (None, run.version) for message in batch)
        self.found[f"hand-offs read by {whom}"] += crossed
        for _, where, action, _, reply in run.served:
            if action == "DescribeVpcPeeringConnections":
                self.found[f"tags read by {whom}"] += self._tags(run, where.region, reply)

    def _tags(self, run: Any, region: str, reply: Any) -> int:
        said = [
            (region, view["VpcPeeringConnectionId"], say.tags_of(view).get(STATUS, ""))
            for view in reply["VpcPeeringConnections"]
        ]
        return sum(self._by.get(one, run.version) != run.version for one in said)
