"""Somebody deletes a route of a peering: Peerkeeper learns of it, or finds it.

In: a stage. Out: nothing; the stage's cloud shows it.
"""

from __future__ import annotations

from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

UNTIL_THE_SWEEP = 15 * 60.0
"""Seconds: the longest that a gap waits, by the default of SweepMinutes."""


def _repaired_by_event(stage: Stage) -> None:
    stage.ec2(SEOUL).delete_route(
        RouteTableId=stage.id("my-pub"), DestinationCidrBlock="172.31.0.0/16"
    )
    stage.pump.run(max_seconds=20)


def _repaired_by_sweep(stage: Stage) -> None:
    stage.pump.cut()
    stage.ec2(TOKYO).delete_route(
        RouteTableId=stage.id("default-main"), DestinationCidrBlock="10.39.0.0/16"
    )
    stage.pump.advance(UNTIL_THE_SWEEP)
    stage.moment()
    stage.pump.join()
    stage.pump.sweep()
    stage.pump.run(max_seconds=20)
    stage.moment()


BY_EVENT = Scene(
    "Somebody deletes a route in Seoul",
    "CloudTrail reports the call, and Peerkeeper writes the route again.",
    _repaired_by_event,
)
BY_SWEEP = Scene(
    "Somebody deletes a route in Tokyo, and the event is lost",
    "The sweep, which runs every 15 minutes, finds the gap.",
    _repaired_by_sweep,
)
