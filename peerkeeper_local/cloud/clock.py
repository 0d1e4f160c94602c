"""The one clock of the local cloud. In: a start and steps forward. Never: real time."""

from datetime import UTC, datetime
from threading import Lock


def utc_of(seconds: float) -> datetime:
    """Return epoch seconds as an aware datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


class VirtualClock:
    """A clock that moves only when told to; safe to read from any thread."""

    def __init__(self, start: datetime) -> None:
        self._now = start.timestamp()
        self._lock = Lock()

    def now(self) -> float:
        """Return the time in epoch seconds."""
        return self._now

    def utc(self) -> datetime:
        """Return the time as an aware datetime in UTC."""
        return utc_of(self._now)

    def advance(self, seconds: float) -> float:
        """Move `seconds` forward and return the new time. Raises ValueError on a step back."""
        if seconds < 0:
            message = f"time does not run back: {seconds}"
            raise ValueError(message)
        with self._lock:
            self._now += seconds
            return self._now
