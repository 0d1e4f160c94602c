"""Every exception that Peerkeeper raises itself.

PeerkeeperError
├── SettingsError   settings are wrong: raised once, at cold start, with every fault
└── MessageError    a message cannot be read: left to the dead-letter queue, or raised where there is none

Trouble with EC2 is never an exception: it is a `Trouble` in an outcome or in the snapshot. `TurnTooLate`
of `peerkeeper.aws.pace` never leaves the edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from reprlib import Repr

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 80


def quoted(value: object) -> str:
    """Return what stood where something else should: on one line, and short however long or deep it is."""
    return _SHORT.repr(value)


class PeerkeeperError(Exception):
    """The root: its message names every fault, one a line, with the remedy."""

    def __init__(self, what: str, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n  - ".join((what, *self.faults)))


class SettingsError(PeerkeeperError):
    """One or more settings are wrong; nothing runs until they are right."""


class MessageError(PeerkeeperError):
    """A message is ours but cannot be read; no call was made for it."""
