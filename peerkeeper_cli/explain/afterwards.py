"""What follows once all that is due is done, to the end. In: what is foreseen. Out: `Afterwards` values.

The same foresight as `peerkeeper plan` has, of only one peering. In `observe` it shows what `full` would do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from peerkeeper.settings import Mode, Settings
from peerkeeper.values.changes import Change, to_dict

from peerkeeper_cli.foresight.foresee import Foreseen


@dataclass(frozen=True, slots=True)
class Afterwards:
    """One change that follows from others."""

    change: Change
    later: bool
    """It waits for a second look, at least five minutes after the first."""

    def to_dict(self) -> dict[str, object]:
        """Return it as plain JSON values."""
        return {**to_dict(self.change), "when": "later" if self.later else "now"}


def mode_ahead(settings: Settings) -> Mode:
    """Return the mode that is looked ahead in: in `observe` nothing would follow."""
    return Mode.FULL if settings.mode is Mode.OBSERVE else settings.mode


def afterwards(pcx_id: str, ahead: Foreseen, due: Collection[Change]) -> Iterator[Afterwards]:
    """Yield what follows for this peering, in the order in which it would be done."""
    for change in ahead.changes:
        if getattr(change, "pcx_id", "") == pcx_id and change not in due:
            yield Afterwards(change, change in ahead.later)
