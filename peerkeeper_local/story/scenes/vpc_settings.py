"""Settings of VPCs and subnets follow the network. In: a stage. Out: nothing; the stage's cloud shows it."""

from __future__ import annotations

from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.seoul import add_internet_route
from peerkeeper_local.story.stage import EVERYWHERE, SEOUL, Stage


def change(stage: Stage) -> None:
    """Send my-pub to the internet, and turn my-vpc's DNS hostnames off."""
    add_internet_route(stage)
    stage.ec2(SEOUL).modify_vpc_attribute(
        VpcId=stage.id("my-vpc"), EnableDnsHostnames={"Value": False}
    )


def _settle(stage: Stage) -> None:
    change(stage)
    stage.pump.advance(340)  # a subnet is switched at the second look


SETTINGS = Scene(
    "Settings of VPCs and subnets follow",
    "my-pub gets a route to the internet. Somebody turns my-vpc's DNS hostnames off. This cloud has "
    f"{' and '.join(f'{name}={value}' for name, value in EVERYWHERE.items())}: by default "
    "Peerkeeper changes settings of tagged VPCs only.",
    _settle,
)
