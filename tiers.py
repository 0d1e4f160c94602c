"""Run a tier of checks: stage after stage, each announced, with its time and the time left.

    python tiers.py quick|test|again|proof

In: the name of a tier. Out: what the stages print, a table at the end; exit code 0, or the code of the first
stage that fails. The time left follows how fast this machine has been so far.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

PYTHON = sys.executable
BIN = os.path.dirname(PYTHON)  # noqa: PTH120 - a path of an environment must not be resolved
PURE = "tests/unit"
"""Tests without a cloud, a process or a socket."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing to run. `usual`: its seconds on two cores, as measured."""

    name: str
    usual: float
    command: tuple[str, ...]


def tool(name: str, *words: str) -> tuple[str, ...]:
    """Return the command line of a tool of this environment."""
    return (f"{BIN}/{name}", *words)


def tests(*words: str, marked: str = "not proof") -> tuple[str, ...]:
    """Return the command line that runs tests."""
    return (
        PYTHON,
        "-m",
        "pytest",
        "-m",
        marked,
        *words,
        *os.environ.get("PYTEST_ARGS", "").split(),
    )


STYLE = (
    Stage("style", 1, tool("ruff", "check", ".")),
    Stage("form", 1, tool("ruff", "format", "--check", ".")),
    Stage("floors", 3, tool("lint-imports")),
    Stage("types", 5, tool("mypy")),
)
OTHERS = Stage("all other tests", 790, tests("--ignore", PURE, "-n", "4"))
"""Four processes on two cores: many of these tests wait for a program that they started."""
SHIPPED = (
    *(
        "tests/properties",
        "tests/simulation",
        "tests/state_machine",
        "tests/local_cloud",
        "tests/cli",
    ),
    *("tests/contract/events", "tests/contract/layer", "tests/contract/released"),
    "tests/contract/deploy/test_compile_ahead.py",
    *("tests/integration/test_story.py", "tests/integration/test_hard_days.py"),
)
"""What runs what we ship in the Python under test. The others look at texts, or at large and long worlds."""
TIERS: dict[str, tuple[Stage, ...]] = {
    "quick": (*STYLE, Stage("unit tests", 20, tests(PURE))),
    "test": (
        *STYLE,
        Stage("unit tests, every branch of what decides", 33, tests(PURE, "--cov")),
        OTHERS,
    ),
    # `test` on another Python. Style, floors and types are of the source, not of the Python that looks at it.
    # The branches that the unit tests run are measured once.
    "again": (
        Stage("unit tests", 20, tests(PURE)),
        Stage("tests of what is shipped", 240, tests(*SHIPPED, "-n", "4")),
    ),
    "proof": (
        Stage("schedules of the fault simulator", 280, tests("tests/simulation/test_schedules.py")),
        Stage(
            "mutated messages, every crash, seeded bugs, orders of events, weeks, plans, questions",
            1410,
            tests("tests", marked="proof or fuzzed"),
        ),
    ),
}


LONG = {"SCHEDULES": "10000", "FUZZED": "10000"}
"""The knobs of `proof`, where the environment sets no other value."""


def run(name: str, stages: Sequence[Stage]) -> int:
    """Run the stages one after the other; return the exit code of the first that fails, else 0."""
    took: list[float] = []
    turned = {knob: os.environ.get(knob) or LONG[knob] for knob in LONG} if name == "proof" else {}
    environment = {**os.environ, **turned}
    for number, stage in enumerate(stages, 1):
        pace = sum(took) / sum(each.usual for each in stages[: len(took)]) if took else 1.0
        left = sum(each.usual for each in stages[number - 1 :]) * pace
        say(f"== {name} {number}/{len(stages)}: {stage.name} (about {span(left)} left in all)")
        began = time.monotonic()
        code = subprocess.run(stage.command, env=environment, check=False).returncode  # noqa: S603 - our own words
        took.append(time.monotonic() - began)
        if code:
            say(f"== {name}: {stage.name} FAILED after {span(took[-1])}: {' '.join(stage.command)}")
            return code
    say(f"== {name}: all passed in {span(sum(took))}")
    for stage, seconds in zip(stages, took, strict=True):
        say(f"   {span(seconds):>10}  {stage.name}")
    return 0


def span(seconds: float) -> str:
    """Return a time in words: `4 s`, `3 min 20 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def say(line: str) -> None:
    """Print a line at once, before the next stage prints its own."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TIERS:
        raise SystemExit(f"usage: python tiers.py {{{','.join(TIERS)}}}")
    raise SystemExit(run(sys.argv[1], TIERS[sys.argv[1]]))
