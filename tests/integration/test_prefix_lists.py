"""Prefix lists in route tables: whose entries are in the way, who reads them, and what that costs."""

import pytest

from peerkeeper_local.story.stage import SEOUL
from tests.integration.pair import QUICK, Pair

LIST_READS = {"DescribeManagedPrefixLists", "GetManagedPrefixListEntries"}


@pytest.fixture
def pair():
    with Pair("full", QUICK) as opened:
        yield opened


def listed(pair, region, name, *cidrs, **target):
    """Make a list of these networks, and a route to it in the main table."""
    ec2 = pair.ec2(region)
    entries = [{"Cidr": cidr} for cidr in cidrs]
    made = ec2.create_managed_prefix_list(
        PrefixListName=name, MaxEntries=5, AddressFamily="IPv4", Entries=entries
    )["PrefixList"]["PrefixListId"]
    table = pair.id("seoul-main" if region == SEOUL else "tokyo-main")
    ec2.create_route(RouteTableId=table, DestinationPrefixListId=made, **target)
    return made


def gateway(pair):
    """An internet gateway of Seoul's VPC."""
    ec2 = pair.ec2(SEOUL)
    made = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=pair.id("seoul"))
    return made


def connects(pair, **limits):
    return [run for run in pair.react(**limits) if run.function == "ConnectPeerings"]


def list_reads(runs):
    return [call.action for run in runs for call in run.calls if call.action in LIST_READS]


def test_an_entry_in_the_way_is_a_finding_and_its_removal_lets_the_route_in(pair):
    offices = listed(pair, SEOUL, "offices", "172.31.0.0/16", GatewayId=gateway(pair))
    pair.peer()
    assert {table for table, _ in pair.to_peering()} == {pair.id("tokyo-main")}
    pair.reports.clear()
    pair.pump.sweep()
    (found,) = [
        finding
        for report in pair.reports
        for finding in report["findings"]
        if finding["code"] == "prefix-list-conflict"
    ]
    assert offices in found["message"]
    assert f"remove that entry from {offices}" in found["message"]
    pair.ec2(SEOUL).modify_managed_prefix_list(
        PrefixListId=offices, CurrentVersion=1, RemoveEntries=[{"Cidr": "172.31.0.0/16"}]
    )
    pair.pump.advance(10)
    pair.pump.sweep()
    pair.pump.advance(60)
    assert {table for table, _ in pair.to_peering()} == {
        pair.id("seoul-main"),
        pair.id("tokyo-main"),
    }


def test_with_a_list_accept_and_routes_still_take_three_waves(pair):
    listed(pair, SEOUL, "offices", "198.51.100.0/24", GatewayId=gateway(pair))
    pair.agree()
    pair.settle()
    pair.ask()
    first, *_ = connects(pair, seconds=3)
    assert len(pair.to_peering()) == 2
    assert first.depth == 3
    # Which lists AWS owns, this process knows since the tags were looked at.
    assert list_reads([first]) == ["GetManagedPrefixListEntries"]


def test_which_lists_are_of_aws_is_read_once_and_those_never_again(pair):
    ec2 = pair.ec2(SEOUL)
    owned = ec2.describe_managed_prefix_lists(Filters=[{"Name": "owner-id", "Values": ["AWS"]}])
    s3 = next(one for one in owned["PrefixLists"] if one["PrefixListName"].endswith(".s3"))
    ec2.create_route(
        RouteTableId=pair.id("seoul-main"),
        DestinationPrefixListId=s3["PrefixListId"],
        GatewayId=gateway(pair),
    )
    pair.agree()
    pair.settle()
    pair.ask()
    pair.react(seconds=60)
    assert len(pair.to_peering()) == 2
    pair.ec2(SEOUL).delete_route(
        RouteTableId=pair.id("seoul-main"), DestinationCidrBlock="172.31.0.0/16"
    )
    runs = connects(pair)
    assert len(pair.to_peering()) == 2
    assert list_reads(runs) == []


def test_a_table_that_reaches_the_peer_by_a_list_gets_no_second_route(pair):
    pair.agree("tokyo")
    pair.ask()
    pair.settle()
    listed(pair, SEOUL, "peers", "172.31.0.0/16", VpcPeeringConnectionId=pair.id("pcx"))
    pair.agree("seoul")
    pair.settle()
    pair.pump.sweep()
    pair.pump.advance(60)
    assert pair.to_peering() == {
        (pair.id("tokyo-main"), "10.39.0.0/16"),
        (pair.id("seoul-main"), ""),  # the list's own
    }


def test_where_no_table_names_a_list_none_is_read(pair):
    pair.agree()
    pair.ask()
    assert list_reads(pair.react(seconds=60)) == []
    pair.pump.sweep()
    assert list_reads(pair.runs) == []
