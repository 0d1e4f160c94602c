"""Endpoints that Peerkeeper keeps: the changes it makes, by event and by sweep, and when it makes none."""

import pytest
from peerkeeper.settings import Mode

from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.plan.proposal import proposal
from peerkeeper_local.story.stage import SEOUL
from simulator.estates.deed import made
from simulator.estates.deed import planned as deed_of
from tests.cli.in_process import estate_on
from tests.contract.deploy.templates import HUB, allowed
from tests.integration.endpoints.estate import (
    DNS,
    DYNAMODB,
    S3,
    SSM,
    Estate,
    host_names,
    inside,
    leave_dns,
    open_,
)
from tests.integration.pair import QUICK

TABLES, MODIFY = "peerkeeper:endpoint-tables=private", "ModifyVpcEndpoint"


@pytest.fixture
def kept():
    with Estate("full", QUICK, Endpoints="keep") as opened:
        yield opened


def modified(runs):
    """What ModifyVpcEndpoint was sent by these runs, without the endpoint's id."""
    sent = [
        (run.function, {k: v for k, v in call.params.items() if k != "VpcEndpointId"})
        for run in runs
        for call in run.writes
    ]
    assert all(call.action == MODIFY for run in runs for call in run.writes)
    return sent


def reacted(kept):
    """Let the functions react to what happened; return what keep_endpoints did."""
    runs = kept.react(90)
    return modified([one for one in runs if one.function == "KeepEndpoints"])


def quiet(kept, name, service, tag="", **asked):
    """An endpoint, without letting the functions react yet."""
    tags = [{"Key": key, "Value": value} for key, value in [tag.split("=")]] if tag else []
    given = [{"ResourceType": "vpc-endpoint", "Tags": tags}] if tags else []
    reply = kept.ec2(SEOUL).create_vpc_endpoint(
        VpcId=kept.id("seoul"), ServiceName=service, TagSpecifications=given, **asked
    )
    kept.names[name] = reply["VpcEndpoint"]["VpcEndpointId"]


def test_a_new_gateway_endpoint_gets_the_tables_that_its_tag_wants(kept):
    quiet(kept, "s3", S3, TABLES)
    added = {"AddRouteTableIds": [kept.id("table-private")]}
    assert reacted(kept) == [("KeepEndpoints", added)]
    assert kept.shown("s3")["RouteTableIds"] == [kept.id("table-private")]
    assert kept.found() == []


def test_a_tag_that_is_set_later_is_enough(kept):
    kept.endpoint("s3", S3)
    tags = [{"Key": "peerkeeper:endpoint-tables", "Value": "all"}]
    kept.ec2(SEOUL).create_tags(Resources=[kept.id("s3")], Tags=tags)
    assert len(reacted(kept)) == 2
    assert len(kept.shown("s3")["RouteTableIds"]) == 2


def test_a_new_table_gets_the_endpoint_once_it_serves_a_subnet(kept):
    kept.endpoint("s3", S3, TABLES)
    kept.subnet("newer", "10.39.7.0/24")
    assert reacted(kept) == [("KeepEndpoints", {"AddRouteTableIds": [kept.id("table-newer")]})]


def test_a_table_that_somebody_removes_comes_back(kept):
    kept.endpoint("s3", S3, TABLES)
    private = [kept.id("table-private")]
    kept.ec2(SEOUL).modify_vpc_endpoint(VpcEndpointId=kept.id("s3"), RemoveRouteTableIds=private)
    assert reacted(kept) == [("KeepEndpoints", {"AddRouteTableIds": private})]


def test_private_dns_is_turned_on_once_the_endpoint_is_available(kept):
    subnets = [kept.id("private")]
    off = {"PrivateDnsEnabled": False, "VpcEndpointType": "Interface", "SubnetIds": subnets}
    quiet(kept, "ssm", SSM, DNS, SecurityGroupIds=open_(kept), **off)
    runs = kept.react(600)
    sent = modified([one for one in runs if one.function == "KeepEndpoints"])
    assert sent == [("KeepEndpoints", {"PrivateDnsEnabled": True})]
    assert kept.shown("ssm")["PrivateDnsEnabled"]


def test_private_dns_waits_for_the_dns_of_the_vpc(kept):
    leave_dns(kept)
    host_names(kept, False)
    inside(kept)
    kept.pump.advance(600)
    assert not kept.shown("ssm")["PrivateDnsEnabled"]
    kept.ec2(SEOUL).modify_vpc_attribute(VpcId=kept.id("seoul"), EnableDnsHostnames={"Value": True})
    assert reacted(kept) == [("KeepEndpoints", {"PrivateDnsEnabled": True})]


def test_what_no_event_told_the_sweep_hands_on(kept):
    kept.pump.cut()
    quiet(kept, "s3", S3, TABLES)
    kept.pump.advance(60)
    kept.pump.join()
    assert kept.shown("s3")["RouteTableIds"] == []
    swept = kept.swept()
    assert swept.writes == []
    kept.pump.advance(60)
    assert kept.shown("s3")["RouteTableIds"] == [kept.id("table-private")]


def test_a_plan_says_each_change_that_is_then_made(kept):
    """The functions sleep while the endpoints are made, and while the plan is made."""
    kept.pump.cut()
    quiet(kept, "s3", S3, "peerkeeper:endpoint-tables=all")
    inside(kept)
    kept.pump.join()
    estate = estate_on(kept)
    plan = proposal(estate, look_ahead(estate), Mode.FULL)
    assert {one.kind for one in plan.writes} == {"endpoint"}
    assert plan.totals[Mode.FULL]["endpoint"] == 3
    planned = sorted(deed_of(one.change) for one in plan.writes)
    begun = len(kept.cloud.calls)
    kept.swept()
    kept.pump.advance(60)
    done = [call for call in kept.cloud.calls[begun:] if call.action == MODIFY]
    assert sorted(made(call) for call in done) == planned


@pytest.mark.parametrize(
    "tag", ["", "peerkeeper:endpoint-tables=public", "Peerkeeper:endpoint-tables=all"]
)
def test_without_a_valid_tag_nothing_is_written(kept, tag):
    quiet(kept, "s3", S3, tag)
    assert reacted(kept) == []
    kept.swept()
    assert reacted(kept) == []


def test_a_table_of_another_endpoint_is_left_to_it(kept):
    private = [kept.id("table-private")]
    kept.endpoint("first", S3, RouteTableIds=private)
    quiet(kept, "second", S3, TABLES)
    assert reacted(kept) == []
    assert ("endpoint-twice", "second") in kept.found()


def test_a_table_that_somebody_else_owns_is_told_and_not_written(kept):
    tags = [{"Key": "peerkeeper:routes", "Value": "report"}]
    kept.ec2(SEOUL).create_tags(Resources=[kept.id("table-private")], Tags=tags)
    quiet(kept, "s3", S3, TABLES)
    assert reacted(kept) == []
    assert kept.found() == [("endpoint-table-missing", "s3")]


@pytest.mark.parametrize(("mode", "writes"), [("observe", 0), ("add-only", 1)])
def test_the_mode_decides_over_it_as_over_every_write(mode, writes):
    with Estate(mode, QUICK, Endpoints="keep") as kept:
        kept.endpoint("s3", S3, TABLES)
        assert len(kept.shown("s3")["RouteTableIds"]) == writes
        would = [one["change"] for one in kept.swept().report.get("would", ())]
        assert would.count("AddEndpointTable") == 1 - writes


def test_its_role_holds_exactly_what_it_uses(kept):
    private = [kept.id("table-private")]
    kept.endpoint("dynamodb", DYNAMODB, RouteTableIds=private)  # so the table names a prefix list
    kept.endpoint("s3", S3, TABLES)
    inside(kept)
    kept.pump.advance(600)
    assert kept.shown("ssm")["PrivateDnsEnabled"]
    used = {
        f"ec2:{call.action}"
        for call in kept.cloud.calls
        if ":assumed-role/peerkeeper-keep-endpoints/" in call.principal
    }
    held = allowed(HUB, "KeepEndpointsRole", Endpoints="keep")
    assert used == {action for action in held if action.startswith("ec2:")}
