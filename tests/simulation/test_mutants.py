"""Every seeded bug is caught: a harness that cannot find these finds nothing."""

from __future__ import annotations

import pytest

from simulator import engine
from simulator.mutants import MUTANTS

MOST = 1000
THREE = ("absent-means-deleted", "one-side-only", "unread-is-empty")


@pytest.mark.parametrize("name", THREE)
def test_the_simulator_catches_three_of_them(name, measured):
    assert_caught(name, measured)


@pytest.mark.proof
@pytest.mark.parametrize("name", MUTANTS)
def test_the_simulator_catches(name, measured):
    assert_caught(name, measured)


def assert_caught(name, measured):
    mutant = MUTANTS[name]
    tally = engine.run(range(MOST), most_broken=1, around=mutant.put_in)
    assert tally.broken, f"{name} ({mutant.says}) passes {MOST} schedules"
    seed, words = tally.broken[0]
    measured(f"mutant {name:26} caught in schedule {seed + 1:4}, by {words.split(':')[0]}")


def test_a_mutant_is_taken_out_again():
    for mutant in MUTANTS.values():
        with mutant.put_in():
            pass
    tally = engine.run(range(40))
    assert not tally.broken
