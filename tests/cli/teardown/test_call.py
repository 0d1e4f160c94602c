"""A call as a command of the aws CLI: its words, and the shell's quotes."""

import shlex

import pytest
from botocore import xform_name
from botocore.session import Session

from peerkeeper_cli.teardown.order.call import Call
from peerkeeper_cli.teardown.order.step import Wait
from tests.builders import SEOUL


def test_a_list_is_words_and_a_structure_is_the_short_form():
    call = Call("ec2", "DeleteVpcEndpoints", SEOUL, {"VpcEndpointIds": ["vpce-1", "vpce-2"]})
    assert call.command() == (
        "aws ec2 delete-vpc-endpoints --region ap-northeast-2 --vpc-endpoint-ids vpce-1 vpce-2"
    )
    zone = {"HostedZoneId": "Z1", "VPC": {"VPCRegion": "eu-west-1", "VPCId": "vpc-1"}}
    call = Call("route53", "DisassociateVPCFromHostedZone", SEOUL, zone)
    assert call.command("network") == (
        "aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id Z1 "
        "--vpc VPCRegion=eu-west-1,VPCId=vpc-1 --profile network"
    )


def test_a_structure_in_a_list_and_a_flag():
    filters = [{"Name": "vpc-id", "Values": ["vpc-1", "vpc-2"]}]
    call = Call("ec2", "DescribeSubnets", SEOUL, {"Filters": filters, "DryRun": True}, "Subnets[]")
    assert shlex.split(call.command()) == [
        *("aws", "ec2", "describe-subnets", "--region", "ap-northeast-2"),
        *("--filters", "Name=vpc-id,Values=vpc-1,vpc-2", "--dry-run"),
        *("--query", "Subnets[]", "--output", "text"),
    ]


def test_everything_is_quoted():
    call = Call("ec2", "DeleteRoute", SEOUL, {"RouteTableId": "rtb-1; rm -rf /", "GatewayId": "$x"})
    assert shlex.split(call.command("two words")) == [*call.words("two words")]
    assert "'rtb-1; rm -rf /'" in call.command()
    assert "'$x'" in call.command()


def test_a_value_that_has_no_word_is_refused():
    with pytest.raises(TypeError, match="VpcId: the aws CLI gets no int here"):
        Call("ec2", "DeleteVpc", SEOUL, {"VpcId": 1}).command()


def test_a_wait_is_a_waiter_or_a_read_that_shows_nothing():
    gateways = {"NatGatewayIds": ["nat-1"]}
    read = Call("ec2", "DescribeNatGateways", SEOUL, gateways, "NatGateways[].State")
    assert Wait("", Call("ec2", "DescribeNatGateways", SEOUL, gateways), "nat-gateway-deleted")
    waits = Wait("", Call("ec2", "DescribeNatGateways", SEOUL, gateways), "nat-gateway-deleted")
    assert waits.command() == (
        "aws ec2 wait nat-gateway-deleted --region ap-northeast-2 --nat-gateway-ids nat-1"
    )
    assert Wait("", read).command("p") == read.command("p")


def test_names_are_spelt_as_botocore_spells_them():
    operations = Session().get_service_model("ec2").operation_names
    assert xform_name("DeleteVpcPeeringConnection", "-") == "delete-vpc-peering-connection"
    assert "DeleteEgressOnlyInternetGateway" in operations
