"""What plain moto does otherwise than EC2: tags."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

API, ERRORS = "EC2 API", "EC2 errors"
LIMITS = "EC2 User Guide, tag restrictions"
STACK = {"Key": "aws:cloudformation:stack-name", "Value": "a"}
VALUE = "InvalidParameterValue"


def _tag(stage: Stage, key: str, value: str = "a") -> str:
    tags = [{"Key": key, "Value": value}]
    return outcome(stage.seoul.create_tags, Resources=[stage.vpc(stage.seoul)], Tags=tags)


def tag_an_unknown_peering(stage: Stage) -> str:
    tags = [{"Key": "team", "Value": "a"}]
    return outcome(stage.seoul.create_tags, Resources=["pcx-0123456789abcdef0"], Tags=tags)


def aws_tag(stage: Stage) -> str:
    return _tag(stage, STACK["Key"])


def _makers(stage: Stage) -> list[tuple[Any, str, dict[str, str]]]:
    """Return calls that make things: the call, the type of what it makes, what it is sent."""
    seoul, vpc = stage.seoul, stage.vpc(stage.seoul)
    return [
        (seoul.create_vpc, "vpc", {"CidrBlock": "10.1.0.0/16"}),
        (seoul.create_subnet, "subnet", {"VpcId": vpc, "CidrBlock": "10.0.1.0/24"}),
        (seoul.create_route_table, "route-table", {"VpcId": vpc}),
        (
            seoul.create_vpc_peering_connection,
            "vpc-peering-connection",
            {"VpcId": vpc, "PeerVpcId": stage.vpc(seoul, "10.2.0.0/16")},
        ),
        (seoul.create_internet_gateway, "internet-gateway", {}),
        (seoul.create_network_acl, "network-acl", {"VpcId": vpc}),
        (
            seoul.create_security_group,
            "security-group",
            {"VpcId": vpc, "GroupName": "web", "Description": "of a test"},
        ),
    ]


def _tagged_at_birth(stage: Stage, *tags: dict[str, str], kind: str = "") -> set[str]:
    return {
        outcome(call, TagSpecifications=[{"ResourceType": kind or own, "Tags": [*tags]}], **sent)
        for call, own, sent in _makers(stage)
    }


def aws_tag_at_birth(stage: Stage) -> set[str]:
    return _tagged_at_birth(stage, STACK)


def key_twice_at_birth(stage: Stage) -> set[str]:
    return _tagged_at_birth(stage, {"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"})


def another_type_at_birth(stage: Stage) -> set[str]:
    return _tagged_at_birth(stage, {"Key": "a", "Value": "1"}, kind="volume")


def key_twice(stage: Stage) -> str:
    tags = [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]
    return outcome(stage.seoul.create_tags, Resources=[stage.vpc(stage.seoul)], Tags=tags)


def long_tags(stage: Stage) -> tuple[str, str]:
    return _tag(stage, "k" * 129), _tag(stage, "team", "v" * 257)


def tag_without_key(stage: Stage) -> str:
    return _tag(stage, "")


def delete_all_tags(stage: Stage) -> object:
    vpc = stage.vpc(stage.seoul)
    stage.seoul.create_tags(Resources=[vpc], Tags=[{"Key": "team", "Value": "a"}])
    stage.seoul.delete_tags(Resources=[vpc])
    return len(stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"][0].get("Tags", []))


TAGS = (
    Deviation(
        "the error for tagging an unknown peering spells ID",
        ERRORS,
        tag_an_unknown_peering,
        "InvalidVpcPeeringConnectionID.NotFound",
        "InvalidVpcPeeringConnectionId.NotFound",
    ),
    Deviation("AWS's own tags are refused", ERRORS, aws_tag, VALUE, "done"),
    Deviation(
        "AWS's own tags are refused when a resource is made",
        ERRORS,
        aws_tag_at_birth,
        {VALUE},
        {"done"},
    ),
    Deviation(
        "keys and values have a maximum length", LIMITS, long_tags, (VALUE, VALUE), ("done", "done")
    ),
    Deviation("a key is sent once", "observed", key_twice, VALUE, "done"),
    Deviation(
        "a key is sent once when a resource is made",
        "observed",
        key_twice_at_birth,
        {VALUE},
        {"done"},
    ),
    Deviation(
        "tags at creation are only for what is made",
        "observed",
        another_type_at_birth,
        {VALUE},
        {"InvalidParameter", "done"},
    ),
    Deviation("a tag has a key", ERRORS, tag_without_key, "InvalidTagKey.Malformed", "done"),
    Deviation("deleting no tag deletes all", API, delete_all_tags, 0, 1),
)
