"""The states of an alarm over a stretch of time.

In: an alarm, metrics, two times. Out: its changes of state, and whom each told. CloudWatch evaluates an alarm
each minute, on a window that slides with it. Source: CloudWatch API, EvaluationWindow (SlidingWindow is the
default); CloudWatch User Guide, alarms on connected data sources (each minute, for every period).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peerkeeper_local.alarms.expression import Value, evaluated
from peerkeeper_local.alarms.metrics import Metrics
from peerkeeper_local.alarms.state import EXTRA, State, next_state
from peerkeeper_local.deployment import Alarm

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Change:
    """An alarm changed its state at that time (epoch seconds), and told these topics."""

    at: float
    alarm: str
    state: State
    told: tuple[str, ...]


def changes(alarm: Alarm, metrics: Metrics, begin: float, end: float) -> Iterator[Change]:
    """Yield the alarm's changes of state, evaluated each minute from `begin`, when it is made, to `end`.

    An alarm begins in INSUFFICIENT_DATA. Source: CloudWatch API, PutMetricAlarm. Assumed: the alarm
    sends no message about this first state, since actions are for changes.
    """
    state = State.INSUFFICIENT_DATA
    values: dict[int, Value] = {}
    for minute in _minutes(alarm, metrics, begin, end):
        steps = [minute - ago * alarm.period // MINUTE for ago in reversed(range(_reach(alarm)))]
        points = [_point(alarm, metrics, step, values) for step in steps]
        after = next_state(alarm, points, state)
        if after is not state:
            state = after
            yield Change(minute * float(MINUTE), alarm.name, state, told(alarm, state))


def _reach(alarm: Alarm) -> int:
    return alarm.evaluation_periods + EXTRA


def _minutes(alarm: Alarm, metrics: Metrics, begin: float, end: float) -> list[int]:
    """Return the minutes at which some point may differ from the minute before, and the first of all.

    A value comes into the newest point at the minute after it, into each older one a period later.
    """
    first, last, step = int(begin // MINUTE) + 1, int(end // MINUTE), alarm.period // MINUTE
    moved = {
        int(at // MINUTE) + 1 + lag * step
        for one in alarm.statistics.values()
        for at, _ in metrics.of(one.metric)
        for lag in range(_reach(alarm) + 1)
    }
    return [first, *sorted(minute for minute in moved if first < minute <= last)]


def told(alarm: Alarm, state: State) -> tuple[str, ...]:
    """Return the topics that receive a message about a change into this state."""
    if state is State.ALARM:
        return alarm.alarm_actions
    return alarm.insufficient_data_actions if state is State.INSUFFICIENT_DATA else ()


def _point(alarm: Alarm, metrics: Metrics, minute: int, known: dict[int, Value]) -> Value:
    """Return the data point that ends with this minute."""
    if minute not in known:
        ends = minute * float(MINUTE)
        given = {name: metrics.window(one, ends) for name, one in alarm.statistics.items()}
        there = frozenset(n for n, one in alarm.statistics.items() if metrics.has(one.metric))
        known[minute] = evaluated(alarm.expression, given, existing=there)
    return known[minute]
