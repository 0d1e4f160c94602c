"""A row of `make bench`: its verdict and its words. Nothing is measured here."""

import pytest

from benchmarks.row import (
    Goal,
    Of,
    Row,
    Subject,
    Verdict,
    goals_in_words,
    peer_in_words,
    ratio_in_words,
    words,
)

BOTH = Subject("sweep", "s", "c7n", (Goal(4.5), Goal(0.075, Of.RATIO)))


@pytest.mark.parametrize(
    ("ours", "ratio", "verdict"),
    [
        (4.4, 0.07, Verdict.MET),
        (4.5, 0.075, Verdict.MET),
        (4.6, 0.07, Verdict.SHORT),
        (4.4, 0.08, Verdict.SHORT),
        (4.6, None, Verdict.SHORT),
        (4.4, None, Verdict.NONE),
        (None, None, Verdict.NONE),
    ],
)
def test_a_row_is_met_if_each_goal_is_and_short_if_one_is_not(ours, ratio, verdict):
    assert Row(BOTH, ours=ours, ratio=ratio).verdict is verdict


def test_a_row_without_a_goal_is_neither_met_nor_short():
    assert Row(Subject("event-path", "s"), ours=1.0).verdict is Verdict.NONE


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "s", "-"),
        (0, "", "0"),
        (0, "s", "0 s"),
        (0.352, "s", "0.352 s"),
        (4.567, "s", "4.57 s"),
        (4.996, "s", "5.00 s"),
        (50.0, "s", "50.0 s"),
        (57.59, "s", "57.6 s"),
        (2270.4, "ms", "2270 ms"),
        (13, "calls", "13 calls"),
        (202, "", "202"),
    ],
)
def test_a_figure_has_three_digits_or_more_and_its_unit_and_a_count_is_whole(value, unit, text):
    assert words(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (0.0, "0.00"),
        (0.0754, "0.075"),
        (0.6912, "0.69"),
        (1.14, "1.14"),
        (21.1, "21.10"),
    ],
)
def test_a_small_ratio_has_a_digit_more(value, text):
    assert ratio_in_words(value) == text


def test_a_goal_says_what_it_bounds():
    assert goals_in_words(BOTH) == "4.5 s, 0.075 x"
    assert goals_in_words(Subject("memory", "MiB", goals=(Goal(38),))) == "38 MiB"
    assert goals_in_words(Subject("event-path", "s")) == "-"


def test_what_a_user_would_pick_is_named_with_its_figure_also_where_that_is_missing():
    assert peer_in_words(Row(BOTH, peer=57.6)) == "c7n 57.6 s"
    assert peer_in_words(Row(BOTH, why="there is no c7n")) == "c7n -"
    assert peer_in_words(Row(Subject("fleet", "s"))) == "-"
