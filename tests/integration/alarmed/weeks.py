"""Weeks of the estate: what goes wrong on the second day and is mended on the fifth.

In: the name of a week. Out: each time that an alarm rang, in minutes from the start of the week. A sweep runs
each quarter of an hour. People are there from nine to five, on each of the seven days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from peerkeeper_local.pump import Logs
from tests.integration.alarmed.deeds import lose_route, office_hours
from tests.integration.alarmed.estate import MINUTE, QUARTER, Estate
from tests.integration.alarmed.faults import (
    allowed_role,
    denied_role,
    denied_tags,
    full_table,
    raised_quota,
    trail,
    well,
)
from tests.integration.alarms import Ring, measured_again

HOUR, DAY = 60, 24 * 60
WEEK = 7 * DAY
BEGINS = DAY + 10 * HOUR + 9
MENDED = 4 * DAY + 15 * HOUR + 9
"""In minutes: on the second day at 10:09, on the fifth at 15:09."""


@dataclass(frozen=True)
class Week:
    """What goes wrong, how it is mended, and what a tool does each quarter of an hour until then."""

    fault: Callable[[Estate], Any] = well
    mend: Callable[[Estate], Any] = well
    tool: Callable[[Estate], Any] = well
    mode: str = "full"


EVERY_WEEK: Mapping[str, Week] = {
    "nothing goes wrong": Week(),
    "nothing goes wrong, in `observe`": Week(mode="observe"),
    "no trail": Week(trail(Logs.NOTHING), trail(Logs.ALL)),
    "the quota of routes is full": Week(full_table, raised_quota),
    "our role is denied `CreateRoute`": Week(denied_role, allowed_role),
    "our role is denied `CreateTags`": Week(denied_tags, allowed_role),
    "a tool deletes our route, each quarter of an hour": Week(tool=lose_route),
}


def lived(week: Week, *, whole: bool = False) -> list[Ring]:
    """Live the week; return each time that an alarm rang.

    Where it is not the `whole` week, a quarter of an hour with nothing done within an hour of it counts as
    measured like the one before it: its sweep would see what the last one saw.
    """
    with Estate(week.mode) as estate:
        begin = estate.cloud.clock.now()
        deeds = sorted(_deeds(estate, week), key=lambda deed: deed[0])
        moments = [minute for minute, _ in deeds]
        for quarter in range(0, WEEK, 15):
            estate.until(begin + quarter * MINUTE)
            first = bisect_left(moments, quarter)
            if whole or bisect_left(moments, quarter + HOUR) > bisect_left(moments, quarter - HOUR):
                estate.pump.sweep()
            else:
                measured_again(estate.measured, begin + (quarter - 15) * MINUTE, QUARTER)
            for minute, deed in deeds[first : bisect_left(moments, quarter + 15)]:
                estate.until(begin + minute * MINUTE)
                deed()
        estate.until(begin + WEEK * MINUTE)
        return [_in_minutes(ring, begin) for ring in estate.rings()]


def _in_minutes(ring: Ring, begin: float) -> Ring:
    until = None if ring.until is None else (ring.until - begin) / MINUTE
    return Ring(ring.alarm, (ring.at - begin) / MINUTE, until)


def _deeds(estate: Estate, week: Week) -> Iterator[tuple[int, Callable[[], Any]]]:
    """Yield what is done, with its minute of the week."""
    hours = (day * DAY + hour * HOUR for day in range(7) for hour in range(9, 17))
    for nth, hour in enumerate(hours):
        yield hour + 7, partial(office_hours, estate, nth)
    if week.fault is not well:
        yield BEGINS, partial(week.fault, estate)
        yield MENDED, partial(week.mend, estate)
    if week.tool is not well:
        for quarter in range(BEGINS, MENDED, 15):
            yield quarter, partial(week.tool, estate)
