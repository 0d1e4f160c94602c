"""A program run once, from its start to its end.

In: words, an environment. Out: seconds, and what it printed.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fleet_memory import ROOT

LAST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run took and said."""

    seconds: float
    said: str


def run(words: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT) -> Ran:
    """Run a program. Raises RuntimeError with its last words where it fails."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own words
        words, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - began
    if done.returncode:
        said = (done.stdout + done.stderr)[-LAST_WORDS:]
        raise RuntimeError(f"{' '.join(words)[:200]} ended with {done.returncode}: {said}")
    return Ran(took, done.stdout)
