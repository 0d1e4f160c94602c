"""A plan is complete: on the made-up estate the functions write what it said, and nothing else."""

from __future__ import annotations

from collections import Counter

from peerkeeper.settings import Mode
from peerkeeper.values.findings import Code

from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.plan.proposal import proposal
from peerkeeper_cli.reader.allowed_actions import ESTATE
from peerkeeper_local.seeds.estate.stage import EstateStage
from simulator.estates.deed import made
from simulator.estates.deed import planned as deed_of
from tests.cli.in_process import estate_on

LATER = 400.0
"""Seconds: more than the five minutes between two looks."""


def written(stage, since):
    """Return what the functions wrote, refused calls and what they remember left out."""
    ours = (
        one for one in stage.cloud.calls[since:] if ":assumed-role/peerkeeper-" in one.principal
    )
    done = (one for one in ours if not one.error and not one.action.startswith(("Describe", "Get")))
    return Counter(made(one) for one in done if one.action != "CreateTags")


def let_them_work(stage):
    """Sweep until nothing is left: a second look takes five minutes."""
    for _ in range(2):
        stage.pump.sweep()
        stage.pump.advance(LATER)


def test_the_functions_write_what_the_plan_says_and_a_second_plan_is_empty(measured):
    """Mode add-only is held by the estates of tests/simulation/test_plan_is_complete.py."""
    mode = Mode.FULL
    with EstateStage(Mode=mode.value) as stage:
        estate = estate_on(stage)
        planned = proposal(estate, look_ahead(estate), mode)
        said = Counter(deed_of(write.change) for write in planned.writes)
        begun = len(stage.cloud.calls)
        let_them_work(stage)
        assert written(stage, begun) == said
        assert max(said.values()) == 1
        after = estate_on(stage)
        again = proposal(after, look_ahead(after), mode)
    assert [write.to_dict() for write in again.writes] == []
    assert again.verdicts == planned.verdicts
    same = Counter(one.code for one in planned.findings if one.code is not Code.REQUEST_EXPIRED)
    assert same == Counter(
        one.code for one in again.findings if one.code is not Code.REQUEST_EXPIRED
    )
    kinds = dict(planned.totals[mode])
    measured(f"the plan of the estate, {mode}: {kinds}, all written, none besides")


def test_a_plan_costs_the_calls_of_a_sweep_and_only_reads(measured):
    with EstateStage() as stage:
        begun = len(stage.cloud.calls)
        estate = estate_on(stage)
        read = stage.cloud.calls[begun:]
        look_ahead(estate)
        ahead = stage.cloud.calls[begun + len(read) :]
        begun = len(stage.cloud.calls)
        stage.pump.sweep()
        stage.pump.run(until_idle=False)
        swept = [
            one
            for one in stage.cloud.calls[begun:]
            if one.principal.rsplit("/", 2)[-2].endswith("-sweep")
        ]
    assert {f"ec2:{one.action}" for one in (*read, *ahead)} <= {*ESTATE}
    assert len(read) == len(swept)
    measured(
        f"calls of a plan of the estate: {len(read)}, of a sweep: {len(swept)}; {len(ahead)} more for what "
        "would be accepted"
    )
