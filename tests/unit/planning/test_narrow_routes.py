"""A table that routes parts of a peer's network: kept, or made whole. The decision table, row by row."""

from dataclasses import replace

import pytest
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.settings import RouteScope
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.connectivity import Upshot
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code

from tests.builders import (
    PCX,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_TABLE,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

PARTS = [route("10.39.16.0/20", PCX), route("10.39.0.0/20", PCX)]
WHOLE = route(str(SEOUL_CIDR), PCX)
SIBLING = "rtb-0b31b31b31b31b302"


def judge(*tables, scope=RouteScope.KEEP):
    seen = snapshot(peering(), vpc(), *tables, whole=(TOKYO,))
    chosen = settings(route_scope=scope)
    made, (verdict,) = judged(plan(seen, chosen), seen, chosen)
    routes = {
        (one.route_table_id, one.destination)
        for one in made.changes
        if isinstance(one, CreateRoute)
    }
    return routes, {one.code for one in made.findings} - {Code.DNS_OFF}, verdict


def sibling(*routes):
    return table(TOKYO, *routes, id=SIBLING, main=False, subnet_ids=("subnet-1",))


@pytest.mark.parametrize(
    ("scope", "own", "other", "routes", "codes"),
    [
        (RouteScope.KEEP, [], [], {TOKYO_TABLE, SIBLING}, set()),
        (RouteScope.KEEP, PARTS, [], {SIBLING}, {Code.NARROW}),
        (RouteScope.KEEP, PARTS, PARTS, set(), {Code.NARROW}),
        (RouteScope.KEEP, PARTS, [WHOLE], set(), {Code.NARROW}),
        (RouteScope.KEEP, PARTS, [*PARTS, WHOLE], {TOKYO_TABLE}, set()),
        (RouteScope.KEEP, PARTS, [PARTS[0], WHOLE], set(), {Code.NARROW}),
        (RouteScope.KEEP, [*PARTS, WHOLE], [], {SIBLING}, set()),
        (RouteScope.VPC, PARTS, [], {TOKYO_TABLE, SIBLING}, set()),
    ],
)
def test_parts_are_kept_unless_a_sibling_has_the_whole(scope, own, other, routes, codes):
    found, said, _ = judge(table(TOKYO, *own), sibling(*other), scope=scope)
    assert found == {(each, SEOUL_CIDR) for each in routes}
    assert said == codes


def test_a_sibling_that_peerkeeper_itself_made_whole_widens_nothing():
    narrow, empty = table(TOKYO, *PARTS), sibling()
    routes, _, _ = judge(narrow, empty)
    assert routes == {(SIBLING, SEOUL_CIDR)}
    assert judge(narrow, sibling(WHOLE))[0] == set()


def test_a_part_that_another_route_wins_is_none_of_ours():
    torn = [replace(PARTS[0], static=False), route("10.39.16.0/20", "tgw-1")]
    routes, codes, _ = judge(table(TOKYO, *torn))
    assert (routes, codes) == ({(TOKYO_TABLE, SEOUL_CIDR)}, {Code.DIVERTED})


def test_parts_that_are_kept_are_what_the_table_wants():
    _, _, verdict = judge(table(TOKYO, *PARTS))
    assert verdict.upshot is Upshot.CARRIES
    assert {leg.destination for leg in verdict.legs} == {
        network("10.39.0.0/20"),
        network("10.39.16.0/20"),
    }


def test_a_part_of_the_peers_network_is_no_surplus_and_a_network_outside_it_is():
    _, said, _ = judge(table(TOKYO, *PARTS, route("10.40.0.0/16", PCX)))
    assert said == {Code.NARROW, Code.SURPLUS}


def test_a_narrow_route_of_somebody_else_keeps_nothing():
    routes, _, _ = judge(table(TOKYO, route("10.39.0.0/20", "nat-1")))
    assert routes == {(TOKYO_TABLE, SEOUL_CIDR)}


def test_what_is_kept_is_named_with_the_setting_that_changes_it():
    parts = [route(f"10.39.{number}.0/24", PCX) for number in range(5)]
    seen = snapshot(peering(), vpc(), table(TOKYO, *parts), whole=(TOKYO,))
    (words,) = (one.message for one in plan(seen, settings()).findings if one.code is Code.NARROW)
    assert "10.39.0.0/24, 10.39.1.0/24, 10.39.2.0/24 and 2 more of 10.39.0.0/16" in words
    assert "RouteScope=vpc" in words


SECOND = network("100.64.0.0/16")
NEAR_VPC = "vpc-0c31c31c31c31c310"


def advice(pcx, *resources):
    """The finding about Tokyo's narrow table; the value of the tag that its command sets, or None."""
    seen = snapshot(pcx, vpc(), *resources, whole=(TOKYO,))
    (said,) = (
        one
        for one in plan(seen, settings()).findings
        if (one.code, one.subject) == (Code.NARROW, TOKYO_TABLE)
    )
    if not said.remedy:
        return said, None
    assert said.remedy.clause in said.message
    assert said.remedy.does == "route the whole network for this peering only"
    before, _, value = said.remedy.command.partition("Value=")
    region, key = f"--region {TOKYO.region}", "Key=peerkeeper:destinations,"
    assert before == f"aws ec2 create-tags {region} --resources {PCX} --tags '{key}"
    return said, value.removesuffix("'")


def followed(pcx, value, *resources):
    """What is routed, and found, once the tag has this value."""
    tagged = replace(pcx, tags=(("peerkeeper:destinations", value),))
    seen = snapshot(tagged, vpc(), *resources, whole=(TOKYO,))
    made, _ = judged(plan(seen, settings()), seen, settings())
    creates = [one for one in made.changes if isinstance(one, CreateRoute)]
    routes = {(one.route_table_id, str(one.destination)) for one in creates}
    return routes, {one.code for one in made.findings} - {Code.DNS_OFF}


def test_the_command_routes_the_whole_network_of_this_peering_only():
    narrow = [table(TOKYO, *PARTS), sibling(*PARTS)]
    _, value = advice(peering(), *narrow)
    assert value == str(SEOUL_CIDR)
    routes = {(TOKYO_TABLE, value), (SIBLING, value)}
    assert followed(peering(), value, *narrow) == (routes, set())


def test_once_the_whole_is_routed_the_tag_may_go_and_the_table_stays_whole():
    assert judge(table(TOKYO, *PARTS, WHOLE))[:2] == (set(), set())


def test_the_command_keeps_every_other_network_of_the_peer():
    """What the tag does not name is not routed any more."""
    pcx = peering(requester=replace(peering().requester, cidrs=(SEOUL_CIDR, SECOND)))
    narrow = table(TOKYO, *PARTS, route(str(SECOND), PCX))
    _, value = advice(pcx, narrow)
    assert value == f"{SEOUL_CIDR} {SECOND}"
    assert followed(pcx, value, narrow) == ({(TOKYO_TABLE, str(SEOUL_CIDR))}, set())


def test_in_one_location_there_is_no_command_because_the_tag_would_widen_the_other_vpc_too():
    pcx = peering(requester=replace(peering().requester, location=TOKYO, vpc_id=NEAR_VPC))
    theirs = vpc(id=NEAR_VPC, cidrs=(SEOUL_CIDR,))
    back = table(TOKYO, route("172.31.0.0/16", PCX), id=SIBLING, vpc_id=NEAR_VPC)
    said, value = advice(pcx, theirs, back, table(TOKYO, *PARTS))
    assert (value, "RouteScope=vpc" in said.message) == (None, True)


def test_networks_that_no_tag_has_room_for_leave_the_parameter():
    many = tuple(network(f"100.{64 + number}.128.0/17") for number in range(20))
    pcx = peering(requester=replace(peering().requester, cidrs=(SEOUL_CIDR, *many)))
    said, value = advice(pcx, table(TOKYO, *PARTS))
    assert (value, "RouteScope=vpc" in said.message) == (None, True)


def test_a_table_that_peerkeeper_does_not_write_gets_no_advice_that_would_not_help():
    said, value = advice(peering(), table(TOKYO, *PARTS, tags=(("peerkeeper:routes", "report"),)))
    assert (value, said.message.endswith("and Peerkeeper adds no more")) == (None, True)
