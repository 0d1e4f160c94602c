"""Mode observe: Peerkeeper says what it would do, and writes nothing. In: a stage. Out: nothing."""

from __future__ import annotations

from peerkeeper_local.story.scenes import peering, vpc_settings
from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import TOKYO, Stage


def _observed(stage: Stage) -> None:
    vpc_settings.change(stage)
    peering.ask(stage, "seoul-tokyo", "default")
    stage.pump.advance(60)
    stage.pump.sweep()
    stage.pump.run(max_seconds=20)
    _accepted_by_hand(stage)


def _accepted_by_hand(stage: Stage) -> None:
    """Accept as the owner of default. Then the peering is active, and no table leads into it."""
    request = stage.id("seoul-tokyo")
    stage.ec2(TOKYO).accept_vpc_peering_connection(VpcPeeringConnectionId=request)
    stage.pump.advance(20)
    stage.moment()


OBSERVED = Scene(
    "The same in mode observe",
    "A fresh cloud with the same VPCs. Peerkeeper says what it would do, and writes nothing. Then Tokyo "
    "accepts by hand: the peering is active, and nothing routes to it.",
    _observed,
)
