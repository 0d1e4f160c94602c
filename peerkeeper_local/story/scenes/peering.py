"""A peering comes about: one whose owners agree, one that is held until its owner does.

In: a stage. Out: nothing; the stage's cloud shows it.
"""

from __future__ import annotations

from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage


def ask(stage: Stage, name: str, peer: str) -> None:
    """Ask from my-vpc for a peering with a VPC of Tokyo, and call it `name`."""
    reply = stage.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=stage.id("my-vpc"), PeerVpcId=stage.id(peer), PeerRegion=TOKYO
    )
    stage.names[name] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]


def _agreed(stage: Stage) -> None:
    stage.moment()
    ask(stage, "seoul-tokyo", "default")
    stage.pump.advance(120)
    stage.moment()


def _held(stage: Stage) -> None:
    ask(stage, "seoul-lab", "lab")
    stage.pump.advance(60)


def _approve(stage: Stage) -> None:
    """Do what the finding of the request says would let this peering pass, and no other."""
    tags = [{"Key": "peerkeeper:approved", "Value": "true"}]
    stage.ec2(TOKYO).create_tags(Resources=[stage.id("seoul-lab")], Tags=tags)
    stage.pump.advance(120)


AGREED = Scene(
    "Seoul asks Tokyo for a peering",
    "The VPCs my-vpc (Seoul) and default (Tokyo) have the tag peerkeeper:peers=self.",
    _agreed,
)
HELD = Scene(
    "Seoul asks a VPC that has not agreed",
    "The VPC lab (Tokyo) has no such tag. Peerkeeper holds the request, and prints what lets it pass.",
    _held,
)
APPROVED = Scene(
    "The owner of lab agrees to this one peering",
    "The owner runs the first of the two commands above.",
    _approve,
)
