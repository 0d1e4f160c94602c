"""A table of verdicts for the subnets of two VPCs: the same as one question a pair, from few judgements."""

from dataclasses import replace

import pytest
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.matrix import matrix
from peerkeeper.values.ec2 import network
from peerkeeper.values.reachability import Verdict
from peerkeeper.values.traffic import traffic

from tests.builders import PCX, SEOUL, TOKYO, route, table
from tests.hosts import ALL_IN_AND_OUT, acl, end_of, hosts, subnet_of

COUNT = 30
FIRST = {SEOUL: "10.39", TOKYO: "172.31"}


def subnets(where):
    return [
        subnet_of(
            where,
            subnet_id=f"subnet-{where.region}-{n}",
            network=network(f"{FIRST[where]}.{n}.0/24"),
        )
        for n in range(COUNT)
    ]


PEER = {SEOUL: "172.31.0.0/16", TOKYO: "10.39.0.0/16"}
PING = [f"{way} {n + 1} allow icmp/{n} 0.0.0.0/0" for way in ("in", "out") for n in (0, 8)]


def tables(where, *more):
    """The main one leads nowhere. The even subnets have one that leads to the peer."""
    ids = tuple(end.subnet_id for end in subnets(where)[::2])
    lead = route(PEER[where], PCX)
    even = table(where, lead, *more, id=f"rtb-{where.region}-even", main=False, subnet_ids=ids)
    return table(where, id=f"rtb-{where.region}-main"), even


def acls(where, *entries):
    """Every third subnet has an ACL that passes only ping."""
    ids = [end.subnet_id for end in subnets(where)]
    others = tuple(one for n, one in enumerate(ids) if n % 3)
    return (
        acl(where, *PING, id=f"acl-{where.region}-3", subnet_ids=tuple(ids[::3])),
        acl(where, *entries, id=f"acl-{where.region}-open", subnet_ids=others),
    )


def estate(*, tokyos=ALL_IN_AND_OUT, seouls=()):
    return replace(
        hosts().around,
        route_tables=(*tables(SEOUL, *seouls), *tables(TOKYO)),
        network_acls=(*acls(SEOUL, *ALL_IN_AND_OUT), *acls(TOKYO, *tokyos)),
    )


def plainly(around, one, other, word):
    answer = judge(around, one, other, traffic(word))
    return answer.verdict, [(hop.kind, hop.state, hop.where, hop.rule) for hop in answer.hops]


@pytest.mark.parametrize(
    ("changed", "most"),
    [
        ({}, 16),
        # an entry that holds some subnets, one that holds a part of one, and a route to a part of one
        ({"tokyos": ("in 90 deny all 10.39.8.0/21", *ALL_IN_AND_OUT)}, 32),
        ({"tokyos": ("in 90 deny all 10.39.7.128/25", *ALL_IN_AND_OUT)}, 20),
        ({"seouls": (route("172.31.4.0/25", "igw-1"),)}, 20),
        ({"seouls": (route("172.31.16.0/20", "tgw-1"),)}, 32),
    ],
)
@pytest.mark.parametrize("word", ["icmp", "tcp/22"])
def test_every_pair_has_the_answer_that_its_own_question_has(changed, most, word):
    around = estate(**changed)
    found = matrix(around, subnets(SEOUL), subnets(TOKYO), traffic(word))
    assert len(found.cells) == COUNT * COUNT
    assert found.judgements <= most
    for one in subnets(SEOUL)[::2]:
        for other in subnets(TOKYO)[1::3]:
            answer = found.cells[one, other]
            cell = (
                answer.verdict,
                [(hop.kind, hop.state, hop.where, hop.rule) for hop in answer.hops],
            )
            assert cell == plainly(around, one, other, word)


def test_the_subnets_of_one_vpc_among_each_other():
    ours = subnets(SEOUL)
    found = matrix(estate(), ours, ours, traffic("tcp/22"))
    assert found.cells[ours[0], ours[0]].verdict is Verdict.REACHES
    assert found.cells[ours[0], ours[6]].verdict is Verdict.BLOCKED
    assert found.cells[ours[0], ours[1]].verdict is Verdict.BLOCKED
    assert found.cells[ours[1], ours[2]].verdict is Verdict.REACHES
    assert found.judgements <= 20


def test_interfaces_are_judged_one_by_one():
    hosts_ = [
        end_of(SEOUL, network=network(f"10.39.1.{n}/32"), interface_id=f"eni-{n}") for n in (5, 6)
    ]
    found = matrix(hosts().around, hosts_, [end_of(TOKYO)], traffic("tcp/22"))
    assert found.judgements == 2
    assert {answer.verdict for answer in found.cells.values()} == {Verdict.REACHES}


def test_pairs_of_two_families_are_left_out():
    six = subnet_of(TOKYO, network=network("fd31::/64"))
    found = matrix(hosts().around, [subnet_of(SEOUL)], [six, subnet_of(TOKYO)], traffic("icmp"))
    assert [other.network.version for _, other in found.cells] == [4]


def test_what_was_not_read_is_unknown_in_every_cell():
    nothing = replace(hosts().around, route_tables=(), network_acls=())
    found = matrix(nothing, subnets(SEOUL), subnets(TOKYO), traffic("icmp"))
    assert {answer.verdict for answer in found.cells.values()} == {Verdict.UNKNOWN}
    assert found.judgements == 1
