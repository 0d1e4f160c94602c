"""From a request's event to the last route: accept, and route three tables on each side, 60 ms a call.

In: rounds. Out: rows of seconds, calls and waves. Each way is a new process on a served local cloud whose
passing states are sped up. The time ends when the last CreateRoute is answered. Later calls do not count.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, median_low
from time import perf_counter

import boto3

from benchmarks import terraform
from benchmarks.cold_start import layer_in
from benchmarks.process import run
from benchmarks.request_world import SEOUL, TABLES, TOKYO, Request, Requests
from benchmarks.rounds import Rounds, ratio
from benchmarks.row import Row, Subject
from benchmarks.served import ROOT, server
from benchmarks.slow_cloud import Far, far, waves
from tests.terraform.client import missing

A_CALL = 0.060
SERVE = ("-m", "peerkeeper_local", "serve", "--port", "0", "--no-functions", "--speed", "60")
OURS = (
    "import handler, json, os, types\n"
    "handler.lambda_handler(json.loads(os.environ['EVENT']),"
    " types.SimpleNamespace(get_remaining_time_in_millis=lambda: 120_000))"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """How one request was answered."""

    seconds: float
    calls: int
    waves: int


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to answer a request."""

    cloud: Far
    requests: Requests
    said: Mapping[str, str]
    folder: Path

    def ours(self) -> Answered:
        """Answer with a new process of our function."""
        request = self.requests.new()
        own = {
            "PYTHONPATH": f"{ROOT / 'functions/connect_peerings'}:{self.folder / 'layer'}",
            "EVENT": json.dumps(request.event()),
            "PEERKEEPER_ACCOUNT": "111122223333",
            "PEERKEEPER_REGIONS": f"{SEOUL},{TOKYO}",
            "PEERKEEPER_MODE": "full",
        }
        return self._answered(request, (sys.executable, "-c", OURS), own, ROOT)

    def script(self, name: str) -> Answered:
        """Answer with one of the programs in `benchmarks/peers`."""
        request = self.requests.new()
        own = {
            "PYTHONPATH": str(ROOT),
            "PCX": request.pcx,
            **{"FROM": SEOUL, "VPC_FROM": request.requester.vpc},
            **{"TO": TOKYO, "VPC_TO": request.accepter.vpc},
        }
        words = (sys.executable, "-m", f"benchmarks.peers.{name}")
        return self._answered(request, words, own, ROOT)

    def terraform(self, environment: Mapping[str, str]) -> Answered:
        """Answer with `terraform apply`. `environment`: of the folder that is prepared."""
        request = self.requests.new()
        folder = self.folder / "terraform"
        terraform.configured(folder, request)
        return self._answered(request, terraform.APPLY, environment, folder)

    def _answered(
        self, request: Request, words: Sequence[str], own: Mapping[str, str], folder: Path
    ) -> Answered:
        """Run it once. Raises AssertionError where a route is missing."""
        keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")
        led = {name: self.said[name] for name in keys}
        environment = {"PATH": os.environ["PATH"], "AWS_REGION": SEOUL, **led, **own}
        self.cloud.clear()
        began = perf_counter()
        run(words, {**environment, "AWS_ENDPOINT_URL": self.cloud.url}, folder)
        made = [*self.cloud.made]
        found = self.requests.routes(request)
        assert found == 2 * TABLES, f"{words} made {found} routes"  # noqa: S101
        ended = max(call.ended for call in made if call.action == "CreateRoute")
        counted = [call for call in made if call.began < ended]
        return Answered(ended - began, len(counted), waves(counted))


@contextmanager
def ways() -> Iterator[Ways]:
    """Serve a cloud; yield the ways to answer requests in it."""
    with (
        tempfile.TemporaryDirectory() as name,
        server(*SERVE) as said,
        far(said["AWS_ENDPOINT_URL"], A_CALL) as cloud,
    ):
        layer_in(Path(name) / "layer")
        clients = [_client(said, region) for region in (SEOUL, TOKYO)]
        yield Ways(cloud, Requests(*clients), said, Path(name))


def _client(said: Mapping[str, str], region: str) -> object:
    return boto3.client(
        "ec2",
        region_name=region,
        endpoint_url=said["AWS_ENDPOINT_URL"],
        aws_access_key_id=said["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=said["AWS_SECRET_ACCESS_KEY"],
    )


def rows(subjects: Mapping[str, Subject], rounds: Rounds) -> list[Row]:
    """Return the rows that are asked for: `seconds`, `calls` and `waves` next to the script, `terraform`."""
    without = missing()
    with ways() as answer:
        tried: dict[str, Callable[[], Answered]] = {
            "ours": answer.ours,
            "script": lambda: answer.script("boto3_accept"),
            "floor": lambda: answer.script("raw_accept"),
        }
        if "terraform" in subjects and not without:
            (answer.folder / "terraform").mkdir()
            environment = terraform.prepared(answer.folder / "terraform", answer.said)
            tried["terraform"] = lambda: answer.terraform(environment)
        found = rounds.of(tried)
    return [_row(subject, found, name, without) for name, subject in subjects.items()]


def _row(subject: Subject, found: Mapping[str, Sequence[Answered]], name: str, without: str) -> Row:
    what = {"calls": "calls", "waves": "waves"}.get(name, "seconds")
    peer = "terraform" if name == "terraform" else "script"
    values = {way: [getattr(one, what) for one in runs] for way, runs in found.items()}
    middle = median if what == "seconds" else median_low
    ours, floor = middle(values["ours"]), middle(values["floor"])
    if peer not in values:
        return Row(subject, ours, None, floor, None, without)
    return Row(subject, ours, middle(values[peer]), floor, ratio(values["ours"], values[peer]))
