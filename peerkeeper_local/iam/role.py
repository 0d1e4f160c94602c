"""A role: who may assume it, and what it may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Role:
    """A role as a stack makes it; `trust` and `policies` are policy documents."""

    name: str
    arn: str
    trust: Mapping[str, Any]
    policies: tuple[Mapping[str, Any], ...]
    boundary: str = ""
    """The ARN of its permissions boundary; empty if it has none."""
