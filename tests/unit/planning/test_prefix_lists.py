"""Routes to a prefix list: each entry counts as a route, and none of them is ours to change."""

from dataclasses import replace

import pytest
from peerkeeper.loop.list_entries import with_entries
from peerkeeper.loop.update_snapshot import with_observed
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.safety.guard import refusal
from peerkeeper.safety.rights import RIGHTS
from peerkeeper.values.changes import CreateRoute, TagStatus
from peerkeeper.values.connectivity import Cause, Way
from peerkeeper.values.ec2 import PrefixList, Route, network
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Function
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    OLD_PCX,
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

LIST, OTHER = "pl-0a1a1a1a1a1a1a1a1", "pl-0b2b2b2b2b2b2b2b2"
PEER = str(SEOUL_CIDR)
CREATE = CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")
ENTRIES = Read(TOKYO, Describe.PREFIX_LIST, By.PREFIX_LIST, LIST)


def by_list(target, list_id=LIST, **changed):
    return Route(None, target, static=False, prefix_list=list_id, **changed)


def listing(*cidrs, list_id=LIST, **changed):
    return PrefixList(TOKYO, list_id, tuple(map(network, cidrs)), **changed)


def seen_with(*routes, lists=(), **changed):
    """A snapshot of the table with these routes, its lists expanded as the loop does it."""
    found = {(TOKYO, one.id): one for one in lists}
    tabled = with_entries(table(TOKYO, *routes), found)
    return snapshot(peering(), vpc(), tabled, prefix_lists=found, whole=(TOKYO,), **changed)


def judge(seen, **changed):
    made, (verdict,) = judged(plan(seen, settings(**changed)), seen, settings(**changed))
    ways = [(leg.way, leg.cause) for leg in verdict.legs] or [(Way.CARRIED, Cause.NONE)]
    writes = [one for one in made.changes if isinstance(one, CreateRoute)]
    codes = {one.code for one in made.findings if one.code is not Code.DNS_OFF}
    return ways, codes, writes


@pytest.mark.parametrize(
    ("entries", "target", "way", "code", "writes"),
    [
        ([PEER], "tgw-1", (Way.BLOCKED, Cause.PREFIX_LIST), Code.PREFIX_LIST, []),
        (["10.0.0.0/8"], "tgw-1", (Way.BLOCKED, Cause.PREFIX_LIST), Code.PREFIX_LIST, []),
        (["10.39.7.0/24"], "tgw-1", (Way.DUE, Cause.NONE), Code.DIVERTED, [CREATE]),
        (["0.0.0.0/0"], "tgw-1", (Way.DUE, Cause.NONE), None, [CREATE]),
        (["10.50.0.0/16"], "tgw-1", (Way.DUE, Cause.NONE), None, [CREATE]),
        ([PEER], PCX, (Way.CARRIED, Cause.NONE), None, []),
        (["10.0.0.0/8"], PCX, (Way.CARRIED, Cause.NONE), None, []),
        (["10.50.0.0/16"], PCX, (Way.DUE, Cause.NONE), None, [CREATE]),
    ],
)
def test_an_entry_counts_as_a_route_to_its_network(entries, target, way, code, writes):
    seen = seen_with(by_list(target), lists=[listing(*entries)])
    assert judge(seen) == ([way], {code} - {None}, writes)


def test_a_list_of_aws_is_never_in_the_way():
    seen = seen_with(by_list("vpce-1"), lists=[listing(PEER, of_aws=True)])
    assert judge(seen) == ([(Way.DUE, Cause.NONE)], set(), [CREATE])


def test_a_list_that_was_not_read_yet_is_waited_for_and_the_guard_waits_too():
    seen = seen_with(by_list("tgw-1"))
    assert judge(seen) == ([(Way.UNKNOWN, Cause.NONE)], set(), [])
    assert "was not read" in refusal(CREATE, seen, settings(), RIGHTS[Function.CONNECT])


def test_a_list_that_may_not_be_read_counts_for_nothing_as_before():
    no = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "GetManagedPrefixListEntries")
    seen = seen_with(by_list("tgw-1"), unread={ENTRIES: no})
    assert judge(seen) == ([(Way.DUE, Cause.NONE)], set(), [CREATE])
    assert refusal(CREATE, seen, settings(), RIGHTS[Function.CONNECT]) is None


@pytest.mark.parametrize("entry", [PEER, "10.0.0.0/8"])
def test_the_guard_lets_no_route_take_the_traffic_of_a_list(entry):
    seen = seen_with(by_list("tgw-1"), lists=[listing(entry)])
    assert "S3" in refusal(CREATE, seen, settings(), RIGHTS[Function.CONNECT])


def test_a_static_route_wins_over_a_list_of_the_same_network():
    seen = seen_with(route(PEER, PCX), by_list("tgw-1"), lists=[listing(PEER)])
    assert judge(seen) == ([(Way.CARRIED, Cause.NONE)], set(), [])


def test_a_list_wins_over_a_propagated_route_of_the_same_network():
    propagated = route(PEER, "vgw-1", static=False)
    seen = seen_with(propagated, by_list(PCX), lists=[listing(PEER)])
    assert judge(seen)[0] == [(Way.CARRIED, Cause.NONE)]


def test_of_two_lists_with_unlike_targets_ec2_chooses_so_nothing_is_known():
    lists = [listing(PEER), listing(PEER, list_id=OTHER)]
    seen = seen_with(by_list(PCX), by_list("tgw-1", OTHER), lists=lists)
    ways, codes, writes = judge(seen)
    assert (ways, codes, writes) == ([(Way.UNKNOWN, Cause.PREFIX_LIST)], {Code.PREFIX_LIST}, [])
    alike = seen_with(by_list(PCX), by_list(PCX, OTHER), lists=lists)
    assert judge(alike)[0] == [(Way.CARRIED, Cause.NONE)]


@pytest.mark.parametrize(
    ("entry", "static"),
    [("10.0.0.0/8", PEER), ("10.0.0.0/8", "10.32.0.0/12"), (PEER, PEER)],
)
def test_a_list_to_the_peering_that_another_route_beats_is_a_conflict(entry, static):
    seen = seen_with(by_list(PCX), route(static, "tgw-1"), lists=[listing(entry)])
    ways, codes, writes = judge(seen)
    assert (ways, codes) == ([(Way.BLOCKED, Cause.ROUTE_CONFLICT)], {Code.CONFLICT})
    assert writes == []


def test_a_dead_route_of_a_list_is_never_deleted_and_the_command_names_the_list():
    seen = seen_with(by_list(OLD_PCX, blackhole=True), lists=[listing(PEER)])
    ended = peering(id=OLD_PCX, status="deleted")
    seen = replace(seen, peerings={**seen.peerings, (TOKYO, OLD_PCX): ended})
    made, verdicts = judged(plan(seen, settings()), seen, settings())
    (leg,) = next(one for one in verdicts if one.pcx_id == PCX).legs
    assert (leg.way, leg.cause) == (Way.BLOCKED, Cause.DEAD_ROUTE)
    assert f"--destination-prefix-list-id {LIST}" in leg.words
    assert [type(change) for change in made.changes] == [TagStatus]  # people are told, no more


def test_aws_owning_a_list_counts_whichever_read_comes_first():
    both = [
        Observed((ENTRIES,), prefix_lists=(listing(PEER),)),
        Observed((Read(TOKYO, Describe.AWS_PREFIX_LISTS),), prefix_lists=(listing(of_aws=True),)),
    ]
    start = seen_with(by_list("vpce-1"))
    for order in (both, both[::-1]):
        (found,) = with_observed(start, order).route_tables.values()
        assert {one.destination for one in found.routes if one.prefix_list} == {None}


def test_a_table_read_anew_has_its_entries_again():
    start = seen_with(by_list("tgw-1"), lists=[listing(PEER)])
    again = Observed((), route_tables=(table(TOKYO, by_list("tgw-1")),))
    assert with_observed(start, [again]).route_tables == start.route_tables
