"""docs/how/reliability.md names every promise, fault knob and seeded bug of the simulator, and no other."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from simulator import sweeps
from simulator.estates.seeded_bugs import BUGS
from simulator.faults import Knobs
from simulator.mutants import MUTANTS
from simulator.scenarios import SCENARIOS
from simulator.verdict import PROMISES
from tiers import LONG

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "simulator"
PAGE = (ROOT / "docs/how/reliability.md").read_text()


def rows(heading):
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.*?) \|", section, re.MULTILINE))


def test_every_promise_is_told_in_the_oracles_own_words():
    assert rows("Promises") == PROMISES


def test_every_promise_is_judged_somewhere():
    source = "".join(path.read_text() for path in ROOM.glob("*.py"))
    judged = r"""(?:need|Violation)\(\s*"(\w+)"|append\(f?"(\w+): |yield f?"(S\d) """
    found = {name for names in re.findall(judged, source) for name in names if name}
    assert found == set(PROMISES)


def test_every_knob_is_explained_and_no_other():
    assert set(rows("Faults")) == {knob.name for knob in fields(Knobs)}


def test_every_seeded_bug_is_told_in_its_own_words():
    assert rows("Seeded bugs") == {name: mutant.says for name, mutant in MUTANTS.items()}


def test_every_seeded_bug_of_the_foresight_is_told_in_its_own_words():
    assert rows("A plan is complete") == {name: bug.says for name, bug in BUGS.items()}


def test_the_matrix_has_every_row():
    section = PAGE.split("## The fault matrix", 1)[1].split("\n## ", 1)[0]
    numbers = [int(each) for each in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)]
    assert sorted(numbers) == [*range(1, 45)]


def test_the_knobs_that_the_matrix_names_are_knobs():
    section = PAGE.split("## The fault matrix", 1)[1].split("\n## ", 1)[0]
    named = {
        word
        for each in re.findall(r"(?:schedules|drawn|messages) \(([^)]*)\)", section)
        for word in re.findall(r"`(\w+)`", each)
    }
    assert named
    assert named <= {knob.name for knob in fields(Knobs)}


@pytest.mark.parametrize(
    "figure",
    [
        f"{len(SCENARIOS)} scenarios",
        f"{int(LONG['SCHEDULES']):,} seeds",
        f"every call of {len(sweeps.TESTED)} scenarios",
        f"every call of {len(sweeps.CRASHED)} scenarios",
    ],
)
def test_figures_that_the_code_fixes_are_those_of_the_code(figure):
    assert figure in PAGE
