"""A document made without XML is the one that a client reads out of moto's XML."""

from typing import Any

import pytest
from moto.core.serialize import EC2Serializer, XFormedAttributePicker
from moto.core.utils import get_service_model
from moto.ec2.models import ec2_backends
from moto.ec2.responses import EC2Response

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.cloud.documents import document_of, parsed

OURS, SEOUL = "111122223333", "ap-northeast-2"


def through_xml(operation: str, result: object) -> dict[str, Any]:
    picker = XFormedAttributePicker(
        response_transformers=EC2Response.RESPONSE_KEY_PATH_TO_TRANSFORMER
    )
    model = get_service_model("ec2").operation_model(operation)
    serializer = EC2Serializer(model, pretty_print=False, value_picker=picker)
    return parsed(operation, serializer.serialize(result)["body"])


@pytest.fixture(scope="module")
def backend() -> Any:
    """A VPC with something of each kind."""
    with LocalCloud(regions=(SEOUL,)) as cloud:
        ec2 = cloud.client("ec2", SEOUL)
        tags = [{"Key": "Name", "Value": "a <b> & c"}, {"Key": "empty", "Value": ""}]
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
        ec2.associate_vpc_cidr_block(VpcId=vpc["VpcId"], CidrBlock="10.4.0.0/16")
        ec2.create_tags(Resources=[vpc["VpcId"]], Tags=tags)
        subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.1.0/24")["Subnet"]
        inside = {"SubnetId": subnet["SubnetId"]}
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc["VpcId"])
        table = ec2.create_route_table(VpcId=vpc["VpcId"])["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, **inside)
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.create_nat_gateway(AllocationId=address, **inside)
        ec2.create_network_interface(**inside)
        ec2.create_network_acl(VpcId=vpc["VpcId"])
        ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc["VpcId"])
        yield ec2_backends[OURS][SEOUL]


@pytest.mark.parametrize(
    ("operation", "key", "listed"),
    [
        ("DescribeVpcs", "Vpcs", "describe_vpcs"),
        ("DescribeSubnets", "Subnets", "describe_subnets"),
        ("DescribeRouteTables", "RouteTables", "describe_route_tables"),
        ("DescribeInternetGateways", "InternetGateways", "describe_internet_gateways"),
        ("DescribeNatGateways", "NatGateways", "describe_nat_gateways"),
        ("DescribeNetworkInterfaces", "NetworkInterfaces", "describe_network_interfaces"),
        ("DescribeNetworkAcls", "NetworkAcls", "describe_network_acls"),
        ("DescribeSecurityGroups", "SecurityGroups", "describe_security_groups"),
        ("DescribeDhcpOptions", "DhcpOptions", "describe_dhcp_options"),
    ],
)
def test_a_document_is_what_a_client_reads(
    backend: Any, operation: str, key: str, listed: str
) -> None:
    arguments = (None, None) if listed == "describe_nat_gateways" else ()
    found = list(getattr(backend, listed)(*arguments))
    assert found
    assert document_of(operation, {key: found}) == through_xml(operation, {key: found})
