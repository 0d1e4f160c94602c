"""What a test measured is printed at the end of the run, also when all passed."""

from __future__ import annotations

from typing import Any

import pytest

MEASURED = "simulator"


@pytest.fixture
def measured(record_property: Any) -> Any:
    """Say a line of what was measured."""
    return lambda words: record_property(MEASURED, words)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [report for found in terminalreporter.stats.values() for report in found]
    lines = {
        words: None
        for report in reports
        for name, words in getattr(report, "user_properties", ())
        if name == MEASURED
    }
    if lines:
        terminalreporter.section("measured by the simulator")
        for line in lines:
            terminalreporter.write_line(line)
