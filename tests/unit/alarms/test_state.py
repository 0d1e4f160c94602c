"""An alarm's state, row by row as the guide's tables of missing data have it; `X` breaches, `0` does not."""

from dataclasses import replace

import pytest

from peerkeeper_local.alarms import State, next_state
from peerkeeper_local.deployment import Alarm

ALL = Alarm("a", "", {}, "m", 300, 3, 3, 5.0, "GreaterThanThreshold", "missing")
TWO = replace(ALL, datapoints_to_alarm=2)
POINTS = {"-": None, "0": 1.0, "X": 9.0}
O, A, I, KEPT = State.OK, State.ALARM, State.INSUFFICIENT_DATA, None  # noqa: E741  the table's words
TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")


@pytest.mark.parametrize(
    ("alarm", "shown", "states"),
    [
        (ALL, "0-X-X", (O, O, O, O)),
        (ALL, "----0", (O, O, O, O)),
        (ALL, "-----", (I, KEPT, A, O)),
        (ALL, "0XX-X", (A, A, A, A)),
        (ALL, "--X--", (A, KEPT, A, O)),
        (TWO, "0-X-X", (A, A, A, A)),
        (TWO, "00X0X", (A, A, A, A)),
        (TWO, "0-X--", (O, O, A, O)),
        (TWO, "----0", (O, O, A, O)),
        (TWO, "---X-", (A, KEPT, A, O)),
    ],
)
@pytest.mark.parametrize("before", [State.OK, State.ALARM])
def test_a_row_of_the_guide(
    alarm: Alarm, shown: str, states: tuple[State | None, ...], before: State
) -> None:
    points = [POINTS[sign] for sign in shown]
    for missing, state in zip(TREATMENTS, states, strict=True):
        given = next_state(replace(alarm, missing=missing), points, before)
        assert given is (state or before), missing


def test_of_missing_data_that_counts_as_missing_one_new_breach_is_too_young() -> None:
    assert next_state(ALL, [None, None, None, None, 9.0], State.OK) is State.OK


def test_points_older_than_the_range_are_forgotten() -> None:
    quiet = replace(ALL, evaluation_periods=1, datapoints_to_alarm=1, missing="notBreaching")
    assert next_state(quiet, [9.0, None, None], State.OK) is State.ALARM
    assert next_state(quiet, [9.0, None, None, None], State.ALARM) is State.OK


@pytest.mark.parametrize(
    ("comparison", "value", "alarms"),
    [
        ("GreaterThanThreshold", 5.0, False),
        ("GreaterThanOrEqualToThreshold", 5.0, True),
        ("LessThanThreshold", 4.0, True),
        ("LessThanOrEqualToThreshold", 6.0, False),
    ],
)
def test_a_comparison(comparison: str, value: float, alarms: bool) -> None:
    state = next_state(replace(ALL, comparison=comparison), [value] * 3, State.OK)
    assert (state is State.ALARM) is alarms


@pytest.mark.parametrize("wrong", [{"comparison": "Near"}, {"missing": "maybe"}])
def test_a_comparison_or_treatment_that_is_not_known_is_an_error(wrong: dict[str, str]) -> None:
    with pytest.raises(KeyError, match=r"Near|maybe"):
        next_state(replace(ALL, **wrong), [None], State.OK)  # type: ignore[arg-type]
