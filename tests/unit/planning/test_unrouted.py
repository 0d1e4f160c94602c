"""Does a table of our side lack a route? The decision table of `peerkeeper.planning.unrouted`, row by row."""

from dataclasses import replace

import pytest
from peerkeeper.planning.unrouted import lacks_routes, may_be_routed
from peerkeeper.values.ec2 import Side, network

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    TOKYO,
    TOKYO_CIDR,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

PEER = str(SEOUL_CIDR)
LIST = "pl-0a39a39a39a39a391"


def lacks(*resources, pcx=None):
    pcx = pcx or peering()
    seen = snapshot(pcx, *resources)
    return lacks_routes(seen, settings(), pcx, pcx.accepter, pcx.requester)


def tagged(value):
    return (("peerkeeper:routes", value),)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (table(), True),
        (table(tags=tagged(SEOUL_VPC)), True),
        (table(tags=tagged("report")), True),
        (table(tags=tagged("none")), False),
        (table(tags=tagged(OLD_PCX)), False),
        (table(main=False), False),
        (table(TOKYO, route(PEER, PCX)), False),
        (table(TOKYO, route(PEER, "nat-1")), True),
        (table(TOKYO, route("10.39.0.0/17", PCX)), False),
        (table(TOKYO, route("10.0.0.0/8", PCX, prefix_list=LIST)), False),
        (table(TOKYO, route("10.0.0.0/8", "tgw-1", prefix_list=LIST)), True),
    ],
)
def test_a_table_lacks_what_it_should_route_and_does_not(one, expected):
    assert lacks(vpc(), one) is expected


def test_a_part_is_kept_until_a_sibling_shows_that_the_whole_was_lost():
    part = route("10.39.0.0/17", PCX)
    sibling = table(TOKYO, part, route(PEER, PCX), id="rtb-0b")
    assert lacks(vpc(), table(TOKYO, part), sibling)


def test_a_network_that_overlaps_our_own_is_not_lacking_and_another_of_the_same_peer_is():
    ours = replace(peering(), requester=Side(SEOUL, SEOUL_VPC, (TOKYO_CIDR,)))
    assert not lacks(vpc(), table(), pcx=ours)
    assert lacks(table(), pcx=ours)  # what our VPC holds is not known yet
    both = replace(ours, requester=Side(SEOUL, SEOUL_VPC, (TOKYO_CIDR, network(PEER))))
    assert lacks(vpc(), table(), pcx=both)


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        ([], True),
        ([vpc()], True),
        ([vpc(tags=())], False),
        ([vpc(tags=(*vpc().tags, ("peerkeeper:exempt", "true")))], False),
    ],
)
def test_a_vpc_that_is_exempt_or_has_not_agreed_is_not_routed_and_one_not_read_may_be(
    ours, expected
):
    pcx = peering()
    seen = snapshot(pcx, *ours)
    assert may_be_routed(seen, settings(), pcx, pcx.accepter, pcx.requester) is expected


def test_the_tag_that_agrees_is_looked_for_in_our_own_locations_view():
    theirs, ours = peering(SEOUL), peering(tags=(("peerkeeper:approved", "true"),))
    sides = (theirs.accepter, theirs.requester)
    for views, expected in (([theirs], True), ([theirs, ours], True), ([theirs, peering()], False)):
        seen = snapshot(*views, vpc(tags=()))
        assert may_be_routed(seen, settings(), theirs, *sides) is expected
