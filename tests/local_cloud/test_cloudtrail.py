"""The records that CloudTrail would write: two encodings, failures, callers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from peerkeeper_local.cloudtrail import emits_event, envelope, record, role_id
from tests.local_cloud.calls import OPERATOR, OURS, call


def request(action: str, params: dict[str, Any]) -> Any:
    return record(call(action, params), 1)["requestParameters"]


def response(action: str, reply: dict[str, Any] | None = None) -> Any:
    elements = record(call(action, {}, reply), 1)["responseElements"]
    return without_request_id(elements)


def without_request_id(elements: dict[str, Any]) -> dict[str, Any]:
    inner = {k: without_request_id(v) if isinstance(v, dict) else v for k, v in elements.items()}
    return {k: v for k, v in inner.items() if k not in ("requestId", "xmlns")}


def test_legacy_lists_are_items_and_keep_their_old_names() -> None:
    tags = [{"Key": "peerkeeper:peers", "Value": "self"}, {"Key": "Name", "Value": "a"}]
    assert request("CreateTags", {"Resources": ["vpc-1", "rtb-2"], "Tags": tags}) == {
        "resourcesSet": {"items": [{"resourceId": "vpc-1"}, {"resourceId": "rtb-2"}]},
        "tagSet": {
            "items": [
                {"key": "peerkeeper:peers", "value": "self"},
                {"key": "Name", "value": "a"},
            ]
        },
    }


def test_deleting_all_tags_leaves_an_empty_object_not_an_empty_list() -> None:
    assert request("DeleteTags", {"Resources": ["vpc-1"]})["tagSet"] == {}
    assert request("DeleteTags", {"Resources": ["vpc-1"], "Tags": []})["tagSet"] == {}


def test_a_tag_deleted_by_key_has_no_value() -> None:
    sent = request("DeleteTags", {"Resources": ["vpc-1"], "Tags": [{"Key": "a"}]})
    assert sent["tagSet"] == {"items": [{"key": "a"}]}


def test_legacy_attribute_changes_are_lowered_all_the_way_down() -> None:
    sent = {"VpcId": "vpc-1", "EnableDnsSupport": {"Value": True}}
    assert request("ModifyVpcAttribute", sent) == {
        "vpcId": "vpc-1",
        "enableDnsSupport": {"value": True},
    }


def test_tags_given_at_creation_are_a_plain_list_inside_items() -> None:
    spec = {"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "a"}]}
    sent = request("CreateVpc", {"CidrBlock": "10.0.0.0/16", "TagSpecifications": [spec]})
    assert sent == {
        "cidrBlock": "10.0.0.0/16",
        "instanceTenancy": "default",
        "tagSpecificationSet": {
            "items": [{"resourceType": "vpc", "tags": [{"key": "Name", "value": "a"}]}]
        },
    }


def test_success_without_a_reply_is_a_return_flag_in_both_encodings() -> None:
    assert response("DeleteRoute") == {"_return": True}
    assert response("CreateRoute", {"Return": True}) == {"_return": True}
    assert response("ModifyVpcPeeringConnectionOptions") == {
        "ModifyVpcPeeringConnectionOptionsResponse": {"return": True}
    }


def test_legacy_replies_have_times_in_milliseconds_and_empty_lists_as_objects() -> None:
    pcx = {
        "VpcPeeringConnectionId": "pcx-1",
        "ExpirationTime": datetime(2026, 11, 9, 12, tzinfo=UTC),
        "RequesterVpcInfo": {"OwnerId": "111122223333", "CidrBlockSet": [{"CidrBlock": "10/8"}]},
        "Tags": [],
    }
    reply = response("CreateVpcPeeringConnection", {"VpcPeeringConnection": pcx})
    assert reply["vpcPeeringConnection"] == {
        "vpcPeeringConnectionId": "pcx-1",
        "expirationTime": 1794225600000,
        "requesterVpcInfo": {
            "ownerId": "111122223333",
            "cidrBlockSet": {"items": [{"cidrBlock": "10/8"}]},
        },
        "tagSet": {},
    }


def test_disassociating_a_table_tells_a_state_that_the_api_no_longer_has() -> None:
    assert response("DisassociateRouteTable") == {
        "associationState": {"state": "disassociating"},
        "_return": True,
    }


def test_the_xml_encoding_wraps_and_capitalises_the_request() -> None:
    sent = {"VpcId": "vpc-1", "CidrBlock": "100.64.0.0/16", "AmazonProvidedIpv6CidrBlock": False}
    assert request("AssociateVpcCidrBlock", sent) == {
        "AssociateVpcCidrBlockRequest": {
            "VpcId": "vpc-1",
            "CidrBlock": "100.64.0.0/16",
            "AmazonProvidedIpv6CidrBlock": False,
        }
    }


def test_an_xml_request_without_parameters_is_an_empty_text() -> None:
    assert request("CreateDefaultVpc", {}) == {"CreateDefaultVpcRequest": ""}
    assert request("CreateDefaultVpc", {"DryRun": True}) == {"CreateDefaultVpcRequest": ""}


@pytest.mark.parametrize(
    ("associations", "written"),
    [
        ([], ""),
        ([{"AssociationId": "a"}], {"item": {"associationId": "a"}}),
        (
            [{"AssociationId": "a"}, {"AssociationId": "b"}],
            {"item": [{"associationId": "a"}, {"associationId": "b"}]},
        ),
    ],
)
def test_an_xml_list_of_none_one_or_several(associations: list[Any], written: object) -> None:
    reply = response("CreateDefaultVpc", {"Vpc": {"CidrBlockAssociationSet": associations}})
    vpc = reply["CreateDefaultVpcResponse"]["vpc"]
    assert vpc == {"cidrBlockAssociationSet": written}


@pytest.mark.parametrize(
    ("text", "written"),
    [("true", True), ("111122223333", 111122223333), ("007", "007"), ("10.0.0.0/8", "10.0.0.0/8")],
)
def test_xml_texts_that_look_like_something_else_become_it(text: str, written: object) -> None:
    reply = response("CreateDefaultVpc", {"Vpc": {"Tags": [{"Key": "k", "Value": text}]}})
    item = reply["CreateDefaultVpcResponse"]["vpc"]["tagSet"]["item"]
    assert item == {"key": "k", "value": written}
    assert type(item["value"]) is type(written)


def test_elements_of_an_xml_request_carry_their_number() -> None:
    from peerkeeper_local.cloudtrail.xml_form import xml_request

    # No action of ours sends lists in this encoding, others do.
    sent = {
        "SubnetIds": ["subnet-1", "subnet-2"],
        "TagSpecifications": [
            {"ResourceType": "vpc-endpoint", "Tags": [{"Key": "approved", "Value": "true"}]}
        ],
    }
    assert xml_request("CreateVpcEndpoint", sent)["CreateVpcEndpointRequest"] == {
        "SubnetId": [{"tag": 1, "content": "subnet-1"}, {"tag": 2, "content": "subnet-2"}],
        "TagSpecification": {
            "ResourceType": "vpc-endpoint",
            "Tag": {"Key": "approved", "Value": True, "tag": 1},
            "tag": 1,
        },
    }


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("InvalidVpcID.NotFound", "Client.InvalidVpcID.NotFound"),
        ("DryRunOperation", "Client.DryRunOperation"),
        ("InternalError", "Server.InternalError"),
    ],
)
def test_a_failed_call_has_its_error_its_parameters_and_a_null_reply(
    code: str, written: str
) -> None:
    sent = {"VpcPeeringConnectionId": "nonsense"}
    failed = record(call("AcceptVpcPeeringConnection", sent, error=(code, "why")), 1)
    assert (failed["errorCode"], failed["errorMessage"]) == (written, "why")
    assert failed["requestParameters"] == {"vpcPeeringConnectionId": "nonsense"}
    assert failed["responseElements"] is None


def test_a_call_that_succeeds_has_no_error_keys() -> None:
    assert not {"errorCode", "errorMessage"} & record(call("DeleteVpc"), 1).keys()


def test_the_caller_is_an_iam_user_a_role_or_root() -> None:
    user = record(call("DeleteVpc", principal=OPERATOR), 1)["userIdentity"]
    assert (user["type"], user["userName"]) == ("IAMUser", "operator")
    ours = record(call("DeleteVpc", principal=OURS), 1)["userIdentity"]
    assert ours["type"] == "AssumedRole"
    assert ours["arn"] == OURS
    role = role_id("peerkeeper-connect-peerings")
    assert ours["principalId"] == f"{role}:peerkeeper-connect-peerings"
    issuer = ours["sessionContext"]["sessionIssuer"]
    assert issuer["arn"] == "arn:aws:iam::111122223333:role/peerkeeper-connect-peerings"
    root = record(call("DeleteVpc", principal="arn:aws:iam::111122223333:root"), 1)
    assert root["userIdentity"]["type"] == "Root"


@pytest.mark.parametrize("name", ["peerkeeper-sweep", "peerkeeper-connect-peerings", "x"])
def test_a_role_id_has_the_form_of_iams(name: str) -> None:
    assert len(role_id(name)) == 21
    assert role_id(name).startswith("AROA")
    assert role_id(name).isalnum()


def test_records_have_ids_of_their_own_and_the_same_ones_in_every_run() -> None:
    first, again, second = (record(call("DeleteVpc"), number) for number in (1, 1, 2))
    assert first == again
    assert first["eventID"] != second["eventID"]
    assert first["requestID"] != second["requestID"]
    assert envelope(first)["id"] not in (first["eventID"], first["requestID"])


def test_reads_make_no_event_writes_do() -> None:
    assert not emits_event(call("DescribeRouteTables"))
    assert emits_event(call("CreateRoute"))
    assert emits_event(call("CreateRoute", error=("RouteAlreadyExists", "it does")))
