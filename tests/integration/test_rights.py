"""Each right of each role, taken away in turn: a finding that names it, and nothing else stops.

It is taken from the hub's role and from the role in one other account at once; the third account goes on.
At the end every right has been used, so none is granted for nothing.
"""

from contextlib import contextmanager
from itertools import count

import pytest

from tests.contract.deploy.templates import HUB as HUB_TEMPLATE
from tests.contract.deploy.templates import SPOKE as SPOKE_TEMPLATE
from tests.contract.deploy.templates import allowed
from tests.integration.fleet import APPS, DATA, HUB, PLACES, Fleet, hub_role, spoke_role

ROLES = {
    "connect-peerings": "ConnectPeeringsRole",
    "clean-routes": "CleanRoutesRole",
    "configure-vpcs": "ConfigureVpcsRole",
    "sweep": "SweepRole",
}


LOOKS = {"StaleGroupRules": "report", "Reachability": "report", "Endpoints": "report"}
OF_REACH = {f"ec2:Describe{one}" for one in ("NetworkInterfaces", "SecurityGroups", "NetworkAcls")}
"""The sweep's further looks, each on."""


def rights(template, function):
    actions = allowed(template, ROLES[function], **LOOKS)
    return {action for action in actions if action.startswith("ec2:")}


def cases(function):
    return sorted(rights(SPOKE_TEMPLATE, function))


USED = set()
"""Role and action: what the fleets of this file used, one after the other."""


class Rights:
    """A fleet for each function, new VPCs for each case."""

    def __init__(self, fleet):
        self.fleet = fleet
        self.numbers = count(16, 4)

    def build(self):
        number = next(self.numbers)
        self.fleet.build(
            {name: f"10.{number + at}.0.0/16" for at, name in enumerate(PLACES)},
        )
        self.fleet.settle()

    @contextmanager
    def taken(self, function, action):
        """Take the right away in the hub's account and in DATA; then see that just these two say so."""
        authority = self.fleet.cloud.authority
        self.fleet.forget()
        with (
            authority.without(hub_role(function), action),
            authority.without(spoke_role(DATA, function), action),
        ):
            yield
            self.fleet.pump.advance(120)
        USED.update(authority.used)
        denied = self.fleet.found("denied")
        assert {finding["location"].split("/")[0] for finding in denied} == {HUB, DATA}
        assert all(f"grant {action} there" in finding["message"] for finding in denied)
        assert not [step.reply for step in self.fleet.steps if getattr(step, "error", None)]


@pytest.fixture(scope="module")
def world():
    """A fleet that no case of another function has filled: what a sweep costs grows with what is there."""
    with Fleet(**LOOKS) as fleet:
        fleet.ask("apps", "hub")  # held, and remembered as told, before anybody agrees
        fleet.ask("data", "apps")
        fleet.pump.advance(60)
        for name in PLACES:
            fleet.agree(name, f"{HUB} {APPS} {DATA}")
        yield Rights(fleet)


def listed(fleet):
    """In each VPC a route to a prefix list, so that the functions have to read it."""
    for name in PLACES:
        ec2, vpc = fleet.of(name), fleet.id(name)
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        offices = ec2.create_managed_prefix_list(
            PrefixListName="offices",
            MaxEntries=1,
            AddressFamily="IPv4",
            Entries=[{"Cidr": "198.51.100.0/24"}],
        )["PrefixList"]["PrefixListId"]
        (table,) = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])[
            "RouteTables"
        ]
        ec2.create_route(
            RouteTableId=table["RouteTableId"], DestinationPrefixListId=offices, GatewayId=gateway
        )


OF_GROUP_RULES = ("ec2:DescribeStaleSecurityGroups", "ec2:DescribeSecurityGroupRules")
OF_ENDPOINTS = ("ec2:DescribeVpcEndpoints", "ec2:DescribeSecurityGroups")


def closed(fleet):
    """In each location an interface endpoint with the default group, which admits nothing of the VPC."""
    for name, (_, region) in PLACES.items():
        fleet.of(name).create_vpc_endpoint(
            VpcId=fleet.id(name),
            ServiceName=f"com.amazonaws.{region}.ssm",
            VpcEndpointType="Interface",
            PrivateDnsEnabled=False,
        )
    fleet.pump.advance(120)


def stale(fleet):
    """In each location a group with a rule that names a group of a VPC that is peered no more."""
    for name in PLACES:
        ec2, vpc = fleet.of(name), fleet.id(name)
        other = ec2.create_vpc(CidrBlock="192.168.0.0/16")["Vpc"]["VpcId"]
        pcx = ec2.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=other)
        pcx = pcx["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        fleet.pump.advance(10)
        ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        fleet.pump.advance(60)
        ours, theirs = (
            ec2.create_security_group(GroupName="of a pair", Description="one of two", VpcId=one)[
                "GroupId"
            ]
            for one in (vpc, other)
        )
        pairs = [{"GroupId": theirs}]
        ec2.authorize_security_group_ingress(
            GroupId=ours, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": pairs}]
        )
        ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        fleet.pump.advance(60)


def hosted(fleet):
    """In each VPC an interface; its group admits only itself."""
    for name in PLACES:
        (vpc,) = fleet.of(name).describe_vpcs(VpcIds=[fleet.id(name)])["Vpcs"]
        cidr = vpc["CidrBlock"].replace("/16", "/24")
        made = fleet.of(name).create_subnet(VpcId=vpc["VpcId"], CidrBlock=cidr)
        fleet.of(name).create_network_interface(SubnetId=made["Subnet"]["SubnetId"])


def agreed(world):
    for name in PLACES:
        world.fleet.agree(name, f"{HUB} {APPS} {DATA}")


@pytest.mark.parametrize("world", ["connect-peerings"], indirect=True, scope="module")
@pytest.mark.parametrize("action", cases("connect-peerings"))
def test_without_a_right_of_connect_peerings_the_third_account_is_routed(world, action):
    world.build()
    fleet = world.fleet
    held_first = action == "ec2:CreateTags"  # which remembers that a held request was told of
    if "PrefixList" in action:
        listed(fleet)
    with world.taken("connect-peerings", action):
        if not held_first:
            agreed(world)
        fleet.ask("apps", "data")
        fleet.ask("data", "hub")
        pcx = fleet.ask("hub", "apps")
        if held_first:
            fleet.pump.advance(60)
            agreed(world)
    assert fleet.status("apps", pcx) == "active"
    assert fleet.routed("apps", pcx)
    assert fleet.resolves("apps", pcx)


@pytest.mark.parametrize("world", ["clean-routes"], indirect=True, scope="module")
@pytest.mark.parametrize("action", cases("clean-routes"))
def test_without_a_right_of_clean_routes_the_third_account_is_cleaned(world, action):
    world.build()
    fleet = world.fleet
    agreed(world)
    pcxs = [fleet.ask("apps", "data"), fleet.ask("hub", "apps")]
    fleet.settle()
    assert all(fleet.routed("apps", pcx) for pcx in pcxs)
    with world.taken("clean-routes", action):
        for pcx in pcxs:
            fleet.of("apps").delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    assert not any(fleet.routed("apps", pcx) for pcx in pcxs)
    # What the third account shows of a peering that ended is proof for both sides.
    left = action != "ec2:DescribeVpcPeeringConnections"
    assert bool(fleet.routed("data", pcxs[0])) is left
    assert bool(fleet.routed("hub", pcxs[1])) is left


def subnets(fleet, value):
    """A subnet in each VPC, told to give out public addresses."""
    made = {}
    for name in PLACES:
        vpc = fleet.of(name).describe_vpcs(VpcIds=[fleet.id(name)])["Vpcs"][0]
        subnet = fleet.of(name).create_subnet(
            VpcId=vpc["VpcId"], CidrBlock=vpc["CidrBlock"].replace("/16", "/24")
        )
        made[name] = subnet["Subnet"]["SubnetId"]
        fleet.of(name).modify_subnet_attribute(
            SubnetId=made[name], MapPublicIpOnLaunch={"Value": value}
        )
    return made


@pytest.mark.parametrize("world", ["configure-vpcs"], indirect=True, scope="module")
@pytest.mark.parametrize("action", cases("configure-vpcs"))
def test_without_a_right_of_configure_vpcs_the_third_account_is_set_up(world, action):
    fleet = world.fleet
    number = next(world.numbers)
    with world.taken("configure-vpcs", action):
        fleet.build({name: f"10.{number + at}.0.0/16" for at, name in enumerate(PLACES)})
        made = subnets(fleet, True)
        fleet.pump.advance(400)  # a subnet is switched at the second look
    shown = fleet.of("apps").describe_subnets(SubnetIds=[made["apps"]])["Subnets"][0]
    assert not shown["MapPublicIpOnLaunch"]
    hostnames = fleet.of("apps").describe_vpc_attribute(
        VpcId=fleet.id("apps"), Attribute="enableDnsHostnames"
    )
    assert hostnames["EnableDnsHostnames"]["Value"]


@pytest.mark.parametrize("world", ["sweep"], indirect=True, scope="module")
@pytest.mark.parametrize("action", cases("sweep"))
def test_without_a_right_of_the_sweep_drift_in_the_third_account_is_found(world, action):
    world.build()
    fleet = world.fleet
    agreed(world)
    pcx = fleet.ask("hub", "apps")
    if action in OF_REACH:
        hosted(fleet)
        fleet.ask("data", "apps")
    fleet.settle()
    (table,) = fleet.of("apps").describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [fleet.id("apps")]}]
    )["RouteTables"]
    (to,) = fleet.routed("apps", pcx)
    fleet.pump.cut()
    fleet.of("apps").delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock=to)
    fleet.pump.join()
    if "PrefixList" in action:
        listed(fleet)
    if action in OF_GROUP_RULES:
        stale(fleet)
    if action in OF_ENDPOINTS:
        closed(fleet)
    with world.taken("sweep", action):
        fleet.pump.sweep()
    assert fleet.routed("apps", pcx) == {to}
    if action in OF_REACH:
        shut = {finding["subject"] for finding in fleet.found("no-group-admits-peer")}
        ours = {fleet.id(name) for name in PLACES}
        assert shut & ours == (ours if "Acls" in action else {fleet.id("apps")})
    if action in OF_ENDPOINTS:
        told = {finding["location"] for finding in fleet.found("endpoint-group-closed")}
        assert told == {"/".join(PLACES["apps"])}
    if action in OF_GROUP_RULES:
        told = {finding["location"]: finding for finding in fleet.found("stale-group-rule")}
        whole = told.pop("/".join(PLACES["apps"]))
        assert whole["subject"].startswith("sgr-")
        # Without its id, which only the rules themselves show; without the right to the list, not at all.
        assert len(told) == (0 if "Stale" in action else 2)
        assert not [one for one in told.values() if "sgr-" in one["message"]]


@pytest.mark.parametrize("function", ROLES)
def test_every_right_of_every_role_was_used(function):
    for template, arn in (
        (HUB_TEMPLATE, hub_role(function)),
        (SPOKE_TEMPLATE, spoke_role(APPS, function)),
    ):
        found = {action for role, action in USED if role == arn and action.startswith("ec2:")}
        assert found == rights(template, function)
    assert (hub_role(function), "sts:AssumeRole") in USED
