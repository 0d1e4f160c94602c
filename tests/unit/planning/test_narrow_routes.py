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
