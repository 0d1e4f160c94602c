"""Property tests draw the same each time. What a test measured is printed when all is over."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.figures import said

MEASURED = "simulator"
LONG_FIRST = (
    "test_mixed_estate.py",
    "test_teardown_of_estates.py",
    "test_adopt_the_estate.py",
    "test_plan_of_the_estate.py",
    "test_alarm_weeks.py",
    "test_serve.py",
    "test_aws_cli.py",
    "test_rights.py",
    "test_same_as_local_cloud.py",
    "test_explain.py",
    "test_package.py",
    "test_old_spoke.py",
    "test_remedies_by_parameter.py",
    "test_messages.py",
    "test_hard_days.py",
    "test_estate.py",
    "test_fleet.py",
    "test_notices.py",
    "test_moments.py",
)
"""Files of over ten seconds, the longest first: a long one that starts last keeps one core alone with it."""

# The gate says the same each time, on a machine of any speed.
# What `soak` finds by chance becomes an `@example`.
STEADY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("gate", derandomize=True, **STEADY)
settings.register_profile("soak", derandomize=False, **STEADY)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or "gate"
settings.load_profile(PROFILE)
if PROFILE == "gate":
    # Hypothesis also draws constants of our modules that are loaded: which ones, the tests before decide.
    assert providers._get_local_constants
    providers._get_local_constants = lambda: providers._local_constants


@pytest.fixture(scope="session", autouse=True)
def _no_function_runs_out_of_time() -> Iterator[None]:
    """Keep a slow machine from cutting a function short: the local cloud counts real seconds for it."""
    context = sys.modules.get("peerkeeper_local.pump.context")
    if context is None:
        yield
        return

    def all_of_it(context: Any) -> int:
        return context.timeout * 1000

    with patch.object(context.LambdaContext, "get_remaining_time_in_millis", all_of_it):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the long files first; every file keeps its own order. A process takes a file at a time."""
    rank = {name: number for number, name in enumerate(LONG_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.fixture
def measured(record_property: Any) -> Any:
    """Say a line of what was measured."""
    return lambda words: record_property(MEASURED, words)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    lines = said(terminalreporter, MEASURED)
    if lines:
        terminalreporter.section("measured by the simulator")
        for line in lines:
            terminalreporter.write_line(line)
