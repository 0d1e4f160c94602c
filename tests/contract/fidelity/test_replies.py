"""Every reply of our own operations is one that botocore's model of EC2 allows."""

from botocore.validate import ParamValidator

from tests.contract.fidelity.stage import TOKYO, Stage
from workbench.cloud import Call, LocalCloud

OURS = {
    "CreateVpcPeeringConnection",
    "AcceptVpcPeeringConnection",
    "RejectVpcPeeringConnection",
    "DeleteVpcPeeringConnection",
    "DescribeVpcPeeringConnections",
    "ModifyVpcPeeringConnectionOptions",
    "CreateRoute",
    "ReplaceRoute",
    "DeleteRoute",
    "DescribeRouteTables",
    "AssociateRouteTable",
    "CreateVpc",
    "DescribeVpcs",
    "DescribeVpcAttribute",
    "ModifyVpcAttribute",
    "AssociateVpcCidrBlock",
    "CreateSubnet",
    "DescribeSubnets",
    "ModifySubnetAttribute",
    "CreateTags",
    "DeleteTags",
}


def play(stage: Stage) -> None:
    """Make every call of OURS once at least."""
    multipath = {"AllowMultipathResilience": True, "MultipathResilienceMode": "always-on"}
    pcx = stage.request(RequesterPeeringConnectionOptions=multipath)
    ours, theirs = stage.side(pcx), stage.side(pcx, "AccepterVpcInfo")
    stage.tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    stage.dns(stage.tokyo, theirs)
    shape_vpc(stage, ours)
    use_peering(stage, pcx)
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    unwanted = stage.requested(stage.vpc(stage.seoul, "10.7.0.0/16"), ours)
    stage.seoul.reject_vpc_peering_connection(VpcPeeringConnectionId=unwanted)


def shape_vpc(stage: Stage, vpc: str) -> None:
    seoul = stage.seoul
    stage.dns(seoul, vpc)
    seoul.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    seoul.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    subnet = seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    seoul.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    table = seoul.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    seoul.associate_route_table(RouteTableId=table, SubnetId=subnet)
    seoul.describe_vpcs()
    seoul.describe_subnets()


def use_peering(stage: Stage, pcx: str) -> None:
    seoul, named = stage.seoul, {"VpcPeeringConnectionId": pcx}
    dns = {"AllowDnsResolutionFromRemoteVpc": True}
    seoul.modify_vpc_peering_connection_options(RequesterPeeringConnectionOptions=dns, **named)
    route = {"RouteTableId": stage.routed(pcx), "DestinationCidrBlock": "10.1.0.0/16"}
    seoul.replace_route(**route, **named)
    seoul.describe_route_tables()
    seoul.delete_route(**route)
    seoul.create_tags(Resources=[pcx], Tags=[{"Key": "team", "Value": "a"}])
    stage.shown(seoul, pcx)
    seoul.delete_tags(Resources=[pcx], Tags=[{"Key": "team"}])


def test_every_reply_has_the_shape_of_ec2s_model(cloud: LocalCloud, stage: Stage) -> None:
    seen: list[Call] = []
    cloud.on_call(seen.append)
    play(stage)
    assert {call.action for call in seen} >= OURS
    model = stage.seoul.meta.service_model
    for call in seen:
        assert call.error is None, call
        shape = model.operation_model(call.action).output_shape
        if shape is None:
            assert call.reply == {}, call
            continue
        report = ParamValidator().validate(call.reply, shape)
        assert not report.has_errors(), f"{call.action}: {report.generate_report()}"


def test_a_recorded_reply_is_what_the_client_read(cloud: LocalCloud, stage: Stage) -> None:
    pcx = stage.request()
    reply = stage.tokyo.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])
    call = cloud.calls[-1]
    reply.pop("ResponseMetadata")
    assert (call.region, call.params) == (TOKYO, {"VpcPeeringConnectionIds": [pcx]})
    assert call.reply == reply
