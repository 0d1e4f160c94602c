"""The sample events, and what events/README.md says of them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
EVENTS = ROOT / "events"
ACCOUNT = "111122223333"
REGIONS = {"Seoul": "ap-northeast-2", "Tokyo": "ap-northeast-1"}


@dataclass(frozen=True)
class Sample:
    """One row of the README's table of events that travel through rules."""

    name: str
    region: str
    encoding: str
    taken_by: frozenset[str]

    @property
    def event(self) -> dict[str, Any]:
        return load(self.name)


def load(name: str) -> dict[str, Any]:
    return json.loads((EVENTS / f"{name}.json").read_text())


def samples() -> list[Sample]:
    """Read the table, so that there is one place that says which function takes what."""
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in (EVENTS / "README.md").read_text().splitlines()
        if line.startswith("|")
    ]
    return [
        Sample(name, REGIONS[where], encoding, frozenset(taken.split(", ")) - {"-"})
        for name, _, where, encoding, taken in (row for row in rows if len(row) == 5)
        if where in REGIONS
    ]
