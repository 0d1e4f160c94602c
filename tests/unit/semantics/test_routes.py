from typing import Any

import pytest

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.routes import (
    Route,
    Table,
    Target,
    check_create,
    check_delete,
    check_peering_target,
    check_replace,
    destination_of,
    state_through,
    target_of,
)

LOCAL = Route("10.0.0.0/16", Target("GatewayId", "local"), "CreateRouteTable")
LOCAL_SIX = Route("2001:db8::/56", Target("GatewayId", "local"), "CreateRouteTable")
PCX = Target("VpcPeeringConnectionId", "pcx-1")
TO_TOKYO = Route("10.1.0.0/16", PCX)
TO_TOKYO_SIX = Route("2001:db8:1::/56", PCX)
PROPAGATED = Route("10.7.0.0/16", Target("GatewayId", "vgw-1"), "EnableVgwRoutePropagation")
TABLE = Table("rtb-1", "vpc-1", (LOCAL, LOCAL_SIX, TO_TOKYO, TO_TOKYO_SIX, PROPAGATED))


def code(check: Any, *sent: Any) -> str:
    with pytest.raises(Refusal) as caught:
        check(*sent)
    return caught.value.code


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"DestinationCidrBlock": "100.68.0.18/18"}, "100.68.0.0/18"),
        ({"DestinationIpv6CidrBlock": "2001:0DB8:0000::/56"}, "2001:db8::/56"),
        ({"DestinationPrefixListId": "pl-1"}, "pl-1"),
    ],
)
def test_a_destination_is_stored_in_canonical_form(sent: dict[str, str], stored: str) -> None:
    assert destination_of(sent) == stored


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, "MissingParameter"),
        (
            {"DestinationCidrBlock": "10.0.0.0/8", "DestinationPrefixListId": "pl-1"},
            "InvalidParameterCombination",
        ),
        ({"DestinationCidrBlock": "10.0.0.0/33"}, "InvalidParameterValue"),
        ({"DestinationCidrBlock": "ten"}, "InvalidParameterValue"),
        ({"DestinationCidrBlock": "2001:db8::/32"}, "InvalidParameterValue"),
        ({"DestinationIpv6CidrBlock": "10.0.0.0/8"}, "InvalidParameterValue"),
    ],
)
def test_a_route_has_exactly_one_valid_destination(sent: dict[str, str], expected: str) -> None:
    assert code(destination_of, sent) == expected


def test_a_route_has_exactly_one_target() -> None:
    assert target_of({"VpcPeeringConnectionId": "pcx-1"}) == PCX
    assert code(target_of, {}) == "MissingParameter"
    both = {"VpcPeeringConnectionId": "pcx-1", "NatGatewayId": "nat-1"}
    assert code(target_of, both) == "InvalidParameterCombination"


@pytest.mark.parametrize("destination", ["10.0.0.0/16", "10.0.4.0/24", "2001:db8::/64"])
def test_the_vpcs_own_addresses_go_through_no_peering(destination: str) -> None:
    assert code(check_create, TABLE, destination, PCX, Limits()) == "InvalidParameterValue"
    check_create(TABLE, "10.0.4.0/24", Target("NetworkInterfaceId", "eni-1"), Limits())


def test_a_network_around_the_vpcs_own_may_be_routed() -> None:
    check_create(TABLE, "10.0.0.0/8", PCX, Limits())
    check_create(TABLE, "pl-1", PCX, Limits())


@pytest.mark.parametrize("destination", ["10.1.0.0/16", "2001:db8:1::/56"])
def test_a_second_route_to_a_destination_is_refused_in_both_families(destination: str) -> None:
    assert code(check_create, TABLE, destination, PCX, Limits()) == "RouteAlreadyExists"


def test_a_static_route_may_stand_beside_a_propagated_one() -> None:
    check_create(TABLE, "10.7.0.0/16", PCX, Limits())


def test_the_quota_counts_the_created_routes_of_each_family() -> None:
    assert code(check_create, TABLE, "10.8.0.0/16", PCX, Limits(routes_per_table=1)) == (
        "RouteLimitExceeded"
    )
    check_create(TABLE, "10.8.0.0/16", PCX, Limits(routes_per_table=2))


@pytest.mark.parametrize("state", ["pending-acceptance", "provisioning", "active"])
def test_a_route_may_point_at_a_peering_that_lives_even_before_it_is_active(state: str) -> None:
    check_peering_target(TABLE, "pcx-1", ("vpc-1", "vpc-2"), state)


@pytest.mark.parametrize(
    "state", ["initiating-request", "failed", "expired", "rejected", "deleting", "deleted"]
)
def test_a_route_may_not_point_at_a_peering_that_does_not_live(state: str) -> None:
    refused = code(check_peering_target, TABLE, "pcx-1", ("vpc-1",), state)
    assert refused == "InvalidParameterValue"


def test_a_peering_of_another_vpc_is_no_target() -> None:
    with pytest.raises(Refusal, match="rtb-1 and network gateway pcx-1 belong to different"):
        check_peering_target(TABLE, "pcx-1", ("vpc-2", "vpc-3"), "active")


def test_an_edge_table_takes_no_peering() -> None:
    edge = Table("rtb-2", "vpc-1", (LOCAL,), edge=True)
    assert code(check_peering_target, edge, "pcx-1", ("vpc-1",), "active") == (
        "InvalidParameterValue"
    )


@pytest.mark.parametrize(
    ("state", "route"),
    [
        ("active", "active"),
        ("pending-acceptance", "blackhole"),
        ("provisioning", "blackhole"),
        ("deleting", "blackhole"),
        ("deleted", "blackhole"),
        (None, "blackhole"),
    ],
)
def test_a_route_is_active_exactly_while_its_peering_is(state: str | None, route: str) -> None:
    assert state_through(state) == route


def test_replacing_needs_a_static_route_to_the_destination() -> None:
    check_replace(TABLE, "10.1.0.0/16", PCX)
    for missing in ("10.8.0.0/16", "10.7.0.0/16"):
        with pytest.raises(Refusal, match="There is no route defined") as caught:
            check_replace(TABLE, missing, PCX)
        assert caught.value.code == "InvalidParameterValue"
    assert code(check_replace, TABLE, "10.0.0.0/16", PCX) == "InvalidParameterValue"


def test_the_local_route_keeps_its_target() -> None:
    interface = Target("NetworkInterfaceId", "eni-1")
    assert code(check_replace, TABLE, "10.0.0.0/16", interface) == "UnsupportedOperation"


def test_only_created_routes_can_be_deleted() -> None:
    check_delete(TABLE, "10.1.0.0/16")
    assert code(check_delete, TABLE, "10.8.0.0/16") == "InvalidRoute.NotFound"
    with pytest.raises(Refusal, match=r"cannot remove local route 10\.0\.0\.0/16"):
        check_delete(TABLE, "10.0.0.0/16")
    with pytest.raises(Refusal, match="cannot remove propagated route"):
        check_delete(TABLE, "10.7.0.0/16")
    static_too = Table("rtb-1", "vpc-1", (PROPAGATED, Route("10.7.0.0/16", PCX)))
    check_delete(static_too, "10.7.0.0/16")


ENDPOINTS = Route("pl-1", Target("GatewayId", "vpce-1"))
WITH_ENDPOINT = Table("rtb-1", "vpc-1", (LOCAL, ENDPOINTS))


def test_a_gateway_endpoints_route_is_its_own() -> None:
    assert code(check_replace, WITH_ENDPOINT, "pl-1", PCX) == "InvalidParameterValue"
    assert code(check_delete, WITH_ENDPOINT, "pl-1") == "InvalidParameterValue"


def test_a_list_to_a_peering_is_somebodys_own_route() -> None:
    own = Table("rtb-1", "vpc-1", (LOCAL, Route("pl-1", PCX)))
    check_delete(own, "pl-1")
    check_replace(own, "pl-1", PCX)


def test_a_list_takes_its_weight_of_a_tables_room() -> None:
    weights = {"pl-1": (4, 3)}
    check_create(TABLE, "pl-1", PCX, Limits(routes_per_table=4), weights)
    refused = code(check_create, TABLE, "pl-1", PCX, Limits(routes_per_table=3), weights)
    assert refused == "RouteLimitExceeded"
