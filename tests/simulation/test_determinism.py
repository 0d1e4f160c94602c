"""A seed is a schedule: the same again in this process, in another, and with another order of sets."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulator import engine
from simulator.draw import drawn
from simulator.schedule import Schedule

ROOM = Path(__file__).parents[2] / "simulator"
SEEDS = range(500, 512)
DIGEST = "from tests.simulation.test_determinism import digest; print(digest())"
ORACLES = (
    "advice",
    "carried",
    "desired",
    "destinations",
    "endpoint_oracles",
    "known",
    "liveness",
    "notices",
    "oracles",
    "policy",
    "quiet",
    "room",
    "route_oracles",
    "seen_by_run",
    "serving",
    "side_verdicts",
    "tellings",
    "untouched",
    "verdict",
    "wanted_endpoints",
    "was_so",
)


def digest() -> str:
    """Return a digest of all that happens in some schedules, call by call."""
    told = hashlib.sha256()
    with engine.quick():
        for seed in SEEDS:
            schedule = Schedule(*drawn(seed), seed, trace=True)
            result = schedule.run()
            reports = [run.report.to_dict() for run in schedule.functions.runs if run.report]
            told.update(json.dumps(reports, sort_keys=True).encode())
            told.update("\n".join(result.trace).encode("utf-8", "backslashreplace"))
    return told.hexdigest()


def test_a_seed_gives_the_same_schedule_whatever_the_order_of_sets():
    here = digest()
    assert digest() == here
    for order in ("0", "1", "2"):
        path = os.pathsep.join(sys.path)
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": order}
        run = [sys.executable, "-c", DIGEST]
        said = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
        assert said.stdout.strip() == here, f"PYTHONHASHSEED={order}"


def test_a_seed_gives_the_same_schedule_on_any_day(monkeypatch):
    here = digest()
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert digest() == here


@pytest.mark.parametrize("name", ORACLES)
def test_an_oracle_imports_nothing_of_peerkeeper(name):
    tree = ast.parse((ROOM / f"{name}.py").read_text())
    imported = [
        module
        for node in ast.walk(tree)
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    assert imported
    assert not [module for module in imported if module.partition(".")[0] == "peerkeeper"]
