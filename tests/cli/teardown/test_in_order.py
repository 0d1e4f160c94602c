"""The order of a teardown's steps: a row of the table each, and any order in gives the same order out."""

import random
from graphlib import TopologicalSorter
from itertools import combinations

import pytest

from peerkeeper_cli.teardown.order.in_order import AFTER, in_order
from peerkeeper_cli.teardown.order.step import Step
from peerkeeper_cli.teardown.seen.kind import Kind
from tests.builders import SEOUL, TOKYO

ROWS = {
    Kind.PEERING: [],
    Kind.ROUTE: ["peering"],
    Kind.STALE_RULE: ["peering"],
    Kind.AUTHORIZATION: ["peering"],
    Kind.ZONE: ["peering", "authorization"],
    Kind.INSTANCE: [],
    Kind.NAT_GATEWAY: [],
    Kind.ENDPOINT: [],
    Kind.ADDRESS: ["instance", "NAT gateway"],
    Kind.INTERFACE: ["instance", "address"],
    Kind.GROUP_RULE: [],
    Kind.GROUP: ["instance", "endpoint", "interface", "group rule"],
    Kind.SUBNET: ["instance", "NAT gateway", "endpoint", "interface"],
    Kind.EDGE: [],
    Kind.TABLE: ["subnet", "endpoint", "edge association"],
    Kind.ACL: ["subnet"],
    Kind.INTERNET_GATEWAY: [
        *("instance", "NAT gateway", "address", "interface", "edge association"),
    ],
    Kind.EGRESS_GATEWAY: [],
    Kind.VPC: [kind.value for kind in Kind if kind is not Kind.VPC],
}


def step(kind, number=0, where=SEOUL):
    return Step(kind, where, f"{kind.value}-{number}", "gone")


def places(steps):
    return {(one.kind, one.location, one.resource): at for at, one in enumerate(steps)}


@pytest.mark.parametrize("kind", [*Kind])
def test_a_step_comes_after_the_kinds_of_its_row(kind):
    assert {one.value for one in AFTER[kind]} == {*ROWS[kind]}
    found = in_order([step(kind), *(step(Kind(one)) for one in ROWS[kind])])
    assert found[-1].kind is kind


def test_the_table_has_no_circle():
    order = [*TopologicalSorter(AFTER).static_order()]
    assert {*order} == {*Kind}


@pytest.mark.parametrize(("before", "after"), [*combinations(Kind, 2)])
def test_two_kinds_stand_as_a_person_expects_them(before, after):
    """The order of the kinds is itself one that the table allows, so it decides every free choice."""
    found = in_order([step(after), step(before)])
    assert [one.kind for one in found] == [before, after]


@pytest.mark.parametrize("seed", range(50))
def test_any_order_in_gives_the_same_order_out(seed):
    chance = random.Random(seed)
    steps = [
        step(chance.choice([*Kind]), number, chance.choice([SEOUL, TOKYO])) for number in range(40)
    ]
    found = in_order(steps)
    assert sorted(found, key=repr) == sorted(steps, key=repr)
    assert in_order(chance.sample(steps, len(steps))) == found
    for one in found:
        earlier = found[: found.index(one)]
        assert all(other in earlier for other in steps if other.kind in AFTER[one.kind])


def test_equal_kinds_stand_by_location_and_id():
    steps = [
        step(Kind.SUBNET, 2),
        step(Kind.SUBNET, 1, TOKYO),
        step(Kind.SUBNET, 1),
    ]
    assert [(one.location, one.resource) for one in in_order(steps)] == [
        (TOKYO, "subnet-1"),
        (SEOUL, "subnet-1"),
        (SEOUL, "subnet-2"),
    ]


def test_nothing_in_is_nothing_out():
    assert in_order([]) == ()
