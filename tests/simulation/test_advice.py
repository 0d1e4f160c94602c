"""At the end of schedules somebody runs the command of a finding, and the finding is gone."""

from __future__ import annotations

import pytest

from simulator import engine
from simulator.advice import command, follow, found
from simulator.draw import drawn
from simulator.schedule import Schedule

SHOWN = {
    "dead-route": 395,
    "dns-off": 31,
    "held-not-approved": 19,
    "held-twin": 311,
    "not-approved": 24,
    "route-conflict": 49,
    "wider-than-scope": 28,
}
"""Codes with a command, and a seed at whose end a sweep has a finding of it."""
WITHOUT_COMMAND = {
    "destination-not-allowed": "a parameter of the stack",
    "endpoint-dns-conflict": "a choice between two endpoints",
    "endpoint-twice": "a choice between two endpoints",
    "endpoint-unused": "a choice of the tag's value",
    "held-account-not-allowed": "a parameter of the stack",
    "held-exempt": "a tag that its owner set on purpose",
    "held-multipath-charges": "a parameter of the stack",
    "not-carrying": "a parameter of the stack, where the mode is the cause",
    "other-side": "several commands in another account, with words to fill in",
    "request-expired": "the requester asks again",
    "request-failed": "the requester corrects the request",
    "route-conflict": "a choice between two peerings that need one network",
    "routed-not-approved": "the finding names explain, which has the tag",
    "scope-outside-peer": "a choice of networks",
    "surplus-route": "a route that people may want",
    "tag-fault": "the value that its owner meant",
}
"""Codes that schedules end with and that no command ends; what their advice asks for instead."""


def ended(seed):
    schedule = Schedule(*drawn(seed), seed)
    schedule.followed = False
    result = schedule.run()
    assert not result.broken
    return schedule


@pytest.mark.parametrize(("code", "seed"), SHOWN.items())
def test_the_command_of_a_finding_takes_it_away(code, seed):
    with engine.quick():
        schedule = ended(seed)
        before = len(schedule.world.states)
        follow(schedule, seed, code)
    assert len(schedule.world.states) > before, "the command changed something"


def test_every_finding_at_rest_has_a_command_or_a_reason():
    with engine.quick():
        codes = {
            (str(one.code), bool(command(one))) for seed in range(80) for one in found(ended(seed))
        }
    assert {code for code, told in codes if told} <= SHOWN.keys()
    assert {code for code, told in codes if not told} <= WITHOUT_COMMAND.keys()
    assert len(codes) > 8
