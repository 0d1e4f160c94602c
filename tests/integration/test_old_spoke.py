"""A new hub, and an account whose spoke is from before settings went by consent.

`before_consent/spoke.yaml` is that spoke. Of what the new functions need it lacks one right: there
`connect_peerings` may not describe subnets. The third account has a new spoke.
"""

from pathlib import Path
from unittest.mock import patch

import pytest

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import DeadLettered
from peerkeeper_local.story import stage
from peerkeeper_local.story.stage import SEOUL, target_of
from tests.contract.deploy.templates import SPOKE, allowed, read
from tests.integration.fleet import APPS, CIDRS, PLACES, Fleet
from tests.integration.test_rights import ROLES

BEFORE = Path(__file__).parent / "before_consent"
OLD = f"{APPS}/{SEOUL}"
LACKING = "ec2:DescribeSubnets"
OF_LISTS = {"ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries"}
"""Missed only where a table names a prefix list."""


class OneOld(Deployment):
    """The account `apps` was not updated."""

    def spoke(self, account, region, hub, parameters=None):
        made = Deployment(BEFORE) if account == APPS else super()
        return made.spoke(account, region, hub, parameters)


@pytest.fixture
def fleet():
    default = {"EnforceIn": "participating", "SubnetPublicIp": "off-where-private"}
    with patch.object(stage, "Deployment", OneOld), Fleet(**default) as opened:
        for name, (account, _) in PLACES.items():
            others = " ".join({each for each, _ in PLACES.values()} - {account})
            opened.agree(name, f"self {others}")
        opened.settle()
        yield opened
        assert not [step for step in opened.steps if isinstance(step, DeadLettered)]


def tables_routed(fleet, name, pcx):
    """The tables of the VPC that route the peering."""
    filters = [{"Name": "vpc-id", "Values": [fleet.id(name)]}]
    shown = fleet.of(name).describe_route_tables(Filters=filters)["RouteTables"]
    return {
        table["RouteTableId"]
        for table in shown
        if any(target_of(route) == pcx for route in table["Routes"])
    }


def writes(fleet):
    return [call for call in fleet.ours() if not call.action.startswith(("Describe", "Get"))]


def assert_names_the_right(fleet):
    """What is denied is the one right, in the one account; the finding says what to grant."""
    found = fleet.found("denied")
    assert {finding["location"] for finding in found} == {OLD}
    assert all(f"grant {LACKING} there" in finding["message"] for finding in found)


def test_the_old_spoke_lacks_just_these_rights():
    old = read("tests/integration/before_consent/spoke.yaml")
    lacks = {
        function: allowed(SPOKE, role) - allowed(old, role) for function, role in ROLES.items()
    }
    assert {function: rights for function, rights in lacks.items() if rights} == {
        "connect-peerings": {LACKING, *OF_LISTS},
        "sweep": OF_LISTS,
    }


@pytest.mark.parametrize("pair", [("hub", "apps"), ("apps", "hub"), ("data", "apps")])
def test_a_peering_is_accepted_and_routed_on_both_sides(fleet, pair):
    one, other = pair
    pcx = fleet.ask(one, other)
    fleet.pump.advance(90)
    assert fleet.status(one, pcx) == fleet.status(other, pcx) == "active"
    assert fleet.routed(one, pcx) == {CIDRS[other]}
    assert fleet.routed(other, pcx) == {CIDRS[one]}
    assert fleet.resolves(one, pcx)
    assert fleet.resolves(other, pcx)
    assert_names_the_right(fleet)


def test_the_main_table_is_routed_where_every_subnet_has_a_table_of_its_own(fleet):
    tables = {}
    for name in ("hub", "apps"):
        ec2 = fleet.of(name)
        subnet = ec2.create_subnet(
            VpcId=fleet.id(name), CidrBlock=CIDRS[name].replace("/16", "/24")
        )["Subnet"]["SubnetId"]
        table = ec2.create_route_table(VpcId=fleet.id(name))["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        tables[name] = table
    pcx = fleet.ask("hub", "apps")
    fleet.pump.advance(90)
    routed = {name: tables_routed(fleet, name, pcx) for name in tables}
    assert routed["hub"] == {tables["hub"]}
    assert len(routed["apps"]) == 2, "the old spoke's main table as well, as before"
    assert_names_the_right(fleet)


@pytest.mark.parametrize("name", ["hub", "apps"])
def test_the_routes_of_a_peering_that_ends_go_on_both_sides(fleet, name):
    pcx = fleet.ask("hub", "apps")
    fleet.pump.advance(90)
    fleet.of(name).delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    fleet.pump.advance(90)
    assert fleet.routed("hub", pcx) == fleet.routed("apps", pcx) == set()


def test_a_sweep_finds_drift_there_and_says_nothing_of_rights(fleet):
    pcx = fleet.ask("hub", "apps")
    fleet.pump.advance(90)
    fleet.pump.cut()
    (table,) = tables_routed(fleet, "apps", pcx)
    fleet.of("apps").delete_route(RouteTableId=table, DestinationCidrBlock=CIDRS["hub"])
    fleet.pump.join()
    fleet.forget()
    fleet.pump.sweep()
    swept = fleet.reports[-1]
    assert not [finding for finding in swept["findings"] if finding["code"] == "denied"]
    fleet.settle()
    assert fleet.routed("apps", pcx) == {CIDRS["hub"]}


def test_settings_of_a_vpc_there_are_set_by_its_tags(fleet):
    vpc = fleet.of("apps").create_vpc(CidrBlock="10.60.0.0/16")["Vpc"]["VpcId"]
    tags = [{"Key": "peerkeeper:dns", "Value": "enforce"}]
    fleet.of("apps").create_tags(Resources=[vpc], Tags=tags)
    fleet.pump.advance(60)
    shown = fleet.of("apps").describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    assert shown["EnableDnsHostnames"]["Value"]
    assert_names_the_right(fleet)


def test_a_peering_that_carries_is_no_news_however_often_it_is_looked_at(fleet):
    pcx = fleet.ask("hub", "apps")
    fleet.pump.advance(90)
    before = len(writes(fleet))
    for value in ("one", "two", "three"):
        tags = [{"Key": "looked-at", "Value": value}]
        fleet.of("apps").create_tags(Resources=[fleet.id("apps")], Tags=tags)
        fleet.pump.advance(900)
        fleet.pump.sweep()
    assert len(writes(fleet)) == before
    assert fleet.codes() == {"denied"}
    assert fleet.routed("apps", pcx) == {CIDRS["hub"]}
