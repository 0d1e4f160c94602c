"""A subnet's public IP is the owner's to decide where Peerkeeper cannot know what the owner wants."""

from tests.reports.estate import ANYWHERE, add_only

CIDR, FIREWALL, APP = "10.9.0.0/16", "10.9.0.0/24", "10.9.1.0/24"


def test_a_subnet_behind_a_firewall_endpoint_keeps_its_public_ip(estate):
    vpc = estate.vpc(CIDR)
    gateway = estate.internet_gateway(vpc)
    app = estate.subnet(vpc, APP)
    endpoint = _firewall_endpoint(estate, vpc)
    _send(estate, vpc, ANYWHERE, endpoint, SubnetId=app)
    _send(estate, vpc, APP, endpoint, GatewayId=gateway)
    estate.switch_public_ip(app, on=True)
    estate.pump.advance(60)
    assert estate.has_public_ip(app)


def _firewall_endpoint(estate, vpc):
    made = estate.owner.create_vpc_endpoint(
        VpcEndpointType="GatewayLoadBalancer",
        VpcId=vpc,
        ServiceName="com.amazonaws.vpce.ap-northeast-2.vpce-svc-0123456789abcdef0",
        SubnetIds=[estate.subnet(vpc, FIREWALL)],
    )
    return made["VpcEndpoint"]["VpcEndpointId"]


def _send(estate, vpc, cidr, endpoint, **served):
    """Make a table for what it serves, with a route to the endpoint."""
    table = estate.owner.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    estate.owner.associate_route_table(RouteTableId=table, **served)
    estate.owner.create_route(RouteTableId=table, DestinationCidrBlock=cidr, VpcEndpointId=endpoint)


@add_only
def test_a_public_ip_that_the_owner_turns_off_again_stays_off_or_is_reported(estate):
    subnet = estate.subnet(estate.public_vpc(CIDR), APP)
    turned_on = 0
    for _ in range(5):
        estate.switch_public_ip(subnet, on=False)
        estate.pump.advance(300)
        turned_on += estate.has_public_ip(subnet)
    assert turned_on <= 1 or estate.naming(subnet)


@add_only
def test_a_subnet_that_gets_its_private_table_seconds_later_ends_without_a_public_ip(estate):
    vpc = estate.public_vpc(CIDR)
    private = estate.owner.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    estate.pump.advance(60)
    subnet = estate.subnet(vpc, APP)
    estate.pump.advance(20)
    estate.owner.associate_route_table(RouteTableId=private, SubnetId=subnet)
    estate.pump.advance(60)
    estate.sweep()
    assert not estate.has_public_ip(subnet)
