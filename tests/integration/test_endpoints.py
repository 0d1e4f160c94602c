"""VPC endpoints: what the sweep asks and finds, and that what a finding says ends it."""

import io

import pytest
from peerkeeper.settings import Mode
from rich.console import Console

from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.peerings.show import show
from peerkeeper_cli.peerings.survey import survey
from peerkeeper_cli.plan.proposal import proposal
from peerkeeper_local.story.stage import SEOUL
from simulator.estates.deed import made
from simulator.estates.deed import planned as deed_of
from tests.cli.in_process import estate_on
from tests.contract.deploy.templates import HUB, allowed
from tests.integration.pair import QUICK, Pair
from tests.reports.commands import commands, run

READ = "DescribeVpcEndpoints"
S3, DYNAMODB = (f"com.amazonaws.{SEOUL}.{one}" for one in ("s3", "dynamodb"))


class Estate(Pair):
    """Seoul's VPC with a public and a private subnet, each with a table of its own, and Tokyo's."""

    def set_up(self):
        super().set_up()
        ec2 = self.ec2(SEOUL)
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=self.id("seoul"))
        for number, name in enumerate(("public", "private")):
            self.subnet(name, f"10.39.{number}.0/24")
        ec2.create_route(
            RouteTableId=self.id("table-public"),
            DestinationCidrBlock="0.0.0.0/0",
            GatewayId=gateway,
        )
        self.agree()
        self.settle()

    def subnet(self, name, cidr, zone="a"):
        """A subnet of Seoul's VPC with a table of its own."""
        ec2, vpc = self.ec2(SEOUL), self.id("seoul")
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=f"{SEOUL}{zone}")
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        self.names[name] = subnet["Subnet"]["SubnetId"]
        self.names[f"table-{name}"] = table
        ec2.associate_route_table(RouteTableId=table, SubnetId=self.names[name])

    def endpoint(self, name, service, tag="", **asked):
        """An endpoint of Seoul's VPC; return its id."""
        tags = [{"Key": key, "Value": value} for key, value in [tag.split("=")]] if tag else []
        reply = self.ec2(SEOUL).create_vpc_endpoint(
            VpcId=self.id("seoul"),
            ServiceName=service,
            TagSpecifications=[{"ResourceType": "vpc-endpoint", "Tags": tags}] if tags else [],
            **asked,
        )
        self.names[name] = reply["VpcEndpoint"]["VpcEndpointId"]
        self.settle()
        return self.names[name]

    def shown(self, name):
        """The endpoint as EC2 shows it."""
        reply = self.ec2(SEOUL).describe_vpc_endpoints(VpcEndpointIds=[self.id(name)])
        return reply["VpcEndpoints"][0]

    def swept(self):
        """Sweep; return the sweep's run."""
        self.runs.clear()
        self.reports.clear()
        with self.cloud.waves.abreast():
            self.pump.sweep()
        return next(one for one in self.runs if one.function == "Sweep")

    def found(self):
        """What the sweep finds about endpoints: code, and the name of the endpoint."""
        named = {id_: name for name, id_ in self.names.items()}
        about = self.about()
        return sorted((one["code"], named[one["subject"]]) for one in about)

    def about(self):
        findings = self.swept().report["findings"]
        return [one for one in findings if one["code"].startswith("endpoint-")]


@pytest.fixture
def estate():
    with Estate("full", QUICK, Endpoints="report") as opened:
        yield opened


@pytest.mark.parametrize(("said", "tables"), [("private", 1), ("all", 2)])
def test_missing_tables_are_told_until_the_command_of_the_finding_adds_them(estate, said, tables):
    estate.endpoint("s3", S3, f"peerkeeper:endpoint-tables={said}")
    assert estate.found() == [("endpoint-table-missing", "s3")]
    (command,) = commands(estate.about(), "modify-vpc-endpoint")
    run(estate, command)
    assert estate.found() == []
    assert len(estate.shown("s3")["RouteTableIds"]) == tables
    assert estate.id("table-private") in estate.shown("s3")["RouteTableIds"]


def test_a_new_private_table_is_missing(estate):
    private = [estate.id("table-private")]
    estate.endpoint("s3", S3, "peerkeeper:endpoint-tables=private", RouteTableIds=private)
    assert estate.found() == []
    estate.subnet("newer", "10.39.7.0/24")
    estate.settle()
    (one,) = estate.about()
    assert one["code"] == "endpoint-table-missing"
    assert estate.id("table-newer") in one["message"]


def test_two_endpoints_of_a_service_that_want_one_table_are_told(estate):
    private = [estate.id("table-private")]
    estate.endpoint("first", S3, "peerkeeper:endpoint-tables=private", RouteTableIds=private)
    estate.endpoint("second", S3, "peerkeeper:endpoint-tables=private")
    estate.endpoint("dynamodb", DYNAMODB, RouteTableIds=private)
    assert ("endpoint-twice", "second") in estate.found()
    assert "first" not in {name for _, name in estate.found()}
    estate.ec2(SEOUL).delete_tags(
        Resources=[estate.id("second")], Tags=[{"Key": "peerkeeper:endpoint-tables"}]
    )
    assert estate.found() == [("endpoint-unused", "second")]


def test_a_table_that_is_removed_from_the_other_endpoint_is_missing_in_this_one(estate):
    private = [estate.id("table-private")]
    estate.endpoint("first", S3, RouteTableIds=private)
    estate.endpoint("second", S3, "peerkeeper:endpoint-tables=private")
    assert ("endpoint-twice", "second") in estate.found()
    estate.ec2(SEOUL).modify_vpc_endpoint(
        VpcEndpointId=estate.id("first"), RemoveRouteTableIds=private
    )
    assert ("endpoint-table-missing", "second") in estate.found()
    assert ("endpoint-twice", "second") not in estate.found()


def test_an_endpoint_without_a_table_is_unused_until_it_has_one(estate):
    estate.endpoint("s3", S3)
    assert estate.found() == [("endpoint-unused", "s3")]
    estate.ec2(SEOUL).modify_vpc_endpoint(
        VpcEndpointId=estate.id("s3"), AddRouteTableIds=[estate.id("table-public")]
    )
    assert estate.found() == []


def test_a_slip_of_the_tag_is_told_and_consents_to_nothing(estate):
    estate.endpoint("s3", S3, "Peerkeeper:endpoint-tables=all")
    findings = estate.swept().report["findings"]
    about = {one["code"] for one in findings if one["subject"] == estate.id("s3")}
    assert about == {"tag-fault", "endpoint-unused"}


def test_a_sweep_asks_once_a_location_beside_its_other_reads_and_writes_nothing(estate):
    estate.endpoint("s3", S3, "peerkeeper:endpoint-tables=private")
    swept = estate.swept()
    assert [call.action for call in swept.calls].count(READ) == 2
    assert swept.depth == 2
    assert swept.writes == []


def test_with_off_a_sweep_asks_nothing_and_finds_nothing():
    with Estate("full", QUICK) as estate:
        estate.endpoint("s3", S3)
        swept = estate.swept()
        assert READ not in {call.action for call in swept.calls}
        assert not [one for one in swept.report["findings"] if "endpoint" in one["code"]]


SSM = f"com.amazonaws.{SEOUL}.ssm"
DNS = "peerkeeper:private-dns=on"


def inside(estate, name="ssm", tag=DNS, subnets=("private",), **asked):
    """An interface endpoint; its private DNS is off unless asked for."""
    asked = {"PrivateDnsEnabled": False, "VpcEndpointType": "Interface", **asked}
    ids = [estate.id(one) for one in subnets]
    return estate.endpoint(name, SSM, tag, SubnetIds=ids, SecurityGroupIds=open_(estate), **asked)


def open_(estate):
    """A group that admits 443 from the VPC."""
    if "group" not in estate.names:
        ec2 = estate.ec2(SEOUL)
        made = ec2.create_security_group(
            GroupName="endpoints", Description="endpoints", VpcId=estate.id("seoul")
        )
        estate.names["group"] = made["GroupId"]
        ec2.authorize_security_group_ingress(
            GroupId=made["GroupId"],
            IpPermissions=[
                {
                    "IpProtocol": "tcp",
                    "FromPort": 443,
                    "ToPort": 443,
                    "IpRanges": [{"CidrIp": "10.39.0.0/16"}],
                }
            ],
        )
    return [estate.id("group")]


def host_names(estate, on):
    estate.ec2(SEOUL).modify_vpc_attribute(
        VpcId=estate.id("seoul"), EnableDnsHostnames={"Value": on}
    )
    estate.settle()


def leave_dns(estate):
    """The VPC's own tag keeps its DNS as it is."""
    tags = [{"Key": "peerkeeper:dns", "Value": "leave"}]
    estate.ec2(SEOUL).create_tags(Resources=[estate.id("seoul")], Tags=tags)
    estate.settle()


def test_private_dns_that_is_off_is_told_until_the_command_of_the_finding_turns_it_on(estate):
    inside(estate)
    assert estate.found() == [("endpoint-dns-off", "ssm")]
    (command,) = commands(estate.about(), "modify-vpc-endpoint")
    run(estate, command)
    assert estate.found() == []
    assert estate.shown("ssm")["PrivateDnsEnabled"]


@pytest.mark.parametrize("support", [True, False])
def test_vpc_dns_that_private_dns_needs_is_turned_on_by_the_commands_of_the_finding(
    estate, support
):
    inside(estate, PrivateDnsEnabled=True)
    leave_dns(estate)
    host_names(estate, False)
    if not support:
        estate.ec2(SEOUL).modify_vpc_attribute(
            VpcId=estate.id("seoul"), EnableDnsSupport={"Value": False}
        )
        estate.settle()
    assert estate.found() == [("endpoint-dns-needs-vpc-dns", "ssm")]
    (told,) = commands(estate.about(), "modify-vpc-attribute")
    assert len(told.split(" && ")) == (1 if support else 2)
    run(estate, told)
    assert estate.found() == []


def test_a_second_endpoint_of_the_service_is_a_conflict_until_one_tag_is_removed(estate):
    inside(estate, "first", PrivateDnsEnabled=True)
    inside(estate, "second")
    assert estate.found() == [("endpoint-dns-conflict", "second")]
    estate.ec2(SEOUL).delete_tags(
        Resources=[estate.id("second")], Tags=[{"Key": "peerkeeper:private-dns"}]
    )
    assert estate.found() == []


def test_one_zone_is_told_until_a_subnet_of_another_is_added(estate):
    inside(estate, PrivateDnsEnabled=True)
    estate.subnet("far", "10.39.9.0/24", "c")
    estate.settle()
    assert estate.found() == [("endpoint-one-zone", "ssm")]
    estate.ec2(SEOUL).modify_vpc_endpoint(
        VpcEndpointId=estate.id("ssm"), AddSubnetIds=[estate.id("far")]
    )
    assert estate.found() == []


def test_the_default_group_is_closed_until_it_admits_443_from_the_vpc(estate):
    asked = {"VpcEndpointType": "Interface", "SubnetIds": [estate.id("private")]}
    estate.endpoint("ssm", SSM, **asked)
    assert estate.found() == [("endpoint-group-closed", "ssm")]
    (said,) = estate.about()
    (group,) = estate.shown("ssm")["Groups"]
    assert f"Let {group['GroupId']} admit tcp 443 from 10.39.0.0/16" in said["message"]
    estate.ec2(SEOUL).authorize_security_group_ingress(
        GroupId=group["GroupId"],
        IpProtocol="tcp",
        FromPort=443,
        ToPort=443,
        CidrIp="10.39.0.0/16",
    )
    assert estate.found() == []


def test_a_peer_is_told_the_name_that_reaches_the_endpoint(estate):
    inside(estate, PrivateDnsEnabled=True)
    assert estate.found() == []
    estate.peer()
    (said,) = estate.about()
    assert said["code"] == "endpoint-peer-name"
    assert estate.id("pcx") in said["message"]
    name = estate.shown("ssm")["DnsEntries"][0]["DnsName"]
    assert name.endswith(f".ssm.{SEOUL}.vpce.amazonaws.com")
    assert said["message"].endswith(name)


def test_a_peer_that_is_expected_is_told_until_a_group_admits_it(estate):
    inside(estate)
    estate.peer()
    assert "endpoint-closed-to-peer" not in {code for code, _ in estate.found()}
    expect = [{"Key": "peerkeeper:expect", "Value": "tcp/443"}]
    estate.ec2(SEOUL).create_tags(Resources=[estate.id("seoul")], Tags=expect)
    (said,) = [one for one in estate.about() if one["code"] == "endpoint-closed-to-peer"]
    (group,) = estate.shown("ssm")["Groups"]
    assert f"Let {group['GroupId']} admit tcp 443 from 172.31.0.0/16" in said["message"]
    estate.ec2(SEOUL).authorize_security_group_ingress(
        GroupId=group["GroupId"],
        IpProtocol="tcp",
        FromPort=443,
        ToPort=443,
        CidrIp="172.31.0.0/16",
    )
    assert "endpoint-closed-to-peer" not in {code for code, _ in estate.found()}


@pytest.mark.parametrize("width", [80, 120])
def test_peerings_and_map_show_the_vpc_in_which_it_was_found(estate, width):
    inside(estate, PrivateDnsEnabled=True)
    estate.endpoint("s3", S3)
    estate.peer()
    found = survey(estate_on(estate))
    (vpc,) = [one for one in found.vpcs if one.findings]
    assert (vpc.vpc_id, [one.code for one in vpc.findings]) == (
        estate.id("seoul"),
        ["endpoint-peer-name", "endpoint-unused"],
    )
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    show(Page(console), found.rows, found.vpcs)
    said = console.file.getvalue()
    assert max(map(len, said.splitlines())) <= width
    assert " ".join(said.split()).endswith(
        f"Found in VPCs, apart from their peerings: {vpc.vpc_id} in {vpc.account}/{SEOUL}: "
        "endpoint-peer-name, endpoint-unused"
    )


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
