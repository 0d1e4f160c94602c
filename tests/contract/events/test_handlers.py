"""The real functions understand every sample event: in an SQS batch, and bare as sam local invokes."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump.execution_environment import Run
from peerkeeper_local.pump.functions import Functions
from peerkeeper_local.pump.queues import Queues
from tests.contract.events.samples import ROOT, Sample, load, samples

TAKEN = [(sample, name) for sample in samples() for name in sorted(sample.taken_by)]
BY_FUNCTION = pytest.mark.parametrize(
    ("sample", "function"), TAKEN, ids=[f"{sample.name}-{name}" for sample, name in TAKEN]
)
RunFunction = Callable[[str, object], Run]


@pytest.fixture(scope="module")
def run() -> Iterator[RunFunction]:
    """Run a function, by its folder's name, on an event; in a cloud that knows none of the ids."""
    with LocalCloud() as cloud:
        settings = {"Mode": "full", "Endpoints": "keep", "Regions": ",".join(cloud.regions)}
        hub = Deployment(ROOT).hub(cloud.account, cloud.regions[0], settings)
        Queues(cloud, hub)
        functions = Functions(cloud, hub)
        by_folder = {function.folder.name: function for function in hub.functions}
        yield lambda name, event: functions.run(by_folder[name], event)


def batch_of(event: dict[str, Any]) -> dict[str, Any]:
    """Return the event as the one record of a batch; the rest of the record is the sample's."""
    body = json.dumps(event)
    record = load("sqs-batch")["Records"][0]
    digest = hashlib.md5(body.encode()).hexdigest()
    return {"Records": [{**record, "body": body, "md5OfBody": digest}]}


def report_of(run: Run) -> dict[str, Any]:
    (report,) = [line["report"] for line in run.logs if "report" in line]
    return report


@BY_FUNCTION
def test_a_batch_with_the_event_is_dealt_with(
    sample: Sample, function: str, run: RunFunction
) -> None:
    done = run(function, batch_of(sample.event))
    assert done.error is None
    assert done.reply == {"batchItemFailures": []}
    assert report_of(done)["function"] == function


@BY_FUNCTION
def test_the_bare_event_is_dealt_with(sample: Sample, function: str, run: RunFunction) -> None:
    done = run(function, sample.event)
    assert done.error is None
    assert done.reply == report_of(done)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("sqs-batch", "connect_peerings"),
        ("sqs-hand-off", "clean_routes"),
        ("sqs-second-look", "configure_vpcs"),
        ("scheduled-sweep", "sweep"),
        ("fleet-sweep-location", "sweep"),
    ],
)
def test_batches_hand_offs_and_the_schedule_are_dealt_with(
    name: str, function: str, run: RunFunction
) -> None:
    done = run(function, load(name))
    assert done.error is None
    assert isinstance(done.reply, dict)
    assert not done.reply.get("batchItemFailures")
    assert report_of(done)["function"] == function


@pytest.mark.parametrize("sample", [s for s in samples() if not s.taken_by], ids=lambda s: s.name)
def test_an_event_that_came_past_its_rule_changes_nothing(sample: Sample, run: RunFunction) -> None:
    for function in ("connect_peerings", "clean_routes", "configure_vpcs"):
        done = run(function, sample.event)
        assert done.error is None
        assert report_of(done)["outcomes"] == []
