"""Plan = what the functions do: the command line foresees all that they then write, and no more."""

from __future__ import annotations

import gc
from collections import Counter

import pytest
from peerkeeper.settings import Mode
from peerkeeper.values.changes import KINDS, TagStatus

from simulator import engine
from simulator.estates.comparison import compared
from simulator.estates.drawn_estate import drawn_estate
from simulator.estates.seeded_bugs import BUGS, rules_plan_too_much

FEW, MANY = 25, 500
MODES = (Mode.FULL, Mode.ADD_ONLY)
LEFT_OUT = ("SetMapPublicIpOnLaunch", "TagStatus", "AddEndpointTable", "EnablePrivateDns")
"""The first is counted twice. The estates have no endpoints: endpoints/test_kept.py compares their plan."""
KINDS_OF_WRITE = (
    *(kind.__name__ for kind in KINDS if kind.__name__ not in LEFT_OUT),
    "DeleteRoute by absence",
    "SetMapPublicIpOnLaunch on",
    "SetMapPublicIpOnLaunch off",
)
SITUATIONS = (
    "claimed-twice",
    "deletes-withheld",
    "dns-off",
    "held-twin",
    "narrow-routes-kept",
    "prefix-list-conflict",
    "route-conflict",
    "routed-not-approved",
    "scope-unreadable",
    "wider-than-scope",
)
"""Findings that say what was in the way of a write: an estate without them proves little."""
LEAST = {FEW: (1, 20), MANY: (100, 1000)}
"""How often each kind of write must occur, and how many of them after a second look."""
MOST_TRIED = 100
THREE = ("guard-forgotten", "second-looks-forgotten", "accepter-hidden")


def differences(seeds):
    """Yield (lines about it, what was compared) for every estate and mode."""
    with engine.quick():
        for seed in seeds:
            for mode in MODES:
                found = compared(drawn_estate(seed), mode)
                lines = [f"estate {seed}, mode {mode}: {words}" for words in found.differences]
                yield lines, found
            if seed % FEW == 0:
                gc.collect()


def assert_complete(estates, measured):
    lines, kinds, unsettled = [], Counter(), 0
    for said, found in differences(range(estates)):
        lines += said
        kinds += found.kinds
        unsettled += found.unsettled
    writes = sum(kinds[kind] for kind in KINDS_OF_WRITE)
    measured(
        f"{estates} estates, in {' and '.join(MODES)}: {writes:,} writes, {len(lines)} differences"
    )
    measured(
        ", ".join(f"{kind} {kinds[kind]:,}" for kind in (*KINDS_OF_WRITE, "later", *SITUATIONS))
    )
    assert not lines, "\n".join(lines[:20])
    assert unsettled < estates * len(MODES) / 5, "what is not compared to the end"
    each, later = LEAST[estates]
    rare = [kind for kind in KINDS_OF_WRITE if kinds[kind] < each]
    assert not rare, f"too few of {rare}: {kinds}"
    assert kinds["later"] >= later
    assert all(kinds[code] for code in SITUATIONS) or estates == FEW


def test_every_kind_of_change_but_the_status_tag_is_counted():
    assert TagStatus in KINDS
    assert len(KINDS_OF_WRITE) == len(KINDS) - len(LEFT_OUT) + 3


def test_a_plan_has_all_that_the_functions_write_and_no_more(measured):
    assert_complete(FEW, measured)


@pytest.mark.proof
def test_the_plans_of_many_estates_have_all_that_the_functions_write(measured):
    assert_complete(MANY, measured)


def test_what_the_guard_refuses_is_foreseen_as_refused():
    with rules_plan_too_much():
        found = [words for lines, _ in differences(range(FEW)) for words in lines]
    assert found
    assert all(": the guard would refuse " in words for words in found), found


@pytest.mark.parametrize("name", THREE)
def test_a_seeded_bug_is_caught(name, measured):
    assert_caught(name, measured)


@pytest.mark.proof
@pytest.mark.parametrize("name", sorted(BUGS.keys() - {*THREE}))
def test_every_seeded_bug_is_caught(name, measured):
    assert_caught(name, measured)


def assert_caught(name, measured):
    with BUGS[name].put_in():
        for number, (lines, _) in enumerate(differences(range(MOST_TRIED))):
            if any(": the guard would refuse " not in words for words in lines):
                measured(f"foresight {name:24} caught in estate {number // len(MODES) + 1}")
                return
    raise AssertionError(f"{name} ({BUGS[name].says}) passes {MOST_TRIED} estates")
