"""An estate: what people have made so far, when, and how the hub is deployed over it.

In: nothing. Out: values. A past is steps as `Hands` does them, each with the seconds before now when it was
done. Steps that EC2 refused are not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Past: TypeAlias = tuple[float, tuple[Any, ...]]
"""Seconds before now, and (verb, arguments)."""
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Estate:
    """One estate, drawn from its seed."""

    seed: int
    past: tuple[Past, ...]
    """The oldest first."""
    parameters: tuple[tuple[str, str], ...]
    """The hub's, without its mode."""
