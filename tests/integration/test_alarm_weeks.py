"""Which alarm rings in a week, when, and when it is over: the first table of its page, lived.

An oracle: on ordinary days no alarm rings, neither before the trouble nor once it is over.
"""

from __future__ import annotations

import re

import pytest

from peerkeeper_local.story.stage import ROOT
from tests.integration.alarmed.weeks import BEGINS, EVERY_WEEK, MENDED, lived
from tests.integration.alarms import Ring

LONGEST = 3 * 60
"""Minutes that an alarm may stay after the mend: two hours of its window, and an hour to hear of it."""


def told() -> dict[str, tuple[str, ...]]:
    """The page's table: what rings, how often, how long after it began, how long after the mend."""
    page = (ROOT / "docs/operate/alarm-days.md").read_text()
    section = page.split("\n**In some hours.**", 1)[0]
    rows = re.findall(r"^\|((?: [^|]+ \|){5})$", section, re.MULTILINE)[1:]
    return {what: tuple(rest) for what, *rest in map(_cells, rows)}


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def measured(rings: list[Ring]) -> tuple[str, ...]:
    """The same, as lived."""
    if not rings:
        return ("nothing", "-", "-", "-")
    (name,) = {ring.alarm for ring in rings}
    last = rings[-1].until
    assert last is not None, "it never went back to OK"
    return (f"`{name}`", str(len(rings)), span(rings[0].at - BEGINS), span(last - MENDED))


def span(minutes: float) -> str:
    """Return a time in words: `7 min`, `1 h 22 min`."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def test_the_page_has_a_row_for_each_of_these_weeks_and_no_other() -> None:
    assert told().keys() == EVERY_WEEK.keys()


@pytest.mark.proof
@pytest.mark.parametrize("what", EVERY_WEEK)
def test_the_alarms_of_a_week_ring_when_the_page_says(what: str) -> None:
    rings = lived(EVERY_WEEK[what])
    assert measured(rings) == told()[what]
    assert all(BEGINS < ring.at < MENDED for ring in rings), "rang on an ordinary day"
    assert all(ring.until and ring.until < MENDED + LONGEST for ring in rings)


@pytest.mark.proof
def test_a_week_with_every_sweep_rings_as_one_whose_quiet_hours_are_passed_over() -> None:
    what = "our role is denied `CreateRoute`"
    assert measured(lived(EVERY_WEEK[what], whole=True)) == told()[what]
