"""The service: time passes, sweeps fall due, jobs are done in its thread."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.invoke.invocation import invoke, takers
from peerkeeper_local.pump import FunctionInvoked, Step
from peerkeeper_local.saved.state import state
from peerkeeper_local.seeds.open_stage import OpenStage
from peerkeeper_local.seeds.sample_ids import PEERINGS, SEOUL_IDS, TOKYO_IDS
from peerkeeper_local.seeds.seed import Seed, Wanted
from peerkeeper_local.seeds.sow import sow
from peerkeeper_local.serve.service import Service, rate
from tests.contract.events.samples import ACCOUNT, ROOT, load, samples
from tests.served import SEOUL, until


@pytest.fixture
def stage() -> Iterator[OpenStage]:
    with OpenStage("full") as stage:
        sow(stage, Wanted(Seed.EVENTS))
        yield stage


@pytest.fixture
def ran(stage: OpenStage) -> list[str]:
    """The functions that ran, in order."""
    names: list[str] = []

    def note(step: Step) -> None:
        if isinstance(step, FunctionInvoked):
            names.append(step.function)

    stage.pump.on_step(note)
    return names


class Hand:
    """Stands for the service's `time`: its seconds pass only when told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def hand() -> Iterator[Hand]:
    hand = Hand()
    with patch("peerkeeper_local.serve.service.time", hand):
        yield hand


@pytest.mark.parametrize(
    ("expression", "seconds"),
    [("rate(15 minutes)", 900), ("rate(1 hour)", 3600), ("rate(2 days)", 172_800)],
)
def test_a_rate_is_a_number_of_seconds(expression: str, seconds: int) -> None:
    assert rate(expression) == seconds


def test_a_schedule_that_is_no_rate_is_said() -> None:
    with pytest.raises(ValueError, match="cron"):
        rate("cron(0 12 * * ? *)")


def test_sweeps_fall_due_on_the_virtual_clock(stage: OpenStage, ran: list[str], hand: Hand) -> None:
    service = Service(stage, 20_000.0)
    service.start()
    start = stage.cloud.clock.now()
    service.do(lambda: None)
    assert (ran, stage.cloud.clock.now()) == ([], start)
    hand.at = 0.15
    assert until(lambda: stage.cloud.clock.now() > start + 2_900)
    service.stop()
    passed = stage.cloud.clock.now() - start
    assert passed == pytest.approx(3_000)
    assert ran.count("Sweep") == passed // 900 == 3
    assert "ConnectPeerings" in ran
    assert "ConnectPeerings" in ran


def test_without_functions_time_passes_and_nobody_answers(
    stage: OpenStage, ran: list[str], hand: Hand
) -> None:
    service = Service(stage, 20_000.0, functions=False)
    start = stage.cloud.clock.now()
    service.start()
    service.do(lambda: None)
    hand.at = 0.15
    assert until(lambda: stage.cloud.clock.now() > start + 2_900)
    service.stop()
    assert ran == []


def test_what_a_job_raises_is_raised_where_it_was_asked_for(stage: OpenStage) -> None:
    service = Service(stage, 1.0)
    service.start()
    with pytest.raises(ZeroDivisionError):
        service.do(lambda: 1 / 0)
    assert service.do(lambda: "still there") == "still there"
    service.stop()


def test_a_deleted_queue_is_told_and_the_cloud_lives_on(stage: OpenStage) -> None:
    queue = stage.pump.hub.mappings[0].queue_arn
    (url,) = (each.url for each in stage.pump.hub.queues if each.arn == queue)
    stage.cloud.client("sqs", stage.pump.hub.region).delete_queue(QueueUrl=url)
    told: list[str] = []
    service = Service(stage, 1.0, trouble=told.append)
    service.start()
    while not told:
        service.do(lambda: None)
    now = stage.cloud.clock.now()
    while stage.cloud.clock.now() < now + 0.3:
        service.do(lambda: None)
    assert len(told) == 1
    assert "start `serve` again" in told[0]
    assert service.do(lambda: "still there") == "still there"
    service.stop()


def test_seeding_wakes_nobody_and_the_ids_of_the_samples_exist(
    stage: OpenStage, ran: list[str]
) -> None:
    stage.pump.run()
    assert ran == []
    shown = str(state(stage)["locations"])
    assert [each for each in (*SEOUL_IDS, *PEERINGS, *TOKYO_IDS) if each not in shown] == []


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_an_event_goes_to_the_functions_that_the_readme_says(sample) -> None:
    hub = Deployment(ROOT).hub(ACCOUNT, SEOUL, sample.parameters)
    if not sample.taken_by:
        with pytest.raises(InvocationError):
            takers(hub, sample.event)
        return
    assert {function.folder.name for function in takers(hub, sample.event)} == sample.taken_by


def test_the_second_look_deletes_the_route_of_the_peering_long_gone(stage: OpenStage) -> None:
    (told,) = invoke(stage, load("sqs-hand-off"))
    assert [each["change"] for each in told["report"]["outcomes"]] == ["DeleteRoute"]
    assert told["function"] == "CleanRoutes"


@pytest.mark.parametrize("nonsense", [[], "x", {}, {"Records": [{}]}, {"Records": 7}])
def test_what_is_no_event_is_said_to_be_none(nonsense: object, stage: OpenStage) -> None:
    with pytest.raises(InvocationError):
        invoke(stage, nonsense)
