"""What a route may point at, and what may be attached to a VPC."""

import pytest

from peerkeeper_local.semantics.associations import check_same_vpc
from peerkeeper_local.semantics.endpoints import Endpoint
from peerkeeper_local.semantics.gateways import check_attach
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.route_targets import (
    by_its_kind,
    check_attached,
    check_kind,
    check_takes_routes,
    no_such_target,
)
from peerkeeper_local.semantics.routes import Table, Target

TABLE = Table("rtb-1", "vpc-1", ())


@pytest.mark.parametrize(
    ("destination", "kind", "code"),
    [
        ("10.9.0.0/16", "CoreNetworkArn", "UnsupportedOperation"),
        ("10.9.0.0/16", "LocalGatewayId", "UnsupportedOperation"),
        ("10.9.0.0/16", "OdbNetworkArn", "UnsupportedOperation"),
        ("10.9.0.0/16", "EgressOnlyInternetGatewayId", "InvalidParameterValue"),
        ("::/0", "EgressOnlyInternetGatewayId", ""),
        ("pl-0a1", "EgressOnlyInternetGatewayId", ""),
        ("10.9.0.0/16", "NatGatewayId", ""),
        ("10.9.0.0/16", "VpcEndpointId", ""),
        ("pl-0a1", "VpcEndpointId", "InvalidParameterValue"),
    ],
)
def test_the_kind_of_target_has_to_fit(destination, kind, code):
    try:
        check_kind(destination, Target(kind, "id-1"))
    except Refusal as refused:
        assert refused.code == code
    else:
        assert code == ""


def test_a_transit_gateway_that_is_not_attached_does_not_exist():
    check_attached(TABLE, "tgw-1", {"vpc-1", "vpc-2"})
    with pytest.raises(Refusal, match="'tgw-1' does not exist") as refused:
        check_attached(TABLE, "tgw-1", {"vpc-2"})
    assert refused.value.code == "InvalidTransitGatewayID.NotFound"


@pytest.mark.parametrize("target", ["nat-1", "eni-1", "i-1"])
def test_what_has_an_interface_elsewhere_is_of_another_network(target):
    with pytest.raises(Refusal, match=f"and interface {target} belong to different networks"):
        check_same_vpc(TABLE, target, ["vpc-2"])


def test_a_vpc_has_one_internet_gateway():
    check_attach("vpc-1", None)
    with pytest.raises(Refusal, match="Network vpc-1 already has an internet gateway attached"):
        check_attach("vpc-1", "igw-1")


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (Target("GatewayId", "igw-1"), "GatewayId"),
        (Target("GatewayId", "nat-1"), "NatGatewayId"),
        (Target("GatewayId", "vpce-1"), "VpcEndpointId"),
        (Target("GatewayId", "pcx-1"), "GatewayId"),
        (Target("NatGatewayId", "nat-1"), "NatGatewayId"),
        (Target("NatGatewayId", "vpce-1"), "NatGatewayId"),
    ],
)
def test_only_some_targets_may_be_sent_as_gateways(sent, kind):
    assert by_its_kind(sent) == Target(kind, sent.id)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("GatewayId", "InvalidGatewayID.NotFound"),
        ("VpcEndpointId", "InvalidVpcEndpointId.NotFound"),
        ("NatGatewayId", "InvalidNatGatewayID.NotFound"),
    ],
)
def test_what_is_not_there_is_named_as_it_was_sent(kind, code):
    refusal = no_such_target(Target(kind, "nat-1"))
    assert refusal.code == code
    assert "'nat-1'" in refusal.message


@pytest.mark.parametrize("kind", ["Gateway", "Interface", "GatewayLoadBalancer"])
def test_a_route_leads_only_to_a_firewalls_endpoint(kind):
    endpoint = Endpoint("vpce-1", "vpc-1", "svc", kind, 0.0)
    if kind == "GatewayLoadBalancer":
        check_takes_routes(endpoint)
        return
    with pytest.raises(Refusal) as refused:
        check_takes_routes(endpoint)
    assert refused.value.code == "RouteNotSupported"
