"""Routes to a peering that our side does not ask for: no advice of ours cuts what only they carry."""

from dataclasses import replace

import pytest
from peerkeeper.planning.plan import plan
from peerkeeper.settings import RouteScope
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_CIDR,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)

KEY = "peerkeeper:destinations"
SIX = network("2600:1f18:aaaa:5600::/56")
PART_OF_SIX = network("2600:1f18:aaaa:5601::/64")
BY_SUBNET = ("subnets", {})
FOR_ALL = (None, {"route_scope": RouteScope.SUBNETS})
WIDE, PART, LEFT_OUT = "10.39.0.0/16", "10.39.7.0/24", "10.39.8.0/24"
BOTH = f"{PART} {LEFT_OUT}"
WITHOUT = {"excluded_destinations": (network(LEFT_OUT),)}
SIX_ON = {"allow_ipv6": True, "allowed_destinations": (network("10.0.0.0/8"), network("2600::/16"))}


def beyond(*held, says=None, ours=TOKYO_CIDR, **chosen):
    """The findings about routes that Tokyo's table holds and does not ask for."""
    tags = ((KEY, says),) if says else ()
    theirs = replace(peering().requester, cidrs=(SEOUL_CIDR, SIX))
    seen = snapshot(
        peering(tags=tags, requester=theirs),
        vpc(cidrs=(ours,)),
        vpc(SEOUL, cidrs=theirs.cidrs),
        subnet(cidrs=(network(PART), PART_OF_SIX)),
        table(TOKYO, *(route(str(one), PCX) for one in held)),
    )
    made = plan(seen, settings(**chosen))
    assert not any(isinstance(one, CreateRoute) for one in made.changes)
    return [one for one in made.findings if one.code in (Code.WIDER, Code.SURPLUS)]


@pytest.mark.parametrize(("says", "chosen"), [BY_SUBNET, FOR_ALL])
def test_while_ipv6_is_off_a_wide_ipv6_route_is_none_of_ours(says, chosen):
    """No narrow one comes in its place, so that without it nothing would carry IPv6."""
    assert beyond(PART, SIX, says=says, **chosen) == []
    (told,) = beyond(PART, PART_OF_SIX, SIX, says=says, **chosen, **SIX_ON)
    assert f"--destination-ipv6-cidr-block {SIX}" in told.remedy.command


def test_while_ipv6_is_off_a_tag_that_names_ipv4_takes_no_ipv6_away():
    assert beyond(PART, SIX, says=PART) == []
    (told,) = beyond(PART, SIX, says=PART, **SIX_ON)
    assert f"routes {SIX} to {PCX}, but this side is to route none of it" in told.message


def test_a_wide_route_is_not_told_while_it_carries_a_named_network_that_is_not_allowed():
    assert beyond(WIDE, PART, says=BOTH, **WITHOUT) == []
    (told,) = beyond(WIDE, PART, says=PART, **WITHOUT)
    assert f"only {PART} of it, which the table also does" in told.message
    assert f"--destination-cidr-block {WIDE}" in told.remedy.command


@pytest.mark.parametrize(
    "narrow", [[LEFT_OUT], ["10.39.8.0/25", "10.39.8.128/25"]], ids=["by one", "by parts"]
)
def test_a_wide_route_is_told_once_somebody_routes_that_network_by_itself(narrow):
    (told,) = beyond(WIDE, PART, *narrow, says=BOTH, **WITHOUT)
    assert (told.code, f"only {PART}, {LEFT_OUT} of it" in told.message) == (Code.WIDER, True)


def test_a_route_to_a_part_of_that_network_is_not_enough():
    assert beyond(WIDE, PART, "10.39.8.0/25", says=BOTH, **WITHOUT) == []


def test_of_two_wide_routes_neither_counts_for_the_other():
    """To delete both, as both findings would say, would cut the network that is not allowed."""
    assert beyond(WIDE, "10.39.0.0/17", PART, says=BOTH, **WITHOUT) == []


def test_a_wide_route_that_holds_no_part_of_what_is_left_out_is_told():
    (told,) = beyond("10.39.64.0/18", PART, says=BOTH, **WITHOUT)
    assert "10.39.64.0/18 to " in told.message
    assert "none of it" in told.message


def test_a_network_that_overlaps_our_own_keeps_its_wide_route():
    assert beyond(WIDE, PART, says=BOTH, ours=network("10.39.8.0/25")) == []


@pytest.mark.parametrize(
    ("held", "says", "chosen", "deletes"),
    [
        ([WIDE, "10.0.0.0/8"], None, {}, True),
        ([PART, "10.0.0.0/8"], PART, {}, True),
        ([WIDE, "10.38.0.0/16"], None, {}, True),
        (["10.0.0.0/8"], None, {"allowed_destinations": ()}, False),
        ([PART, "10.0.0.0/8"], BOTH, WITHOUT, False),
        (["10.0.0.0/8"], "no network", {}, False),
    ],
)
def test_a_route_outside_the_peer_is_to_be_deleted_only_if_it_carries_nothing(
    held, says, chosen, deletes
):
    (told,) = beyond(*held, says=says, **chosen)
    assert told.code is Code.SURPLUS
    assert ("Delete it by hand" in told.message) is deletes
    assert ("which no narrower route of the table does" in told.message) is not deletes
