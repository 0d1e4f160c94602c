"""The state of an alarm, from its last data points.

In: the points, oldest first, None where there is no data. Out: OK, ALARM or INSUFFICIENT_DATA. Never looks at
a metric or a clock. Source: CloudWatch User Guide, configuring how alarms treat missing data, its two tables.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from peerkeeper_local.deployment import Alarm

EXTRA = 2
"""Points that are looked at beyond EvaluationPeriods. Source: the guide's tables have five for three; for
other lengths it names no number (assumed the same)."""
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


class State(StrEnum):
    """As CloudWatch calls them."""

    OK = "OK"
    ALARM = "ALARM"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


def next_state(alarm: Alarm, points: Sequence[float | None], state: State) -> State:
    """Return the alarm's state after these points, the newest last; `state` is the one before.

    Points older than the evaluation range are left out. Raises KeyError for a comparison, or a treatment of
    missing data, that is not known.
    """
    breaches = COMPARISONS[alarm.comparison]
    seen = points[-(alarm.evaluation_periods + EXTRA) :]
    bad = [None if value is None else breaches(value, alarm.threshold) for value in seen]
    known = [one for one in bad if one is not None]
    lacking = max(0, alarm.evaluation_periods - len(known))
    if not lacking:
        return _judged(sum(known[-alarm.evaluation_periods :]) >= alarm.datapoints_to_alarm)
    filled = {"breaching": lacking, "notBreaching": 0, "missing": None, "ignore": None}
    more = filled[alarm.missing]
    if more is not None:
        return _judged(sum(known) + more >= alarm.datapoints_to_alarm)
    if sum(known) >= alarm.datapoints_to_alarm:
        return State.ALARM
    if not all(known):
        return State.OK
    if alarm.missing == "ignore":
        return state
    if not known:
        return State.INSUFFICIENT_DATA
    return State.ALARM if _old_enough(bad, alarm) else state


def _judged(breaching: bool) -> State:
    return State.ALARM if breaching else State.OK


def _old_enough(bad: Sequence[bool | None], alarm: Alarm) -> bool:
    """Tell whether the oldest breaching point is at least as old as DatapointsToAlarm.

    Source: the same page, avoiding premature transitions to alarm state.
    """
    recent = bad[-alarm.evaluation_periods :]
    ages = [len(recent) - at for at, one in enumerate(recent) if one]
    return bool(ages) and ages[0] >= alarm.datapoints_to_alarm
