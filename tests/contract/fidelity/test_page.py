"""docs/contribute/fidelity.md says what the rows say, and what is left open."""

import re
from collections import Counter

from tests.contract.deploy.templates import ROOT
from tests.contract.fidelity.deviations import ALL, AREAS
from tests.contract.fidelity.page import PAGE, START, page

TOP = PAGE.read_text().partition(START)[0]


def test_the_page_is_what_the_rows_say() -> None:
    assert PAGE.read_text() == page(), "run `make fidelity`"


def test_every_row_has_a_name_of_its_own_and_a_source() -> None:
    assert [name for name, times in Counter(each.name for each in ALL).items() if times > 1] == []
    assert all(each.source for each in ALL)
    assert all(each.aws != each.moto for each in ALL)


def test_every_module_of_deviations_is_in_an_area() -> None:
    modules = {each.scene.__module__.rpartition(".")[2] for each in ALL}
    here = ROOT / "tests/contract/fidelity"
    found = {path.stem for path in here.glob("*_deviations.py")}
    assert modules == found - {"test_deviations"}


def test_the_areas_are_listed_with_their_number_of_rows() -> None:
    listed = dict(re.findall(r"^\| ([^|]+) \| (\d+) \|", TOP, re.MULTILINE))
    assert listed == {area: str(len(rows)) for area, rows in AREAS.items()}


def test_what_is_left_open_has_a_reason() -> None:
    section = TOP.split("## What the local cloud leaves open\n", 1)[1]
    rows = re.findall(r"^\| (?!what \|)(.+) \|$", section, re.MULTILINE)
    assert len(rows) > 50
    for row in rows:
        cells = [cell.strip() for cell in row.split(" | ")]
        assert len(cells) == 4, row
        assert all(cells), row
