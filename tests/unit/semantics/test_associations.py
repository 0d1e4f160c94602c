from collections.abc import Callable

import pytest

from peerkeeper_local.semantics.associations import (
    check_disassociate,
    check_edge,
    check_one_table,
    check_same_vpc,
)
from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.routes import Route, Table, Target, check_create, check_replace

LOCAL = Route("10.0.0.0/16", Target("GatewayId", "local"), "CreateRouteTable")
INTERFACE = Target("NetworkInterfaceId", "eni-1")
TABLE = Table("rtb-1", "vpc-1", (LOCAL,))
EDGE = Table("rtb-1", "vpc-1", (LOCAL,), edge=True)


def code(check: Callable[..., object], *sent: object) -> str:
    with pytest.raises(Refusal) as caught:
        check(*sent)
    return caught.value.code


def test_what_has_another_table_is_refused_and_the_same_one_is_not() -> None:
    check_one_table("rtb-1", None)
    check_one_table("rtb-1", "rtb-1")
    assert code(check_one_table, "rtb-1", "rtb-2") == "Resource.AlreadyAssociated"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("subnet-1", "subnet subnet-1"),
        ("igw-1", "network gateway igw-1"),
        ("rtbassoc-1", "association rtbassoc-1"),
    ],
)
def test_a_table_serves_its_own_vpc_only(subject: str, words: str) -> None:
    check_same_vpc(TABLE, subject, ["vpc-1"])
    for elsewhere in (["vpc-2"], []):
        with pytest.raises(Refusal, match=f"rtb-1 and {words} belong to different networks"):
            check_same_vpc(TABLE, subject, elsewhere)


@pytest.mark.parametrize(
    ("route", "allowed"),
    [
        (Route("10.0.1.0/24", INTERFACE), True),
        (Route("10.0.1.0/24", Target("VpcEndpointId", "vpce-1")), True),
        (Route("10.0.1.0/24", Target("NatGatewayId", "nat-1")), False),
        (Route("0.0.0.0/0", INTERFACE), False),
        (Route("pl-1", INTERFACE), False),
    ],
)
def test_an_edge_table_routes_the_vpcs_own_addresses_to_interfaces(
    route: Route, allowed: bool
) -> None:
    filled = Table("rtb-1", "vpc-1", (LOCAL, route))
    if allowed:
        check_edge(filled)
        check_create(EDGE, route.destination, route.target, Limits())
        return
    assert code(check_edge, filled) == "InvalidParameterValue"
    refused = code(check_create, EDGE, route.destination, route.target, Limits())
    assert refused == "InvalidParameterValue"


def test_a_route_of_an_edge_table_is_not_pointed_at_a_gateway() -> None:
    edge = Table("rtb-1", "vpc-1", (LOCAL, Route("10.0.1.0/24", INTERFACE)), edge=True)
    check_replace(edge, "10.0.1.0/24", INTERFACE)
    nat = Target("NatGatewayId", "nat-1")
    assert code(check_replace, edge, "10.0.1.0/24", nat) == "InvalidParameterValue"


def test_the_main_association_is_only_replaced() -> None:
    check_disassociate("rtbassoc-1", main=False)
    with pytest.raises(Refusal, match="cannot disassociate the main route table association"):
        check_disassociate("rtbassoc-1", main=True)
