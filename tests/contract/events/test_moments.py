"""Each sample event finds its ids in the samples' cloud, and does its work there, and nothing else."""

import json
from collections.abc import Iterator

import pytest

from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.invoke.invocation import invoke
from peerkeeper_local.saved.state import state
from peerkeeper_local.seeds.moments import MOMENTS
from peerkeeper_local.seeds.open_stage import OpenStage
from peerkeeper_local.seeds.outset import outset
from peerkeeper_local.seeds.seed import Seed, Wanted
from peerkeeper_local.seeds.seed import samples as files
from peerkeeper_local.seeds.sow import sow
from tests.contract.events.facts import came_about, messages
from tests.contract.events.samples import load, samples
from tests.contract.events.work import FINDINGS, WORK

IGNORED = [sample.name for sample in samples() if not sample.taken_by]


@pytest.fixture
def stage(sample: str) -> Iterator[OpenStage]:
    wanted = Wanted(Seed.EVENTS, sample)
    with OpenStage("full", **outset(wanted).parameters) as stage:
        sow(stage, wanted)
        yield stage


def dumped(stage):
    """The cloud as a client gets it."""
    return json.loads(json.dumps(state(stage), default=str))


def test_every_sample_is_in_the_table_or_taken_by_nobody() -> None:
    assert {*WORK, *IGNORED} == set(files())
    assert set(MOMENTS) <= set(WORK)


@pytest.mark.parametrize("sample", WORK)
def test_the_event_does_its_work(sample: str, stage: OpenStage) -> None:
    before = dumped(stage)
    done = invoke(stage, load(sample))
    after = dumped(stage)
    assert [each["error"] for each in done] == [None] * len(done)
    assert came_about(before, after) == (WORK[sample].comes, WORK[sample].goes)
    assert messages(after) == WORK[sample].messages
    if sample in FINDINGS:
        found = {finding["code"] for each in done for finding in each["report"]["findings"]}
        assert found == FINDINGS[sample]


@pytest.mark.parametrize("sample", IGNORED)
def test_an_event_that_no_rule_takes_is_refused_and_changes_nothing(
    sample: str, stage: OpenStage
) -> None:
    before = dumped(stage)
    with pytest.raises(InvocationError):
        invoke(stage, load(sample))
    assert came_about(before, dumped(stage)) == (set(), set())
