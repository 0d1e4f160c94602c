"""What the figures were measured on. In: this machine. Out: `Machine`."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

import boto3

from benchmarks import custodian, terraform


@dataclass(frozen=True, slots=True)
class Machine:
    """The day, how many processors there are, and the version of each program."""

    date: str
    cores: int
    programs: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return it in words: the day and the processors, then a line for each program."""
        cores = "1 core" if self.cores == 1 else f"{self.cores} cores"
        return [
            f"Measured on {self.date} on {cores}, with:",
            *(f"- {one}" for one in self.programs),
        ]


def machine() -> Machine:
    """Return this machine, today."""
    programs = [f"Python {platform.python_version()} with boto3 {boto3.__version__}"]
    if custodian.program():
        programs.append(custodian.version())
    if shutil.which("terraform"):
        programs.append(terraform.version())
    cores = os.cpu_count() or 1
    return Machine(datetime.now(UTC).date().isoformat(), cores, tuple(programs))
