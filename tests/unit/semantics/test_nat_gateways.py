from dataclasses import replace
from typing import Any

import pytest

from peerkeeper_local.semantics.limits import Delays, Moment
from peerkeeper_local.semantics.nat_gateways import (
    NatGateway,
    check_addresses,
    description,
    failure_of,
    passes_traffic,
    state_of,
)
from peerkeeper_local.semantics.refusal import Refusal

DELAYS = Delays(nat_pending=60, nat_deleting=30, nat_tombstone=1000)
NAT = NatGateway(
    "nat-1",
    "vpc-1",
    "subnet-1",
    0.0,
    interface_id="eni-1",
    private_ip="10.0.1.7",
    allocation_id="eipalloc-1",
    public_ip="203.0.113.7",
    association_id="eipassoc-1",
)
DELETED = replace(NAT, deleted=100.0)
FAILED = replace(NAT, interface_id="", failure=("Gateway.NotAttached", "no way out"))


def at(now: float) -> Moment:
    return Moment(now, DELAYS)


@pytest.mark.parametrize(
    ("nat", "now", "state", "passes"),
    [
        (NAT, 59, "pending", True),
        (NAT, 60, "available", True),
        (DELETED, 129, "deleting", True),
        (DELETED, 130, "deleted", False),
        (DELETED, 1129, "deleted", False),
        (DELETED, 1130, None, False),
        (FAILED, 59, "pending", True),
        (FAILED, 60, "failed", False),
        (FAILED, 1060, None, False),
    ],
)
def test_the_state_follows_from_the_times(
    nat: NatGateway, now: float, state: str | None, passes: bool
) -> None:
    assert state_of(nat, at(now)) == state
    assert passes_traffic(nat, at(now)) is passes


def test_what_is_not_there_passes_nothing() -> None:
    assert not passes_traffic(None, at(0))


@pytest.mark.parametrize(
    ("connectivity", "address", "code"),
    [
        ("public", "eipalloc-1", ""),
        ("private", None, ""),
        ("public", None, "MissingParameter"),
        ("public", "", "MissingParameter"),
        ("private", "eipalloc-1", "InvalidParameterCombination"),
        ("sideways", None, "InvalidParameterValue"),
    ],
)
def test_a_public_gateway_has_an_address_and_a_private_one_none(
    connectivity: str, address: str | None, code: str
) -> None:
    said = ""
    try:
        check_addresses(connectivity, address)
    except Refusal as refusal:
        said = refusal.code
    assert said == code


@pytest.mark.parametrize(
    ("busy", "attached", "code"),
    [
        (False, True, None),
        (True, True, "Resource.AlreadyAssociated"),
        (False, False, "Gateway.NotAttached"),
    ],
)
def test_why_a_gateway_fails(busy: bool, attached: bool, code: str | None) -> None:
    failure = failure_of("vpc-1", "eipalloc-1", busy, attached)
    assert (failure and failure[0]) == code


def address(nat: NatGateway, now: float) -> Any:
    return description(nat, at(now), {})["NatGatewayAddresses"]


def test_a_pending_gateway_shows_the_allocation_alone() -> None:
    assert address(NAT, 0) == [{"AllocationId": "eipalloc-1"}]
    assert address(replace(NAT, connectivity="private", allocation_id=""), 0) == []


def test_an_available_gateway_shows_its_addresses() -> None:
    (shown,) = address(NAT, 60)
    assert (shown["PrivateIp"], shown["PublicIp"]) == ("10.0.1.7", "203.0.113.7")
    (private,) = address(replace(NAT, connectivity="private"), 60)
    assert "PublicIp" not in private


def test_a_failed_gateway_says_why_and_a_deleted_one_when() -> None:
    assert description(FAILED, at(60), {})["FailureCode"] == "Gateway.NotAttached"
    assert "FailureCode" not in description(FAILED, at(59), {})
    assert description(DELETED, at(130), {})["DeleteTime"].timestamp() == 100.0
    assert "DeleteTime" not in description(NAT, at(60), {})
