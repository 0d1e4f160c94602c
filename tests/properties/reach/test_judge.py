"""The judge and a brute-force oracle, over sampled packets of drawn worlds, say the same of every hop."""

import os
from dataclasses import fields, is_dataclass, replace
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.ec2 import Location, PeeringConnection
from peerkeeper.values.network_acls import AclEntry
from peerkeeper.values.reachability import State
from peerkeeper.values.security_groups import GroupRule

from tests.properties.reach.packet_oracle import judged
from tests.properties.reach.worlds import FAR, HERE, NETWORKS, PORTS, THERE, worlds

pytestmark = [pytest.mark.no_cover, pytest.mark.fuzzed]
DRAWN = int(os.environ.get("FUZZED") or 500)
FEWER = DRAWN // 5
BAD_TO_GOOD = (State.BLOCKED, State.UNKNOWN, State.PASSED)


@budget(max_examples=DRAWN)
@given(worlds())
def test_every_hop_and_the_verdict_are_those_of_packets_tried_one_by_one(world):
    answer = judge(*world)
    verdict, hops, tried, open_ports = judged(world)
    said = {(hop.kind.value, hop.back): (hop.state.value, hop.in_part) for hop in answer.hops}
    assert said == hops
    assert answer.verdict == verdict
    if tried is not None:
        ours = {p for p in tried if any(a <= p <= b for a, b in answer.client_ports.parts)}
        assert ours == open_ports


def decided(answer):
    """What the answer rests on. Where EC2 chooses between two lists, either may be named."""
    hops = [
        (hop.kind, hop.back, hop.state, hop.in_part, hop.state is State.UNKNOWN or hop.rule)
        for hop in answer.hops
    ]
    return answer.verdict, answer.replies, answer.client_ports, hops


@budget(max_examples=FEWER)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_what_ec2_returns_does_not_matter(world, dice):
    def mixed(values):
        return tuple(dice.sample(values, len(values)))

    around = replace(
        world.around,
        route_tables=mixed(
            [replace(one, routes=mixed(one.routes)) for one in world.around.route_tables]
        ),
        network_acls=mixed(
            [replace(one, entries=mixed(one.entries)) for one in world.around.network_acls]
        ),
        security_groups=mixed(
            [
                replace(one, ingress=mixed(one.ingress), egress=mixed(one.egress))
                for one in world.around.security_groups
            ]
        ),
        peerings=mixed(world.around.peerings),
        prefix_lists=mixed(
            [replace(one, networks=mixed(one.networks)) for one in world.around.prefix_lists]
        ),
    )
    assert decided(judge(*world)) == decided(judge(around, *world[1:]))


allows = st.builds(
    AclEntry,
    st.integers(0, 9).map(lambda n: 10 * n + 2),
    st.booleans(),
    st.just(True),
    st.sampled_from((-1, 6, 17, 1, 58)),
    st.sampled_from(NETWORKS),
    st.sampled_from((None, (0, 65535), (1024, 49151), (22, 22))),
)
rules = st.builds(
    GroupRule,
    st.sampled_from((-1, 6, 17)),
    st.just(0),
    st.sampled_from(PORTS),
    st.sampled_from(NETWORKS),
)


@budget(max_examples=FEWER)
@given(worlds(), allows, rules)
def test_one_more_allow_never_makes_anything_worse(world, entry, rule):
    around = replace(
        world.around,
        network_acls=tuple(
            replace(one, entries=(*one.entries, entry)) for one in world.around.network_acls
        ),
        security_groups=tuple(
            replace(one, ingress=(*one.ingress, rule), egress=(rule, *one.egress))
            for one in world.around.security_groups
        ),
    )
    before, after = judge(*world), judge(around, *world[1:])
    assert before.client_ports <= after.client_ports
    for one, other in zip(before.hops, after.hops, strict=True):
        assert BAD_TO_GOOD.index(other.state) >= BAD_TO_GOOD.index(one.state)


def swapped(value, places):
    """The same with the places of both ends exchanged, and with each peering asked for by the other side."""
    if isinstance(value, PeeringConnection):
        value = replace(value, requester=value.accepter, accepter=value.requester)
    if isinstance(value, Location | str) and not isinstance(value, Enum):
        return places.get(value, value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(swapped(one, places) for one in value)
    if isinstance(value, frozenset):
        return frozenset(swapped(one, places) for one in value)
    if is_dataclass(value):
        changed = {f.name: swapped(getattr(value, f.name), places) for f in fields(value)}
        return replace(value, **changed)
    return value


@budget(max_examples=FEWER)
@given(worlds())
def test_where_the_ends_are_and_who_asked_for_the_peering_do_not_matter(world):
    """A to B is B to A, once everything of A is in B's place and everything of B in A's."""
    there = world.target.location
    places = {"vpc-1": "vpc-2", "vpc-2": "vpc-1", "subnet-1": "subnet-2", "subnet-2": "subnet-1"}
    places |= {HERE: there, there: HERE} if there in (THERE, FAR) else {}
    around, source, target = (swapped(one, places) for one in world[:3])
    assert source.location == there
    assert decided(judge(around, source, target, world.traffic)) == decided(judge(*world))
