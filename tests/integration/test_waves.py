"""Calls and waves, counted on recorded calls: whatever may overlap does, so no clock decides."""

import pytest

from peerkeeper_local.cloud import depth
from peerkeeper_local.story.stage import EVERYWHERE, SEOUL, TOKYO
from tests.integration.pair import QUICK, Pair


@pytest.fixture
def pair():
    with Pair("full", QUICK) as opened:
        yield opened


@pytest.fixture
def everywhere():
    """Settings reach every VPC."""
    with Pair("full", QUICK, None, **EVERYWHERE) as opened:
        yield opened


def only(runs, function):
    return [run for run in runs if run.function == function]


def test_a_request_is_accepted_and_routed_on_both_sides_in_three_waves(pair):
    pair.agree()
    pair.settle()
    pair.ask()
    first = only(pair.react(seconds=3), "ConnectPeerings")[0]
    assert sorted(call.action for call in first.writes) == [
        "AcceptVpcPeeringConnection",
        "CreateRoute",
        "CreateRoute",
    ]
    assert len(pair.to_peering()) == 2
    assert first.depth == 3
    reads = [call for call in first.calls if call not in first.writes]
    assert depth(reads) == 2  # who else claims the network is read while the request is accepted
    assert (
        len(reads) == 12
    )  # of each side: the peering, VPC, tables, subnets; the VPC's peerings twice


def test_from_a_tag_event_it_takes_no_more(pair):
    pair.agree("seoul")
    pair.ask()
    pair.settle()
    pair.agree("tokyo")
    (first, *_) = only(pair.react(seconds=3), "ConnectPeerings")
    assert {call.action for call in first.writes} == {
        "AcceptVpcPeeringConnection",
        "CreateRoute",
    }
    assert len(pair.to_peering()) == 2
    assert first.depth == 3  # four are allowed: the accept goes out while the other side is read


def associate_cidr(pair):
    pair.ec2(SEOUL).associate_vpc_cidr_block(VpcId=pair.id("seoul"), CidrBlock="100.64.0.0/16")


def delete_route(pair):
    pair.ec2(SEOUL).delete_route(
        RouteTableId=pair.id("seoul-main"), DestinationCidrBlock="172.31.0.0/16"
    )


def associate_table(pair):
    ec2 = pair.ec2(TOKYO)
    table = ec2.create_route_table(VpcId=pair.id("tokyo"))["RouteTable"]["RouteTableId"]
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    pair.names["association"] = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)[
        "AssociationId"
    ]


def accept_by_hand(pair):
    pcx = pair.id("pcx")
    pair.ec2(TOKYO).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)


@pytest.mark.parametrize("act", [associate_cidr, delete_route, associate_table])
def test_from_any_other_event_routes_take_at_most_four(pair, act):
    pair.peer()
    act(pair)
    routed = [run for run in only(pair.react(), "ConnectPeerings") if run.writes]
    assert {call.action for run in routed for call in run.writes} == {"CreateRoute"}
    assert max(run.depth for run in routed) <= 4


def test_a_first_subnet_on_the_main_table_routes_it_in_two(pair):
    ec2, vpc = pair.ec2(SEOUL), pair.id("seoul")
    other = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.39.1.0/24")["Subnet"]["SubnetId"]
    ec2.associate_route_table(RouteTableId=other, SubnetId=subnet)
    pair.peer()
    main = pair.id("seoul-main")
    assert main not in {table for table, _ in pair.to_peering()}  # no subnet uses it
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.39.2.0/24")
    (run,) = only(pair.react(), "ConnectPeerings")
    assert [call.action for call in run.writes] == ["CreateRoute"]
    assert run.depth == 2
    assert main in {table for table, _ in pair.to_peering()}


def test_from_an_accept_by_hand_routes_take_at_most_four(pair):
    pair.agree("seoul")
    pair.ask()
    pair.settle()
    accept_by_hand(pair)
    routed = [run for run in only(pair.react(), "ConnectPeerings") if run.writes]
    assert max(run.depth for run in routed) <= 4
    assert len(pair.to_peering()) == 1


def test_a_whole_location_takes_at_most_four(pair):
    pair.peer()
    associate_table(pair)
    pair.settle()
    pair.pump.cut()
    delete_route(pair)
    pair.pump.run()
    pair.pump.join()
    pair.ec2(SEOUL).create_route_table(VpcId=pair.id("seoul"))
    pair.ec2(TOKYO).disassociate_route_table(AssociationId=pair.id("association"))
    runs = only(pair.react(), "ConnectPeerings")
    assert max(run.depth for run in runs) <= 4
    assert any(run.writes for run in runs)


def test_a_deletion_is_cleaned_in_two_waves_here_and_three_there(pair):
    pair.peer()
    pair.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=pair.id("pcx"))
    (run, *_) = only(pair.react(seconds=3), "CleanRoutes")
    assert pair.to_peering() == set()
    (here,) = [call for call in run.writes if call.region == SEOUL]
    assert depth(call for call in run.calls if call.ended <= here.ended) == 2
    assert run.depth == 3


def second_look(pair):
    """The run of the second look, five minutes after the first: it alone writes."""
    first = only(pair.react(), "ConfigureVpcs")
    assert not any(run.writes for run in first)
    (run,) = [run for run in only(pair.react(seconds=330), "ConfigureVpcs") if run.writes]
    assert {call.action for call in run.writes} == {"ModifySubnetAttribute"}
    return first[0], run


def test_a_new_subnet_takes_one_and_at_the_second_look_two(everywhere):
    pair = everywhere
    igw = pair.ec2(SEOUL).create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    pair.ec2(SEOUL).attach_internet_gateway(InternetGatewayId=igw, VpcId=pair.id("seoul"))
    pair.ec2(SEOUL).create_route(
        RouteTableId=pair.id("seoul-main"), DestinationCidrBlock="0.0.0.0/0", GatewayId=igw
    )
    pair.settle()
    pair.ec2(SEOUL).create_subnet(VpcId=pair.id("seoul"), CidrBlock="10.39.1.0/24")
    first, second = second_look(pair)
    assert (first.depth, len(first.calls)) == (1, 3)
    assert (second.depth, len(second.calls)) == (2, 4)


def test_other_subnet_and_table_events_take_two_and_at_the_second_look_two(everywhere):
    ec2 = everywhere.ec2(TOKYO)
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": False})
    first, second = second_look(everywhere)
    assert (first.depth, second.depth) == (2, 2)
    everywhere.settle()
    ec2.delete_route(RouteTableId=everywhere.id("tokyo-main"), DestinationCidrBlock="0.0.0.0/0")
    first, second = second_look(everywhere)
    assert (first.depth, second.depth) == (2, 2)


def test_a_vpc_with_both_dns_attributes_off_takes_three(everywhere):
    vpc = everywhere.ec2(SEOUL).create_vpc(CidrBlock="10.50.0.0/16")["Vpc"]["VpcId"]
    everywhere.ec2(SEOUL).modify_vpc_attribute(VpcId=vpc, EnableDnsSupport={"Value": False})
    (run, *_) = only(everywhere.react(), "ConfigureVpcs")
    assert [call.action for call in run.writes] == ["ModifyVpcAttribute", "ModifyVpcAttribute"]
    assert run.depth == 3
    on = everywhere.ec2(SEOUL).describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    assert on["EnableDnsHostnames"]["Value"]


def test_a_converged_scope_makes_no_write_and_no_hand_off(pair):
    pair.peer()
    pcx, tokyo, seoul = pair.id("pcx"), pair.id("tokyo"), pair.id("seoul")
    pair.ec2(TOKYO).create_tags(
        Resources=[tokyo, pcx], Tags=[{"Key": "peerkeeper:peers-lab", "Value": seoul}]
    )
    pair.ec2(SEOUL).modify_vpc_attribute(VpcId=seoul, EnableDnsSupport={"Value": True})
    pair.ec2(SEOUL).create_subnet(VpcId=seoul, CidrBlock="10.39.1.0/24")
    pair.pump.sweep()
    runs = pair.react()
    assert {run.function for run in runs} == {"ConnectPeerings", "ConfigureVpcs"}
    runs += [run for run in pair.runs if run.function == "Sweep"]
    assert not any(run.writes for run in runs)
    assert not any(run.report["hand_offs"] for run in runs)


def test_a_sweep_makes_the_whole_reads_and_at_most_two_more_a_vpc(everywhere):
    pair = everywhere
    pair.peer()
    for number in range(3):
        pair.pump.cut()
        pair.ec2(SEOUL).create_vpc(CidrBlock=f"10.6{number}.0.0/16")
        pair.pump.join()
    pair.runs.clear()
    pair.pump.sweep()
    (sweep,) = only(pair.runs, "Sweep")
    for region, vpcs, off in ((SEOUL, 5, 3), (TOKYO, 1, 0)):
        made = [call.action for call in sweep.calls if call.region == region]
        attributes = made.count("DescribeVpcAttribute")
        assert attributes == vpcs + off
        assert sorted(set(made) - {"DescribeVpcAttribute"}) == [
            "DescribeRouteTables",
            "DescribeSubnets",
            "DescribeVpcPeeringConnections",
            "DescribeVpcs",
        ]
        assert len(made) == attributes + 4
    assert sweep.writes == []


def test_a_hundred_new_subnets_are_observed_at_most_ten_times(pair):
    for number in range(100):
        pair.ec2(SEOUL).create_subnet(VpcId=pair.id("seoul"), CidrBlock=f"10.39.{number}.0/24")
    pair.runs.clear()
    pair.pump.run()
    runs = only(pair.runs, "ConfigureVpcs")
    assert sum(run.records for run in runs) == 100
    observes = [c for run in runs for c in run.calls if c.action == "DescribeSubnets"]
    assert len(observes) <= 10
