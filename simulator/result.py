"""How a schedule ended. In: nothing. Out: `Result`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Result:
    """How a schedule ended."""

    broken: list[str] = field(default_factory=list)
    calls: int = 0
    counted: int = 0
    effects: tuple[int, ...] = ()
    runs: int = 0
    writes: int = 0
    wasted: int = 0
    late: int = 0
    crossed: Counter[str] = field(default_factory=Counter)
    """What one version wrote and another read, by kind; empty where one version does all."""
    final: Any = None
    trace: list[str] | None = None
