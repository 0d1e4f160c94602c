"""Mode observe: Peerkeeper says what it would do, and writes nothing. In: a stage. Out: nothing."""

from __future__ import annotations

from peerkeeper_local.story.scenes import peering, vpc_settings
from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import Stage


def _observed(stage: Stage) -> None:
    vpc_settings.change(stage)
    peering.ask(stage, "seoul-tokyo", "default")
    stage.pump.advance(60)
    stage.pump.sweep()
    stage.pump.run(max_seconds=20)


OBSERVED = Scene(
    "The same in mode observe",
    "A fresh cloud with the same three VPCs. Peerkeeper says what it would do, and writes nothing.",
    _observed,
)
