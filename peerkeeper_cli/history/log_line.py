"""One line that a function logged. In: JSON text. Out: `LogLine`, or None for any other line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LogLine:
    """When it was logged (epoch seconds), and what it says."""

    at: float
    said: Mapping[str, Any]

    @property
    def message(self) -> str:
        """What kind of line it is."""
        return str(self.said.get("message", ""))

    @property
    def report(self) -> Mapping[str, Any]:
        """What an invocation did; empty in a line of another kind."""
        found = self.said.get("report")
        return found if isinstance(found, Mapping) else {}


def log_line(at: float, text: str) -> LogLine | None:
    """Return the line; None for what Lambda itself writes, or a line that was cut."""
    try:
        said = json.loads(text)
    except ValueError:
        return None
    return LogLine(at, said) if isinstance(said, dict) else None
