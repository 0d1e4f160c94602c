"""Interface endpoints: what a sweep finds, what ends it, and where the commands show it."""

import io

import pytest
from rich.console import Console

from peerkeeper_cli.page.page import Page
from peerkeeper_cli.peerings.show import show
from peerkeeper_cli.peerings.survey import survey
from peerkeeper_local.story.stage import SEOUL
from tests.cli.in_process import estate_on
from tests.integration.endpoints.estate import S3, SSM, admit, host_names, inside, leave_dns
from tests.reports.commands import commands, run


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
    admit(estate, group["GroupId"], "10.39.0.0/16")
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
    admit(estate, group["GroupId"], "172.31.0.0/16")
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
