"""What the trail of each account and region logs. In: what somebody says of it. Out: whether it logs writes.

One trail a region, that logs all until told otherwise. Source: CloudTrail User Guide, management events.
"""

from collections.abc import Iterable
from enum import StrEnum


class Logs(StrEnum):
    """Which management events a trail logs; the last three as CloudTrail calls them."""

    NOTHING = "nothing"
    READS = "ReadOnly"
    WRITES = "WriteOnly"
    ALL = "All"


class Trails:
    """The trails of all accounts, by account and region."""

    def __init__(self) -> None:
        self._everywhere: dict[str, Logs] = {}
        self._selected: dict[tuple[str, str], Logs] = {}
        self._stopped: set[tuple[str, str]] = set()

    def say(self, what: Logs, regions: Iterable[str]) -> None:
        """Let the trails of these regions log that from now on, in every account."""
        named = {*regions}
        self._everywhere.update(dict.fromkeys(named, what))
        self._selected = {k: v for k, v in self._selected.items() if k[1] not in named}
        self._stopped = {place for place in self._stopped if place[1] not in named}

    def select(self, place: tuple[str, str], what: Logs) -> None:
        """Let one trail log that, as long as it is on."""
        self._selected[place] = what

    def turn(self, place: tuple[str, str], *, on: bool) -> None:
        """Turn one trail on or off."""
        if not on:
            self._stopped.add(place)
            return
        self._stopped.discard(place)
        if self.selected(place) is Logs.NOTHING:
            self._selected[place] = Logs.ALL

    def selected(self, place: tuple[str, str]) -> Logs:
        """Return what the trail logs where it is on."""
        return self._selected.get(place, self._everywhere.get(place[1], Logs.ALL))

    def is_on(self, place: tuple[str, str]) -> bool:
        """Tell whether the trail is on."""
        return place not in self._stopped and self.selected(place) is not Logs.NOTHING

    def is_own(self, place: tuple[str, str]) -> bool:
        """Tell whether somebody said what this trail logs."""
        return place in self._selected or place[1] in self._everywhere

    def hears_writes(self, place: tuple[str, str]) -> bool:
        """Tell whether EventBridge receives the writes there."""
        return self.is_on(place) and self.selected(place) in (Logs.ALL, Logs.WRITES)
