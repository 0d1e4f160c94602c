"""The one table: how it looks, what it says in JSON, how it gets onto the page. Nothing is measured here."""

import io

import pytest
from rich.console import Console

from benchmarks.machine import Machine
from benchmarks.measures import MEASURES, asked_for
from benchmarks.page import BEGIN, END, figures, with_figures
from benchmarks.row import Goal, Row, Subject
from benchmarks.table import HEADS, markdown, notes, plain, shown

MACHINE = Machine("2026-11-29", 2, ("Python 3.13.0 with boto3 1.44.5", "Terraform 1.11.4"))
SUBJECTS = [each for measure in MEASURES for each in measure.subjects.values()]
WIDE = [Row(each, 999.4, 999.4 if each.peer else None, 999.4, 12.345) for each in SUBJECTS]
"""Figures as wide as they get."""
MISSING = Row(Subject("sweep", "s", "c7n", (Goal(4.5),)), 4.4, None, 1.03, None, "there is no c7n")


def printed(rows, width):
    said = io.StringIO()
    console = Console(file=said, width=width)
    console.print(shown(rows, MACHINE.lines(), console.width))
    return said.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_each_row_is_one_line_of_the_terminal(width):
    lines = printed(WIDE, width)
    assert max(map(len, lines)) <= width
    assert [line.split()[0] for line in lines[1 : 1 + len(WIDE)]] == [one.name for one in SUBJECTS]
    assert lines[1 + len(WIDE)].strip() == ""


def test_columns_stand_below_their_heads():
    head, row, *_ = printed([MISSING], 120)
    starts = [head.index(each) for each in HEADS[:-1]]
    ends = [*starts[1:], len(row)]
    shown = [row[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    assert shown == ["sweep", "4.40 s", "c7n -", "1.03 s", "-", "4.5 s   met"]


def test_notes_say_why_a_figure_is_missing_and_what_was_chosen():
    chosen = Row(Subject("fleet", "s", note="eight at once is a choice"), 75.0)
    assert [*notes([MISSING, chosen, Row(Subject("plan", "ms"), 1.0)])] == [
        "sweep: not measured, because there is no c7n",
        "fleet: eight at once is a choice",
    ]
    assert "sweep: not measured, because there is no c7n" in printed([MISSING], 80)


def test_json_has_the_figures_themselves():
    (row,) = plain([MISSING])
    assert row == {
        "figure": "sweep",
        "unit": "s",
        "ours": 4.4,
        "instead": "c7n",
        "theirs": None,
        "floor": 1.03,
        "ratio": None,
        "goals": [{"most": 4.5, "of": "ours"}],
        "verdict": "met",
        "note": None,
        "missing": "there is no c7n",
    }


def test_the_page_keeps_what_people_wrote_and_gets_the_new_figures():
    page = f"# Performance\n\n{BEGIN}\n| `old` | 1 s |\n{END}\nWords.\n"
    written = with_figures(page, [MISSING], MACHINE)
    assert written.startswith(f"# Performance\n\n{BEGIN}")
    assert written.endswith(f"{END}\nWords.\n")
    assert "\n\nMeasured on 2026-11-29 on 2 cores, with:\n\n- Python 3.13.0 with boto3" in written
    assert "- `sweep`: not measured, because there is no c7n.\n" in written
    assert figures(written) == {"sweep": ["4.40 s", "c7n -", "1.03 s", "-", "4.5 s", "met"]}
    assert with_figures(written, [MISSING], MACHINE) == written


def test_a_page_without_its_marks_is_an_error():
    with pytest.raises(ValueError, match="marks"):
        with_figures("# Performance\n", [MISSING], MACHINE)


def test_markdown_has_a_cell_for_each_head():
    assert {line.count("|") for line in markdown(WIDE)} == {len(HEADS) + 1}


def test_rows_are_asked_for_by_name_or_by_first_words():
    assert asked_for(["plan"]) == {"plan-existing", "plan-new"}
    assert asked_for(["cold-start-2", "memory"]) == {"cold-start-2", "memory"}
    assert asked_for([]) == {each.name for each in SUBJECTS}
    with pytest.raises(KeyError, match="cold-start-3, pla"):
        asked_for(["plan", "pla", "cold-start-3"][::-1])


def test_no_two_rows_share_a_name():
    assert len({each.name for each in SUBJECTS}) == len(SUBJECTS)


def test_a_measure_of_some_rows_has_these_alone():
    kept = {name for each in MEASURES for name in each.only({"memory", "plan-new"}).subjects}
    assert kept == {"memory", "new"}
