"""Tags that a call gives to what it makes."""

from typing import Any

import pytest

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.tag_specifications import check_new_tags, taggable


def tagged(kind: str, *keys: str) -> dict[str, Any]:
    return {"ResourceType": kind, "Tags": [{"Key": key, "Value": "a"} for key in keys]}


@pytest.mark.parametrize(
    ("action", "types"),
    [
        ("CreateVpcPeeringConnection", ("vpc-peering-connection",)),
        ("CreateNatGateway", ("natgateway",)),
        ("DescribeVpcs", ()),
    ],
)
def test_a_call_may_tag_what_it_makes(action: str, types: tuple[str, ...]) -> None:
    assert taggable(action) == types


@pytest.mark.parametrize(
    ("action", "specifications", "words"),
    [
        ("CreateVpc", [tagged("vpc", "a", "b")], ""),
        ("RunInstances", [tagged("instance", "a"), tagged("volume", "a")], ""),
        ("CreateVpc", [tagged("subnet", "a")], "'subnet' is not a valid taggable resource type"),
        ("CreateVpc", [tagged("vpc", "a", "a")], "Duplicate tag key 'a' specified."),
        ("CreateVpc", [tagged("vpc", "a"), tagged("vpc", "a")], "Duplicate tag key 'a' specified."),
        ("CreateVpc", [tagged("vpc", "aws:a")], "reserved for internal use"),
    ],
)
def test_new_tags_have_the_right_type_and_each_key_once(
    action: str, specifications: list[dict[str, Any]], words: str
) -> None:
    sent = {"TagSpecifications": specifications}
    if not words:
        check_new_tags(action, sent, Limits())
        return
    with pytest.raises(Refusal, match=words) as refused:
        check_new_tags(action, sent, Limits())
    assert refused.value.code == "InvalidParameterValue"
