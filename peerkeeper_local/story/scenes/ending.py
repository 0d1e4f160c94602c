"""A peering ends, and two requests fail or wait.

In: a stage. Out: nothing; the stage's cloud shows it.
"""

from __future__ import annotations

from peerkeeper_local.story.handiwork import new_vpc
from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import FOREIGN_ACCOUNT, SEOUL, TOKYO, Stage


def _delete(stage: Stage) -> None:
    stage.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=stage.id("seoul-tokyo"))
    stage.pump.advance(180)
    stage.moment()


def _uninvited(stage: Stage) -> None:
    theirs, ours = stage.ec2(TOKYO, FOREIGN_ACCOUNT), stage.ec2(SEOUL)
    stranger = theirs.create_vpc(CidrBlock="10.77.0.0/16")["Vpc"]["VpcId"]
    twin, main = new_vpc(ours, "172.31.0.0/20")
    stage.names |= {"stranger": stranger, "twin": twin, "twin-main": main}
    stage.pump.run(max_seconds=20)
    foreign = theirs.create_vpc_peering_connection(
        VpcId=stranger,
        PeerVpcId=stage.id("my-vpc"),
        PeerOwnerId=stage.cloud.account,
        PeerRegion=SEOUL,
    )
    overlapping = ours.create_vpc_peering_connection(
        VpcId=twin, PeerVpcId=stage.id("default"), PeerRegion=TOKYO
    )
    for name, reply in (("foreign", foreign), ("overlapping", overlapping)):
        stage.names[name] = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    stage.pump.advance(10)
    stage.pump.sweep()


DELETED = Scene(
    "Seoul deletes the peering seoul-tokyo",
    "Peerkeeper deletes its routes in both Regions. Every other route stays.",
    _delete,
)
UNINVITED = Scene(
    "Two requests that cannot pass",
    f"Account {FOREIGN_ACCOUNT}, which is not allowed, asks for my-vpc. twin in Seoul asks for default, "
    "and their CIDRs overlap.",
    _uninvited,
)
