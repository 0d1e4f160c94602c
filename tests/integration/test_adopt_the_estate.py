"""The made-up estate adopted: its tags set as printed, nothing changes, and a sweep says nothing of it."""

from __future__ import annotations

import json
import shlex
from collections import Counter

import pytest
from peerkeeper.settings import Mode

from peerkeeper_cli.adopt.adopted_estate import look_and_adopt
from peerkeeper_cli.adopt.commands import commands
from peerkeeper_cli.adopt.document import document
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.plan.proposal import proposal
from peerkeeper_local.seeds.estate.stage import EstateStage
from tests.cli.in_process import estate_on
from tests.integration.test_plan_of_the_estate import let_them_work, written


def run(stage, account, line):
    """Do what a printed command says, with boto3 in place of the aws CLI."""
    words = shlex.split(line)
    assert words[:4] == ["aws", "ec2", "create-tags", "--region"]
    resources = words[words.index("--resources") + 1 : words.index("--tags")]
    pairs = (pair.partition("=") for pair in words[-1].split(",", 1))
    tag = {name: value for name, _, value in pairs}
    stage.ec2(words[4], account).create_tags(Resources=resources, Tags=[tag])


def adopted(stage, *, widen):
    """Set the tags as they are printed; return the plan before, what was adopted, and the plan after."""
    estate = estate_on(stage, "adopt")
    before = proposal(estate, look_ahead(estate), Mode.FULL)
    found = look_and_adopt(estate, with_changes=False, widen=widen)
    assert len(found.adopted) > 60
    assert (found.brings, found.accepts) == ((), ())
    assert json.dumps(document(estate, found))
    for account, lines in commands(found.tags):
        for line in lines:
            run(stage, account, line)
    stage.pump.cut()  # what the tags' events would wake is what a sweep does
    stage.pump.run(until_idle=False)
    stage.pump.join()
    after = estate_on(stage)
    return before, found, proposal(after, look_ahead(after), Mode.FULL)


@pytest.mark.parametrize("widen", [False, True])
def test_with_the_printed_tags_the_plan_wants_nothing_new(widen, measured):
    with EstateStage(Mode="full") as stage:
        before, found, after = adopted(stage, widen=widen)
    assert [one for one in after.writes if one.subject in {*found.adopted}] == []
    assert Counter(one.change for one in after.writes) == Counter(
        one.change for one in before.writes
    )
    how = " by wider words" if widen else ""
    measured(f"adopted{how}: {len(found.adopted)} peerings by {len(found.tags)} tags")


@pytest.mark.proof
def test_with_the_printed_tags_the_functions_leave_the_adopted_peerings_alone():
    with EstateStage(Mode="full") as stage:
        _, found, _ = adopted(stage, widen=False)
        ids = {*found.adopted}
        begun = len(stage.cloud.calls)
        stage.reports.clear()
        let_them_work(stage)
        assert [
            deed for deed in written(stage, begun) if any(one in deed.said for one in ids)
        ] == []
        assert {one["subject"] for one in stage.findings()} & ids == set()


def test_what_is_not_adopted_is_said_with_its_reason():
    with EstateStage() as stage:
        estate = estate_on(stage, "adopt")
        found = look_and_adopt(estate, with_changes=False, widen=False)
    assert {one.reason for one in found.left} == {
        "account not allowed",
        "exempt",
        "one-sided",
        "would change",
    }
    assert {one.pcx_id for one in found.left}.isdisjoint(found.adopted)


def test_with_changes_the_writes_that_follow_are_listed():
    with EstateStage() as stage:
        estate = estate_on(stage, "adopt")
        plain = look_and_adopt(estate, with_changes=False, widen=False)
        found = look_and_adopt(estate, with_changes=True, widen=False)
    assert {*plain.adopted} < {*found.adopted}
    assert found.brings
    assert found.accepts == ()
