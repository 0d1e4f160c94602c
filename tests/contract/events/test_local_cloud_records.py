"""Records written for calls of the local cloud look like the sample events of the same calls."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.cloudtrail import emits_event, envelope, record
from tests.contract.events.samples import load

SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"


def play(cloud: LocalCloud) -> None:
    """Make the calls of the story, each in the form of its sample."""
    seoul, tokyo = cloud.client("ec2", SEOUL), cloud.client("ec2", TOKYO)
    named = {"Tags": [{"Key": "Name", "Value": "orders"}]}
    vpc = seoul.create_vpc(
        CidrBlock="10.39.0.0/16",
        AmazonProvidedIpv6CidrBlock=False,
        TagSpecifications=[{"ResourceType": "vpc", **named}],
    )["Vpc"]["VpcId"]
    subnet = seoul.create_subnet(
        VpcId=vpc,
        CidrBlock="10.39.1.0/24",
        AvailabilityZone="ap-northeast-2a",
        TagSpecifications=[{"ResourceType": "subnet", **named}],
    )["Subnet"]["SubnetId"]
    table = seoul.create_route_table(
        VpcId=vpc, TagSpecifications=[{"ResourceType": "route-table", **named}]
    )["RouteTable"]["RouteTableId"]
    main = seoul.describe_route_tables(Filters=[{"Name": "association.main", "Values": ["true"]}])
    main = next(t["RouteTableId"] for t in main["RouteTables"] if t["VpcId"] == vpc)
    association = seoul.associate_route_table(RouteTableId=table, SubnetId=subnet)["AssociationId"]
    seoul.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": False})
    seoul.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    default = next(v["VpcId"] for v in tokyo.describe_vpcs()["Vpcs"] if v["IsDefault"])
    with suppress(ClientError):
        seoul.create_vpc_peering_connection(VpcId=vpc, PeerVpcId="vpc-of-the-neighbours")
    pcx = seoul.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=default, PeerRegion=TOKYO)
    pcx = pcx["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    tags = [{"Key": "Name", "Value": "payments"}, {"Key": "peerkeeper:peers", "Value": vpc}]
    tokyo.create_tags(Resources=[default], Tags=tags)
    cloud.clock.advance(60)
    with suppress(ClientError):
        tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx, DryRun=True)
    tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    cloud.clock.advance(60)
    route = {"RouteTableId": main, "DestinationCidrBlock": "172.31.0.0/16"}
    ours = cloud.client("ec2", SEOUL, principal="peerkeeper-connect-peerings")
    ours.create_route(**route, VpcPeeringConnectionId=pcx)
    tokyo.modify_vpc_peering_connection_options(
        VpcPeeringConnectionId=pcx,
        AccepterPeeringConnectionOptions={"AllowDnsResolutionFromRemoteVpc": False},
    )
    added = seoul.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="100.64.0.0/16")
    seoul.disassociate_vpc_cidr_block(
        AssociationId=added["CidrBlockAssociation"]["AssociationId"],
    )
    seoul.delete_route(**route)
    moved = seoul.replace_route_table_association(AssociationId=association, RouteTableId=main)
    seoul.disassociate_route_table(AssociationId=moved["NewAssociationId"])
    tokyo.delete_tags(Resources=[default], Tags=[{"Key": "peerkeeper:peers"}])
    tokyo.delete_tags(Resources=[default])
    seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    tag = {"Key": "peerkeeper:endpoint-tables", "Value": "all"}
    endpoint = seoul.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f"com.amazonaws.{SEOUL}.s3",
        VpcEndpointType="Gateway",
        TagSpecifications=[{"ResourceType": "vpc-endpoint", "Tags": [tag]}],
    )["VpcEndpoint"]["VpcEndpointId"]
    seoul.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[main])
    seoul.modify_vpc_endpoint(VpcEndpointId=endpoint, RemoveRouteTableIds=[main])


@pytest.fixture(scope="module")
def written() -> Iterator[dict[str, dict[str, Any]]]:
    """The events of the story by their samples' names, the order of the calls deciding."""
    with LocalCloud() as cloud:
        play(cloud)
        calls = [call for call in cloud.calls if emits_event(call)]
        yield dict(zip(NAMES, (envelope(record(c, n)) for n, c in enumerate(calls)), strict=True))


NAMES = (
    *("create-vpc", "create-subnet", "create-route-table", "associate-route-table"),
    *("modify-vpc-attribute", "modify-subnet-attribute"),
    *("create-vpc-peering-connection-failed", "create-vpc-peering-connection", "create-tags"),
    *("accept-vpc-peering-connection-dry-run", "accept-vpc-peering-connection"),
    *("create-route-to-peering", "modify-vpc-peering-connection-options"),
    *("associate-vpc-cidr-block", "disassociate-vpc-cidr-block", "delete-route"),
    *("replace-route-table-association", "disassociate-route-table"),
    *("delete-tags", "delete-tags-all", "delete-vpc-peering-connection"),
    *("create-vpc-endpoint", "modify-vpc-endpoint", "modify-vpc-endpoint"),
)
# Where the record of a local call may differ from its sample. All else that differs fails.
DIFFERENT = {
    # Replies have it; the records that the sample is made after are older.
    "create-subnet": {".detail.responseElements.subnet.mapCustomerOwnedIpOnLaunch:bool"},
    # botocore makes a token up where the caller gives none, the console does not.
    "create-route-table": {".detail.requestParameters.clientToken:str"},
}


def paths(value: Any, path: str = "") -> set[str]:
    """Return the path and type of everything in a JSON value: all of it but the values."""
    if value in ({}, []):
        return {f"{path}:{value}"}
    if isinstance(value, dict):
        return {found for key, inner in value.items() for found in paths(inner, f"{path}.{key}")}
    if isinstance(value, list):
        return {found for one in value for found in paths(one, f"{path}[]")}
    return {f"{path}:{type(value).__name__}"}


@pytest.mark.parametrize("name", NAMES)
def test_a_call_of_the_local_cloud_is_written_down_like_its_sample(
    name: str, written: dict[str, dict[str, Any]]
) -> None:
    different = paths(written[name]) ^ paths(load(name))
    assert different == DIFFERENT.get(name, set())
