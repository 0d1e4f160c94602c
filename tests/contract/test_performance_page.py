"""docs/how/performance.md has the rows of `make bench`, and names each module that has a table of its own."""

import re

from benchmarks.measures import MEASURES
from benchmarks.page import PAGE, figures
from benchmarks.row import goals_in_words
from benchmarks.still_world import LARGE, MEDIUM, SMALL, TABLES_A_VPC
from benchmarks.sweep import DEPLOYED
from tests.contract.deploy.templates import HUB, ROOT

TEXT = PAGE.read_text()
SUBJECTS = [each for measure in MEASURES for each in measure.subjects.values()]


def described():
    section = TEXT.split("\n## What each row is\n", 1)[1].split("\n\n**", 1)[0]
    return {
        name: line
        for line in section.splitlines()
        for name in re.findall(r"`([\w-]+)`", line.split("|")[1] if "|" in line else "")
    }


def test_the_page_describes_each_row_and_no_other():
    assert [*described()] == [each.name for each in SUBJECTS]


def test_the_last_figures_are_those_of_each_row_with_the_goals_of_today():
    shown = figures(TEXT)
    assert [*shown] == [each.name for each in SUBJECTS]
    assert [cells[-2] for cells in shown.values()] == [goals_in_words(each) for each in SUBJECTS]


def test_the_sizes_of_the_sweeps_are_those_that_are_served():
    for size in (SMALL, MEDIUM, LARGE):
        words = described()[f"sweep-{size.name}"]
        numbers = [int(each) for each in re.findall(r"\d+", words)]
        assert numbers[:3] == [size.regions, size.vpcs, size.peerings]
    assert f"{LARGE.vpcs * TABLES_A_VPC} tables" in described()["sweep-large"]


def test_the_sweep_as_deployed_has_the_memory_of_the_template():
    assert HUB["Resources"]["Sweep"]["Properties"]["MemorySize"] == DEPLOYED
    assert f"means {DEPLOYED:,} MB" in TEXT


def test_each_module_with_a_table_of_its_own_is_on_the_page():
    own = {
        path.stem
        for path in (ROOT / "benchmarks").glob("[!_]*.py")
        if '__name__ == "__main__"' in path.read_text()
    }
    section = TEXT.split("\n| module |", 1)[1]
    listed = [
        name
        for line in section.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert sorted(listed) == sorted(own)
