"""What is written again and again within an hour, and who took it away, as the events tell."""

from typing import Any

import pytest
from peerkeeper import telemetry
from peerkeeper.messages.ec2_events import scope_from_event
from peerkeeper.reporting.plain_text import plain
from peerkeeper.reporting.repeated_writes import Repeated, RepeatedWrites, Written
from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.changes import (
    AddEndpointTable,
    Change,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    SetMapPublicIpOnLaunch,
)
from peerkeeper.values.ec2 import Location, network
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Function
from peerkeeper.values.undoings import DNS, ENDPOINT, PUBLIC_IP, Undoing

SEOUL = Location("111122223333", "ap-northeast-2")
SETTINGS = settings_from(
    {
        "AWS_REGION": SEOUL.region,
        "PEERKEEPER_ACCOUNT": SEOUL.account_id,
        "PEERKEEPER_REGIONS": SEOUL.region,
    }
)
TABLE, SUBNET, VPC = "rtb-0a0a0a0a", "subnet-0a0a0a0a", "vpc-0a0a0a0a"
ROUTE = CreateRoute(SEOUL, TABLE, network("10.2.0.0/16"), "pcx-1", reason="why")
TOOL = "arn:aws:sts::111122223333:assumed-role/pipeline/42"


def event(name: str, **request: Any) -> dict[str, Any]:
    return {
        "source": "aws.ec2",
        "detail-type": "AWS API Call via CloudTrail",
        "account": SEOUL.account_id,
        "region": SEOUL.region,
        "detail": {
            "eventName": name,
            "eventTime": "2026-03-02T09:00:00Z",
            "userIdentity": {"arn": request.pop("actor", TOOL)},
            "userAgent": "Terraform/1.9",
            "requestParameters": request,
        },
    }


def undone(name: str, **request: Any) -> list[Undoing]:
    return [*scope_from_event(event(name, **request), SETTINGS).undone]


def times(change: Change, *at: float) -> list[int]:
    writes = RepeatedWrites()
    told = [writes.of([Outcome(change, Result.APPLIED)], time) for time in at]
    return [one.times for (one,) in told]


@pytest.mark.parametrize(
    "change",
    [
        ROUTE,
        SetMapPublicIpOnLaunch(SEOUL, SUBNET, False, reason="why"),
        EnableDnsHostnames(SEOUL, VPC, reason="why"),
        AddEndpointTable(SEOUL, "vpce-1", "rtb-1", reason="why"),
        EnableDnsSupport(SEOUL, VPC, reason="why"),
    ],
)
def test_the_writes_of_one_thing_are_counted_an_hour_deep(change: Change) -> None:
    assert times(change, 0.0, 600.0, 1200.0, 3700.0, 9000.0) == [1, 2, 3, 3, 1]


DNS_ON = EnableDnsHostnames(SEOUL, VPC, reason="why")


@pytest.mark.parametrize(
    "change",
    [
        DNS_ON,
        SetMapPublicIpOnLaunch(SEOUL, SUBNET, False, reason="why"),
        AddEndpointTable(SEOUL, "vpce-1", "rtb-1", reason="why"),
    ],
)
def test_what_a_late_read_lets_us_write_once_more_is_not_counted(change: Change) -> None:
    """EC2 takes the same value again, so a write alone does not prove that somebody undid the one before."""
    writes = RepeatedWrites()
    applied = [Outcome(change, Result.APPLIED)]
    assert [one.times for one in writes.of(applied, 0.0)] == [1]
    assert [writes.of(applied, at) for at in (3.0, 7.0, 11.0, 299.0)] == [()] * 4
    assert [one.times for one in writes.of(applied, 300.0)] == [2]


def test_a_write_soon_after_another_is_counted_if_an_event_says_who_undid_the_first() -> None:
    writes = RepeatedWrites()
    applied = [Outcome(DNS_ON, Result.APPLIED)]
    taken = Undoing(SEOUL, VPC, DNS, "ModifyVpcAttribute", TOOL, "", "")
    told = []
    for at in (0.0, 60.0, 120.0):
        writes.hear([taken], at)
        told += writes.of(applied, at)
    assert [one.times for one in told] == [1, 2, 3]
    assert writes.of(applied, 123.0) == ()


def test_two_tables_of_an_endpoint_and_two_attributes_of_a_vpc_are_counted_apart() -> None:
    writes = RepeatedWrites()
    one = AddEndpointTable(SEOUL, "vpce-1", "rtb-1", reason="why")
    others = [AddEndpointTable(SEOUL, "vpce-1", "rtb-2", reason="why"), DNS_ON]
    others.append(EnableDnsSupport(SEOUL, VPC, reason="why"))
    for at, change in enumerate([one, one, *others]):
        told = writes.of([Outcome(change, Result.APPLIED)], at * 600.0)
    assert [each.times for each in told] == [1]
    assert [each.times for each in writes.of([Outcome(one, Result.APPLIED)], 3000.0)] == [3]


def test_what_nobody_can_take_away_again_is_not_counted_nor_what_was_not_done() -> None:
    gone = DeleteRoute(SEOUL, TABLE, network("10.2.0.0/16"), "pcx-1", reason="why")
    writes = RepeatedWrites()
    assert writes.of([Outcome(gone, Result.APPLIED), Outcome(ROUTE, Result.FAILED)], 0.0) == ()


def test_what_was_written_more_than_an_hour_ago_is_forgotten() -> None:
    writes = RepeatedWrites()
    other = SetMapPublicIpOnLaunch(SEOUL, SUBNET, False, reason="why")
    writes.of([Outcome(other, Result.APPLIED)], 0.0)
    writes.of([Outcome(ROUTE, Result.APPLIED)], 3601.0)
    assert len(writes._written) == 1


def test_the_most_written_comes_first() -> None:
    writes = RepeatedWrites()
    writes.of([Outcome(ROUTE, Result.APPLIED)], 0.0)
    other = SetMapPublicIpOnLaunch(SEOUL, SUBNET, False, reason="why")
    both = [Outcome(other, Result.APPLIED), Outcome(ROUTE, Result.APPLIED)]
    assert [(one.written.resource, one.times) for one in writes.of(both, 60.0)] == [
        (TABLE, 2),
        (SUBNET, 1),
    ]


@pytest.mark.parametrize(
    ("name", "request_", "resource", "what"),
    [
        (
            "DeleteRoute",
            {"routeTableId": TABLE, "destinationCidrBlock": "10.2.9.9/16"},
            TABLE,
            "10.2.0.0/16",
        ),
        (
            "ReplaceRoute",
            {"routeTableId": TABLE, "destinationIpv6CidrBlock": "2001:DB8::/32"},
            TABLE,
            "2001:db8::/32",
        ),
        ("DeleteRoute", {"routeTableId": TABLE, "destinationCidrBlock": "x" * 99}, TABLE, "x" * 64),
        ("ModifySubnetAttribute", {"subnetId": SUBNET}, SUBNET, PUBLIC_IP),
        ("ModifyVpcAttribute", {"vpcId": VPC}, VPC, DNS),
        (
            "ModifyVpcEndpoint",
            {"ModifyVpcEndpointRequest": {"VpcEndpointId": "vpce-0a39a39a39a39a301"}},
            "vpce-0a39a39a39a39a301",
            ENDPOINT,
        ),
    ],
)
def test_an_event_tells_who_undid_what_with_which_tool(
    name: str, request_: dict[str, str], resource: str, what: str
) -> None:
    at = "2026-03-02T09:00:00Z"
    assert undone(name, **request_) == [
        Undoing(SEOUL, resource, what, name, TOOL, "Terraform/1.9", at)
    ]


@pytest.mark.parametrize(
    ("name", "request_"),
    [
        ("CreateRouteTable", {}),
        ("AssociateRouteTable", {"routeTableId": TABLE}),
        ("DeleteRoute", {"routeTableId": TABLE, "destinationPrefixListId": "pl-1"}),
        (
            "ModifySubnetAttribute",
            {
                "subnetId": SUBNET,
                "actor": "arn:aws:sts::111122223333:assumed-role/peerkeeper-configure-vpcs/x",
            },
        ),
    ],
)
def test_other_calls_and_our_own_undo_nothing(name: str, request_: dict[str, str]) -> None:
    shown = event(name, **request_)
    shown["detail"]["responseElements"] = {"routeTable": {"routeTableId": TABLE, "vpcId": VPC}}
    assert scope_from_event(shown, SETTINGS).undone == frozenset()


def test_what_a_caller_calls_itself_is_logged_as_one_calm_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The user agent and a session's name are the caller's to choose."""
    logged: list[dict[str, Any]] = []
    monkeypatch.setattr(telemetry.logger, "warning", lambda _, flap: logged.append(flap))
    monkeypatch.setattr("builtins.print", lambda *_, **__: None)
    wild = '\u202e<b>"x"\n`' + "y" * 999
    act = Undoing(SEOUL, TABLE, "10.2.0.0/16", "DeleteRoute", wild, wild, "now")
    often = Repeated(Written(SEOUL, TABLE, "10.2.0.0/16"), 4, act)
    seldom = Repeated(Written(SEOUL, SUBNET, PUBLIC_IP), 3)
    telemetry.publish(Report(Function.CONNECT, Mode.FULL), repeated=(often, seldom))
    (flap,) = logged
    assert {flap["actor"], flap["agent"]} == {plain(wild)}
    assert flap["actor"].startswith("?(b)'x' 'y")
    assert (flap["times"], flap["resource"]) == (4, TABLE)


def test_who_took_it_away_is_told_with_it_for_an_hour() -> None:
    writes = RepeatedWrites()
    (act,) = undone("DeleteRoute", routeTableId=TABLE, destinationCidrBlock="10.2.0.0/16")
    writes.hear([act], 0.0)
    written = Written(SEOUL, TABLE, "10.2.0.0/16")
    assert writes.of([Outcome(ROUTE, Result.APPLIED)], 5.0) == (Repeated(written, 1, act),)
    writes.hear([], 3601.0)
    assert writes.of([Outcome(ROUTE, Result.APPLIED)], 3602.0) == (Repeated(written, 2, None),)
