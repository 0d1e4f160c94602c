"""Which call leads an instance where."""

import pytest

from peerkeeper_local.semantics.instance_states import CODES, THEN, lasts, next_state
from peerkeeper_local.semantics.limits import Delays
from peerkeeper_local.semantics.refusal import Refusal

NO = "IncorrectInstanceState"
# state: after start, stop, terminate
TABLE = {
    "pending": ("pending", NO, "shutting-down"),
    "running": ("running", "stopping", "shutting-down"),
    "stopping": (NO, "stopping", "shutting-down"),
    "stopped": ("pending", "stopped", "shutting-down"),
    "shutting-down": (NO, NO, "shutting-down"),
    "terminated": (NO, NO, "terminated"),
}


def after(action, state):
    try:
        return next_state("i-1", action, state)
    except Refusal as refusal:
        return refusal.code


@pytest.mark.parametrize(("state", "expected"), TABLE.items())
def test_each_call_leads_from_each_state_where_the_table_says(state, expected):
    assert tuple(after(action, state) for action in ("start", "stop", "terminate")) == expected


def test_every_state_has_a_code_and_every_passing_one_an_end():
    assert set(TABLE) == set(CODES)
    assert {state: THEN.get(state, state) for state in CODES} == {
        "pending": "running",
        "running": "running",
        "stopping": "stopped",
        "stopped": "stopped",
        "shutting-down": "terminated",
        "terminated": "terminated",
    }


def test_a_passing_state_lasts_as_long_as_the_delays_say():
    delays = Delays(instance_start=3.0, instance_stop=7.0)
    assert [lasts(state, delays) for state in THEN] == [3.0, 7.0, 7.0]
