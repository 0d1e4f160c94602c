"""What the indexes answer is what looking at everything answers, over worlds nobody thought of."""

from dataclasses import replace

from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.values.ec2 import TERMINAL, Route, inside, network
from peerkeeper.values.prefixes import ByPrefix

from tests.builders import peering, route, snapshot, table
from tests.properties.worlds import LOCATIONS, PCX, TARGETS, VPCS, snapshots

BITS_4 = st.integers(0, 2**32 - 1)
BITS_6 = st.integers(0, 2**128 - 1)
# Few distinct leading bits, so that networks do lie in each other.
NARROW = st.sampled_from((0x0A000000, 0x0A800000, 0x0AFF0000, 0xAC1F0000))
NETWORKS = st.one_of(
    st.tuples(st.one_of(NARROW, BITS_4), st.integers(0, 32)),
    st.tuples(st.one_of(NARROW.map(lambda bits: bits << 96), BITS_6), st.integers(0, 128)).map(
        lambda pair: (pair[0] | 2**125, pair[1])
    ),
).map(lambda pair: network_of(*pair))
ROUTES = st.lists(
    st.builds(Route, st.one_of(st.none(), NETWORKS), st.sampled_from((*TARGETS, ""))), max_size=12
)


def network_of(bits, length):
    if bits < 2**32:
        return network(f"{'.'.join(str(bits >> shift & 255) for shift in (24, 16, 8, 0))}/{length}")
    text = ":".join(f"{bits >> shift & 0xFFFF:x}" for shift in range(112, -1, -16))
    return network(f"{text}/{length}")


def multiset(items):
    return sorted(map(repr, items))


@budget(max_examples=500)
@given(st.lists(NETWORKS, max_size=12), NETWORKS)
def test_a_network_is_found_in_all_that_hold_it_and_in_no_other(networks, asked):
    index = ByPrefix((one, (number, one)) for number, one in enumerate(networks))
    naive = [(number, one) for number, one in enumerate(networks) if inside(asked, one)]
    assert multiset(index.holding(asked)) == multiset(naive)


@budget(max_examples=300)
@given(ROUTES, NETWORKS)
def test_a_route_table_answers_as_a_look_at_each_route_does(routes, asked):
    seen = table(routes=tuple(routes))
    held = [route for route in routes if route.destination and inside(asked, route.destination)]
    assert multiset(seen.holding(asked)) == multiset(held)
    for target in (*TARGETS, "", "pcx-none"):
        assert list(seen.routes_to(target)) == [one for one in routes if one.target == target]
    assert seen.peering_ids == {one.target for one in routes if one.to_peering}


@budget(max_examples=200)
@given(snapshots())
def test_a_snapshot_answers_as_a_look_at_each_view_and_table_does(seen):
    views = seen.peerings.items()
    for where in LOCATIONS:
        assert seen.peering_ids(where) == {pcx for (at, pcx), _ in views if at == where}
        for vpc_id in VPCS:
            assert list(seen.tables_of(where, vpc_id)) == [
                one
                for one in seen.route_tables.values()
                if (one.location, one.vpc_id) == (where, vpc_id)
            ]
        for pcx_id in (*PCX, "pcx-none"):
            found = [view for (_, seen_id), view in views if seen_id == pcx_id]
            ended = [view.status for view in found if view.status in TERMINAL]
            own = [view.status for view in found if view.location == where]
            assert list(seen.views_of(pcx_id)) == found
            assert seen.status_of(where, pcx_id) == next(iter((*ended, *own)), None)
            assert seen.knows_absent(where, pcx_id, VPCS[0]) is not bool(found)


def test_an_index_belongs_to_one_value_and_is_not_carried_into_a_changed_one():
    first = table(routes=(route("10.9.0.0/16", "nat-1"),))
    assert [*first.holding(network("10.9.1.0/24"))]
    assert not [*replace(first, routes=()).holding(network("10.9.1.0/24"))]
    seen = snapshot(peering(), first)
    assert seen.views_of(peering().id)
    assert seen.tables_of(first.location, first.vpc_id)
    emptied = replace(seen, peerings={}, route_tables={})
    assert not emptied.views_of(peering().id)
    assert not emptied.tables_of(first.location, first.vpc_id)
    assert first == table(routes=(route("10.9.0.0/16", "nat-1"),))
