"""Metric math as far as the templates use it; anything else is an error that names it."""

import pytest

from peerkeeper_local.alarms import ExpressionError, evaluated

HOUR = {"drift": 2.0, "taken": 0.0, "gone": None}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("drift", 2.0),
        ("gone", None),
        ("drift + taken", 2.0),
        ("drift - 3", -1.0),
        ("drift + gone", None),
        ("drift > 0", 1.0),
        ("drift <= 1", 0.0),
        ("gone == 0", None),
        ("drift > 0 AND taken == 0", 1.0),
        ("drift > 0 && taken > 0", 0.0),
        ("taken > 0 OR drift > 1", 1.0),
        ("(drift + taken) != 2", 0.0),
        ("SUM(METRICS())", 2.0),
        ("FILL(gone, 0) + drift", 2.0),
        ("FILL(drift, 0)", 2.0),
        ("IF(drift > 0 AND taken == 0, 1, 0)", 1.0),
        ("IF(taken, 1, 0)", 0.0),
        ("IF(gone > 0, 1, 0)", None),
    ],
)
def test_an_expression_gives(expression: str, value: float | None) -> None:
    assert evaluated(expression, HOUR) == value


def test_a_sum_of_metrics_without_any_data_has_none() -> None:
    assert evaluated("SUM(METRICS())", {"one": None, "other": None}) is None


def test_fill_has_nothing_to_fill_where_a_metric_never_was() -> None:
    assert evaluated("FILL(gone, 0)", HOUR, existing=frozenset({"drift"})) is None


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("RATE(drift)", "RATE"),
        ("SUM(drift)", "SUM"),
        ("IF(drift, 1)", "IF"),
        ("FILL(REPEAT, 0)", "REPEAT"),
        ("other > 0", "other"),
        ("drift ^ 2", r"\^"),
        ("drift > 0)", r"'\)'"),
        ("(drift > 0", "too early"),
        ("METRICS() + 1", "METRICS"),
        ("METRICS()", "more than one series"),
        ("IF(drift 1, 0)", "'1'"),
    ],
)
def test_what_is_not_known_is_an_error_that_names_it(expression: str, named: str) -> None:
    with pytest.raises(ExpressionError, match=named):
        evaluated(expression, HOUR)
