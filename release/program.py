"""Run a program to its end. In: words, a folder, variables. Out: what it printed, or its last words."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def ran(words: Sequence[str], at: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Return what the program prints. `env` replaces the shell's variables.

    Raises RuntimeError with its last words if it fails.
    """
    done = subprocess.run(  # noqa: S603 - our own words
        words, cwd=at, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr)[-2000:].strip())
    return done.stdout
