"""How much of the log was read. In: nothing. Out: `Past`: the lines, from when, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_cli.history.log_line import LogLine


@dataclass(frozen=True, slots=True)
class Past:
    """What was read."""

    lines: tuple[LogLine, ...]
    asked_from: float
    """What was asked for, in epoch seconds."""
    goes_back_to: float
    """What the log can hold: later where it is kept for less, or was made since."""
    now: float
    source: str
    """Whose log it is."""
    unread: tuple[str, ...] = ()
    """What could not be read, and how to fix it."""
    unreadable: int = 0
    """Lines that name the peering and are no JSON: cut, or not the functions' own."""

    @property
    def begins(self) -> float:
        """From when on it was read."""
        return max(self.asked_from, self.goes_back_to)
