"""A gateway endpoint says by its tag which route tables it belongs in: Peerkeeper adds it there.

In: a stage. Out: nothing; the stage's cloud shows it.
"""

from __future__ import annotations

from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import SEOUL, Stage


def _endpoint(stage: Stage) -> None:
    """Make an endpoint of S3 in no table. The tag asks for the tables without a way to the internet."""
    tags = [
        {"Key": "Name", "Value": "my-s3"},
        {"Key": "peerkeeper:endpoint-tables", "Value": "private"},
    ]
    reply = stage.ec2(SEOUL).create_vpc_endpoint(
        VpcId=stage.id("my-vpc"),
        ServiceName=f"com.amazonaws.{SEOUL}.s3",
        TagSpecifications=[{"ResourceType": "vpc-endpoint", "Tags": tags}],
    )
    stage.names["my-s3"] = reply["VpcEndpoint"]["VpcEndpointId"]
    stage.pump.advance(60)


ENDPOINT = Scene(
    "Seoul makes an S3 endpoint, tagged for its private route tables",
    "Peerkeeper adds the private table to it, because Endpoints=keep. It changes nothing else there.",
    _endpoint,
)
