"""Bad days and known ids: faults, stale reads, pinned ids, one clock for all, one cloud at a time."""

from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

from peerkeeper_local.cloud import LocalCloud, Location, Refusal
from tests.contract.fidelity.stage import OURS, SEOUL, THEIRS, TOKYO, Stage, outcome

HOME = Location(OURS, SEOUL)


def test_a_fault_before_the_effect_prevents_it(cloud: LocalCloud, stage: Stage) -> None:
    cloud.outages.fail("CreateVpc", "RequestLimitExceeded", times=2)
    for _ in range(2):
        assert outcome(stage.seoul.create_vpc, CidrBlock="10.0.0.0/16") == "RequestLimitExceeded"
    assert len(stage.seoul.describe_vpcs()["Vpcs"]) == 1
    assert outcome(stage.seoul.create_vpc, CidrBlock="10.0.0.0/16") == "done"


def test_a_fault_after_the_effect_only_hides_it(cloud: LocalCloud, stage: Stage) -> None:
    cloud.outages.fail("CreateVpc", "InternalError", when="after")
    assert outcome(stage.seoul.create_vpc, CidrBlock="10.0.0.0/16") == "InternalError"
    assert len(stage.seoul.describe_vpcs()["Vpcs"]) == 2


def test_a_region_is_down_for_everybody_until_it_is_lifted(cloud: LocalCloud, stage: Stage) -> None:
    with cloud.outages.region_down((OURS, TOKYO)):
        with pytest.raises(ClientError) as caught:
            stage.tokyo.describe_vpcs()
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
        assert outcome(stage.seoul.describe_vpcs) == "done"
    assert outcome(stage.tokyo.describe_vpcs) == "done"


def test_a_hook_decides_by_place_action_and_parameters(cloud: LocalCloud, stage: Stage) -> None:
    def no_tens(
        location: Location, action: str, params: Mapping[str, Any]
    ) -> Refusal | tuple[str, str] | None:
        ten = action == "CreateVpc" and params["CidrBlock"].startswith("10.")
        return ("UnauthorizedOperation", "Not here.") if ten and location == HOME else None

    lift = cloud.outages.add(no_tens)
    assert outcome(stage.seoul.create_vpc, CidrBlock="10.0.0.0/16") == "UnauthorizedOperation"
    assert outcome(stage.seoul.create_vpc, CidrBlock="172.16.0.0/16") == "done"
    assert outcome(stage.tokyo.create_vpc, CidrBlock="10.0.0.0/16") == "done"
    lift.close()
    assert outcome(stage.seoul.create_vpc, CidrBlock="10.0.0.0/16") == "done"


def test_stale_describes_hide_later_writes_until_the_time_is_up(
    cloud: LocalCloud, stage: Stage
) -> None:
    pcx = stage.request()
    vpc = stage.side(pcx)
    cloud.stale((OURS, SEOUL), seconds=30)
    stage.dns(stage.seoul, vpc)
    table = stage.routed(pcx)
    stage.tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.vpc(stage.seoul, "10.5.0.0/16")

    assert stage.code(stage.tokyo, pcx) == "provisioning"
    assert stage.code(stage.seoul, pcx) == "pending-acceptance"
    assert len(stage.routes(table)) == 1
    assert len(stage.seoul.describe_vpcs()["Vpcs"]) == 2
    assert not hostnames(stage, vpc)

    stage.advance(30)
    assert stage.code(stage.seoul, pcx) == "active"
    assert len(stage.routes(table)) == 2
    assert len(stage.seoul.describe_vpcs()["Vpcs"]) == 3
    assert hostnames(stage, vpc)


def hostnames(stage: Stage, vpc: str) -> bool:
    reply = stage.seoul.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    return bool(reply["EnableDnsHostnames"]["Value"])


def test_a_stale_view_is_lifted_at_the_end_of_its_block_or_by_a_newer_one(
    cloud: LocalCloud, stage: Stage
) -> None:
    with cloud.stale((OURS, SEOUL)):
        stage.vpc(stage.seoul)
        assert len(stage.seoul.describe_vpcs()["Vpcs"]) == 1
        cloud.stale((OURS, SEOUL), until=cloud.clock.now() + 5)
    stage.vpc(stage.seoul, "10.1.0.0/16")
    assert len(stage.seoul.describe_vpcs()["Vpcs"]) == 2
    cloud.clock.advance(5)
    assert len(stage.seoul.describe_vpcs()["Vpcs"]) == 3


def test_pinned_ids_go_to_what_is_made_next_and_never_to_aws_own_furniture(
    cloud: LocalCloud, stage: Stage
) -> None:
    cloud.pin_ids(["vpc-0a1", "rtb-0a1", "vpc-0b2", "pcx-0c3", "igw-0d4", "subnet-0e5"])
    stage.stranger.describe_vpcs()
    cloud.client("ec2", "eu-west-1", THEIRS).describe_internet_gateways()
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.tokyo, "10.1.0.0/16")
    assert (ours, theirs) == ("vpc-0a1", "vpc-0b2")
    assert stage.table(stage.seoul, ours) == "rtb-0a1"
    assert stage.requested(ours, theirs, PeerRegion=TOKYO) == "pcx-0c3"
    gateway = stage.seoul.create_internet_gateway()["InternetGateway"]
    assert gateway["InternetGatewayId"] == "igw-0d4"
    subnet = stage.seoul.create_subnet(VpcId=ours, CidrBlock="10.0.1.0/24")["Subnet"]
    assert subnet["SubnetId"] == "subnet-0e5"
    assert stage.vpc(stage.seoul, "10.2.0.0/16").startswith("vpc-")


def test_associations_and_nat_gateways_take_pinned_ids_too(cloud: LocalCloud, stage: Stage) -> None:
    """The VPC's primary CIDR and main table take an id each: what is pinned later goes to others."""
    seoul, vpc = stage.seoul, stage.vpc(stage.seoul)
    subnet = seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    table = seoul.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    address = seoul.allocate_address(Domain="vpc")["AllocationId"]
    cloud.pin_ids(["rtbassoc-0a1", "vpc-cidr-assoc-0b2", "nat-0c3", "rtbassoc-0a2"])
    made = seoul.associate_route_table(RouteTableId=table, SubnetId=subnet)
    assert made["AssociationId"] == "rtbassoc-0a1"
    added = seoul.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="100.64.0.0/16")
    assert added["CidrBlockAssociation"]["AssociationId"] == "vpc-cidr-assoc-0b2"
    nat = seoul.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    assert nat["NatGatewayId"] == "nat-0c3"
    moved = seoul.replace_route_table_association(
        AssociationId="rtbassoc-0a1", RouteTableId=stage.table(seoul, vpc)
    )
    assert moved["NewAssociationId"] == "rtbassoc-0a2"


def test_a_new_vpc_takes_the_next_association_ids_for_its_own(
    cloud: LocalCloud, stage: Stage
) -> None:
    cloud.pin_ids(["rtbassoc-0a1", "vpc-cidr-assoc-0b2"])
    vpc = stage.vpc(stage.seoul)
    (shown,) = stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    assert shown["CidrBlockAssociationSet"][0]["AssociationId"] == "vpc-cidr-assoc-0b2"
    wanted = [{"Name": "vpc-id", "Values": [vpc]}]
    (main,) = stage.seoul.describe_route_tables(Filters=wanted)["RouteTables"]
    assert main["Associations"][0]["RouteTableAssociationId"] == "rtbassoc-0a1"


def test_queues_run_on_the_virtual_clock_and_a_long_poll_does_not_hang(cloud: LocalCloud) -> None:
    sqs = cloud.client("sqs", SEOUL)
    queue = sqs.create_queue(QueueName="connect")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="later", DelaySeconds=30)

    def received() -> list[str]:
        reply = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20, VisibilityTimeout=60)
        return [message["Body"] for message in reply.get("Messages", [])]

    assert received() == []
    cloud.clock.advance(30)
    assert received() == ["later"]
    assert received() == []
    cloud.clock.advance(61)
    assert received() == ["later"]


def test_time_does_not_run_back(cloud: LocalCloud) -> None:
    with pytest.raises(ValueError, match="does not run back"):
        cloud.clock.advance(-1)


def test_one_cloud_is_open_at_a_time_and_the_next_starts_empty() -> None:
    with LocalCloud() as first:
        first.client("ec2", SEOUL).create_vpc(CidrBlock="10.0.0.0/16")
        with pytest.raises(RuntimeError, match="open already"), LocalCloud():
            pass
        assert len(first.client("ec2", SEOUL).describe_vpcs()["Vpcs"]) == 2
    with LocalCloud() as second:
        assert len(second.client("ec2", SEOUL).describe_vpcs()["Vpcs"]) == 1
        assert second.world.peerings == {}
    with pytest.raises(RuntimeError, match="opens once"), first:
        pass
