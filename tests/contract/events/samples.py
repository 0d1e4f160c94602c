"""The sample events, and what events/README.md says of them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
EVENTS = ROOT / "events"
ACCOUNT = "111122223333"
KEEP = "keep_endpoints"
REGIONS = {"Seoul": "ap-northeast-2", "Tokyo": "ap-northeast-1"}


@dataclass(frozen=True)
class Sample:
    """One row of the README's table of events that travel through rules."""

    name: str
    region: str
    encoding: str
    taken_by: frozenset[str]

    @property
    def parameters(self) -> dict[str, str]:
        """Return the template's parameters with which somebody takes the event."""
        return {"Endpoints": "keep"} if KEEP in self.taken_by else {}

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


def also_kept() -> set[str]:
    """Return the samples that `keep_endpoints` takes beside other functions, as the README says."""
    said = (EVENTS / "README.md").read_text().partition("Then it also takes ")[2].partition(".")[0]
    return set(re.split(r",\s+", said))
