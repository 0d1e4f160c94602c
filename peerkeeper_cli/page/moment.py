"""A time in UTC, for people and for JSON. In: epoch seconds. Out: text."""

from __future__ import annotations

from datetime import UTC, datetime


def minute(at: float) -> str:
    """Return it to the minute, as 2026-12-01 09:30."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}"


def iso(at: float) -> str:
    """Return it to the second as JSON has it, as 2026-12-01T09:30:00Z."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"
