"""The code of this checkout: its handlers' jobs and its settings, in the real Runner.

In: a stack. Out: a runner for each invocation. Jobs and settings are made once a process.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias
from unittest.mock import patch

import peerkeeper.runner
from greenlet import getcurrent
from peerkeeper.aws import pace
from peerkeeper.loop.job import Job
from peerkeeper.reporting.counts import counts_of, counts_of_all
from peerkeeper.reporting.drift import DriftMemory
from peerkeeper.reporting.repeated_writes import RepeatedWrites
from peerkeeper.reporting.report import Report
from peerkeeper.runner import Runner
from peerkeeper.settings import Settings
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.changes import DeleteRoute

from peerkeeper_local.deployment import Function, Stack
from simulator.client import Clients
from simulator.trail import OURS, ROOT, SEOUL
from simulator.version import Gather

ATTEMPTS, DELETE_ATTEMPTS = 3, 1
Memory: TypeAlias = tuple[RepeatedWrites, DriftMemory]


@cache
def job_of(folder: str) -> Job:
    """Return the job that the function's handler wires."""
    path = ROOT / "functions" / folder / "handler.py"
    spec = importlib.util.spec_from_file_location(f"simulated_{folder}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    environment = {"PEERKEEPER_ACCOUNT": OURS, "AWS_REGION": SEOUL}
    with patch.dict(os.environ, environment), patch("peerkeeper.runner.Clients"):
        spec.loader.exec_module(module)
    job: Job = module.RUN.job
    return job


class SimulatedRunner(Runner):
    """The real Runner, but with one invocation's clients and waves."""

    def __init__(
        self, job: Job, settings: Settings, clients: Clients, gather: Any, memory: Memory
    ) -> None:
        self.job = job
        self.settings = settings
        self.clients = clients  # type: ignore[assignment]
        self.gather = gather
        self.pace, self.silence = clients.pace, clients.silence
        self.repeated_writes, self.drift = memory


class Todays:
    """Today's version, as one stack deploys it."""

    name = ""
    pacing = pace

    def __init__(self, hub: Stack, *, proof: bool) -> None:
        self.hub = hub
        self.proof = proof
        self._memories: dict[str, Memory] = {}
        """What the one warm process of each function remembers."""

    def attempts(self, function: Function) -> int:
        job = job_of(function.folder.name)
        return DELETE_ATTEMPTS if DeleteRoute in job.rights else ATTEMPTS

    def runner(self, function: Function, clients: Clients, gather: Gather) -> SimulatedRunner:
        settings = settings_of(self.hub, function.logical_id, self.proof)
        name = function.folder.name
        memory = self._memories.setdefault(name, (RepeatedWrites(), DriftMemory()))
        return SimulatedRunner(job_of(name), settings, clients, gather, memory)


_settings: dict[tuple[int, str, bool], Settings] = {}


def settings_of(hub: Stack, logical_id: str, proof: bool) -> Settings:
    """Return the settings of one function of the hub; hubs are made once a process."""
    key = (id(hub), logical_id, proof)
    if key not in _settings:
        environment = {**hub.function(logical_id).environment, "AWS_REGION": SEOUL}
        made = settings_from(environment)
        _settings[key] = made if proof else replace(made, senders=frozenset())
    return _settings[key]


def keep_report(
    report: Any,
    unreadable: tuple[str, ...] = (),
    untold: tuple[str, ...] = (),
    *_: object,
    **more: Any,
) -> None:
    """Keep a report and its metrics with its run. It stands where `publish` of any version would log it."""
    run = getcurrent().invocation
    run.report, run.faults = report, unreadable
    if isinstance(report, Report):
        run.counts = counts_of(report, unreadable, untold, more["drift"])
        run.counts |= counts_of_all(more["events"], more["repeated"])


@contextmanager
def reports_kept() -> Iterator[None]:
    """Keep each report of today's version with its run, while it lasts."""
    with patch.object(peerkeeper.runner, "publish", keep_report):
        yield
