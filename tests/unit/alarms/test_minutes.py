"""An alarm is judged at the minutes at which a point may change, and that is as good as at every minute."""

import random

import pytest

from peerkeeper_local.alarms import Metrics, State, history, next_state
from peerkeeper_local.deployment import Alarm, Metric, Statistic

X, Y = (Metric("Peerkeeper", name, frozenset()) for name in ("X", "Y"))
DAY = 86_400.0


def scattered(chance: random.Random) -> Metrics:
    metrics = Metrics()
    for metric in (X, Y):
        for at in sorted(chance.uniform(0, DAY / 2) for _ in range(20)):
            metrics.put(metric, at, float(chance.randrange(3)))
    return metrics


@pytest.mark.parametrize("period", [300, 3600])
@pytest.mark.parametrize("missing", ["missing", "breaching", "notBreaching"])
def test_no_minute_that_is_left_out_would_change_a_state(missing: str, period: int) -> None:
    chance = random.Random(period)
    metrics = scattered(chance)
    given = {"x": Statistic(X, period, "Sum"), "y": Statistic(Y, period, "Maximum")}
    alarm = Alarm(
        *("a", "", given, "SUM(METRICS())", period),
        *(3, 1, 1.0, "GreaterThanThreshold", missing),
    )
    state, seen = State.INSUFFICIENT_DATA, []
    for minute in range(1, int(DAY // 60) + 1):
        ends = [(minute - ago * period // 60) * 60.0 for ago in (4, 3, 2, 1, 0)]
        points = [
            history.evaluated(
                alarm.expression, {k: metrics.window(s, end) for k, s in given.items()}
            )
            for end in ends
        ]
        after = next_state(alarm, points, state)
        if after is not state:
            seen.append((minute * 60.0, after))
        state = after
    assert seen == [(one.at, one.state) for one in history.changes(alarm, metrics, 0.0, DAY)]
    assert seen
