"""Which EC2 calls come in, and which function each wakes."""

import json
from typing import Any

import pytest
from moto.events.models import EventPattern
from peerkeeper.reporting.bus_events import SOURCE, DetailType
from peerkeeper.reporting.notices import NOTICES as NEWS

from tests.contract.deploy.templates import HUB, SPOKE, event_names, holds, id_in, of_type

TAGS = {"CreateTags", "DeleteTags"}
ASSOCIATIONS = {"AssociateRouteTable", "DisassociateRouteTable", "ReplaceRouteTableAssociation"}
WAKES = {
    "ConnectRule": {
        "CreateVpcPeeringConnection",
        "AcceptVpcPeeringConnection",
        "ModifyVpcPeeringConnectionOptions",
        "AssociateVpcCidrBlock",
        "DisassociateVpcCidrBlock",
        "CreateRouteTable",
        "DeleteRoute",
        "ReplaceRoute",
        "ModifyVpcAttribute",
        "CreateSubnet",
        "CreateDefaultSubnet",
        *ASSOCIATIONS,
        *TAGS,
    },
    "CleanRule": {"DeleteVpcPeeringConnection", "RejectVpcPeeringConnection"},
    "ConfigureRule": {
        "CreateVpc",
        "CreateDefaultVpc",
        "CreateSubnet",
        "CreateDefaultSubnet",
        "ModifyVpcAttribute",
        "ModifySubnetAttribute",
        "CreateRoute",
        "ReplaceRoute",
        "DeleteRoute",
        *ASSOCIATIONS,
        *TAGS,
    },
    "KeepRule": {
        "CreateRouteTable",
        "AssociateRouteTable",
        "ReplaceRouteTableAssociation",
        "ModifyVpcAttribute",
        "CreateVpcEndpoint",
        "ModifyVpcEndpoint",
        *TAGS,
    },
}
RULES = of_type(HUB, "AWS::Events::Rule")
NOTICES = "NoticeRule"
ALL = [
    (name, rule)
    for file in (HUB, SPOKE)
    for name, rule in of_type(file, "AWS::Events::Rule").items()
]


def takes(rule: str, name: str, parameters: dict[str, Any], **more: Any) -> bool:
    detail = {"eventName": name, "requestParameters": parameters} | more
    event: Any = {
        "source": "aws.ec2",
        "detail-type": "AWS API Call via CloudTrail",
        "detail": detail,
    }
    return EventPattern(None, RULES[rule]["EventPattern"]).matches_event(event)


def test_each_function_is_woken_by_its_own_calls() -> None:
    found = {
        name: event_names(rule["EventPattern"])
        for name, rule in RULES.items()
        if name not in ("ForwardRule", NOTICES)
    }
    assert found == WAKES


@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
def test_a_region_forwards_what_some_function_is_woken_by_and_nothing_else(template: Any) -> None:
    pattern = of_type(template, "AWS::Events::Rule")["ForwardRule"]["EventPattern"]
    assert event_names(pattern) == set().union(*WAKES.values())
    assert len(pattern["detail"]["eventName"]) == len(event_names(pattern))


def test_the_spoke_forwards_by_the_hubs_own_pattern() -> None:
    theirs = of_type(SPOKE, "AWS::Events::Rule")["ForwardRule"]
    assert theirs["EventPattern"] == RULES["ForwardRule"]["EventPattern"]


@pytest.mark.parametrize(("name", "rule"), [each for each in ALL if each[0] != NOTICES])
def test_every_rule_of_calls_takes_calls_that_succeeded_and_no_others(name: str, rule: Any) -> None:
    pattern = rule["EventPattern"]
    assert pattern["source"] == ["aws.ec2"]
    assert pattern["detail-type"] == ["AWS API Call via CloudTrail"]
    assert pattern["detail"]["errorCode"] == [{"exists": False}]


@pytest.mark.parametrize(("name", "rule"), ALL)
def test_every_pattern_is_within_the_size_that_eventbridge_takes(name: str, rule: Any) -> None:
    """Source: EventBridge quotas, event pattern size (2,048 characters)."""
    assert len(json.dumps(rule["EventPattern"], separators=(",", ":"))) <= 2048


@pytest.mark.parametrize(("name", "rule"), ALL)
def test_every_target_says_how_long_to_try_and_where_to_leave_what_failed(
    name: str, rule: Any
) -> None:
    (target,) = rule["Targets"]
    assert set(target["RetryPolicy"]) == {"MaximumEventAgeInSeconds", "MaximumRetryAttempts"}
    assert id_in(target["DeadLetterConfig"]["Arn"]).endswith("DeadLetters")


def test_each_functions_rule_listens_on_the_hub_bus_and_feeds_its_queue() -> None:
    fed = {
        name: (id_in(rule["EventBusName"]), id_in(rule["Targets"][0]["Arn"]))
        for name, rule in RULES.items()
        if name not in ("ForwardRule", NOTICES)
    }
    assert fed == {
        "ConnectRule": ("HubBus", "ConnectQueue"),
        "CleanRule": ("HubBus", "CleanQueue"),
        "ConfigureRule": ("HubBus", "ConfigureQueue"),
        "KeepRule": ("HubBus", "KeepQueue"),
    }
    assert "EventBusName" not in RULES["ForwardRule"]  # the default bus, where EC2 calls arrive


@pytest.mark.parametrize("rule", ["ConnectRule", "ConfigureRule"])
@pytest.mark.parametrize("call", sorted(TAGS))
@pytest.mark.parametrize(("key", "wanted"), [("peerkeeper:peers", True), ("Name", False)])
def test_tags_wake_a_function_in_either_encoding_if_they_are_ours(
    rule: str, call: str, key: str, wanted: bool
) -> None:
    assert takes(rule, call, {"tagSet": {"items": {"key": key}}}) is wanted
    assert takes(rule, call, {f"{call}Request": {"Tag": {"Key": key, "tag": 1}}}) is wanted


@pytest.mark.parametrize("rule", ["ConnectRule", "ConfigureRule"])
@pytest.mark.parametrize(
    "parameters", [{"tagSet": {}}, {"DeleteTagsRequest": {"ResourceId": "vpc-1"}}]
)
def test_taking_every_tag_away_wakes_a_function_though_no_key_is_named(
    rule: str, parameters: Any
) -> None:
    assert takes(rule, "DeleteTags", parameters)
    assert not takes(rule, "CreateTags", parameters)


@pytest.mark.parametrize("call", ["CreateRoute", "ReplaceRoute", "DeleteRoute"])
@pytest.mark.parametrize(("destination", "wanted"), [("0.0.0.0/0", True), ("10.39.0.0/16", False)])
def test_only_the_default_route_concerns_subnets(call: str, destination: str, wanted: bool) -> None:
    assert takes("ConfigureRule", call, {"destinationCidrBlock": destination}) is wanted
    assert (
        takes("ConfigureRule", call, {f"{call}Request": {"DestinationCidrBlock": destination}})
        is wanted
    )


@pytest.mark.parametrize(("rule", "calls"), WAKES.items())
def test_a_call_that_failed_or_was_dry_wakes_nobody(rule: str, calls: set[str]) -> None:
    for call in calls:
        parameters = {"tagSet": {}, "destinationCidrBlock": "0.0.0.0/0"}
        assert not takes(rule, call, parameters, errorCode="Client.DryRunOperation")


def test_the_topic_is_told_of_our_own_accounts_events_that_a_person_must_see_to() -> None:
    assert RULES[NOTICES]["EventPattern"] == {
        "source": [SOURCE],
        "account": [{"Ref": "AWS::AccountId"}],  # whoever else may put events on the bus
        # A route in the way is on the bus under its former name as well: not two mails for one.
        "detail-type": [
            *(kind.value for kind, _ in NEWS.values() if kind is not DetailType.CONFLICT),
            DetailType.DIGEST.value,
            DetailType.WITHDRAWN.value,
        ],
    }
    (target,) = RULES[NOTICES]["Targets"]
    assert target["Arn"] == {"Ref": "NoticeTopicArn"}
    assert HUB["Resources"][NOTICES]["Condition"] == "NoticesTellSomebody"
    assert not holds(HUB, "NoticesTellSomebody", {"NoticeTopicArn": ""})


@pytest.mark.parametrize("kind", DetailType)
def test_no_rule_that_wakes_a_function_takes_an_announcement(kind: DetailType) -> None:
    event: Any = {"source": SOURCE, "detail-type": kind.value, "detail": {"eventName": "CreateVpc"}}
    for name, rule in RULES.items():
        if name != NOTICES:
            assert not EventPattern(None, rule["EventPattern"]).matches_event(event)
