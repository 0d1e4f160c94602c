"""What each peering carries after each scene, as `./peerkeeper peerings` says it.

In: a stage, again and again. Out: the verdicts that changed since the last look; all of them, in order.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_cli.estate.estate import read
from peerkeeper_cli.peerings.survey import survey
from peerkeeper_cli.reader.progress import Silent
from peerkeeper_cli.reader.threads import Threads
from peerkeeper_local.demo.read_stage import opened_on
from peerkeeper_local.story import Stage
from peerkeeper_local.telling.names import Names


@dataclass(frozen=True, slots=True)
class Seen:
    """One peering as it stood after a scene."""

    peering: str
    """The operator's name for it."""
    status: str
    """EC2's word, as pending-acceptance."""
    verdict: str
    """carries, partly, nothing, waits, ended, unknown."""


class Verdicts:
    """Looks at one stage after each scene."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._names = Names(stage)
        self._opened = opened_on(stage, "peerings")
        self.history: dict[str, list[Seen]] = {}
        """By peering, oldest first; a verdict that stays is there once."""

    def look(self) -> list[Seen]:
        """Return what is new, by name."""
        self._opened.now = self._stage.cloud.clock.now()
        rows = survey(read(self._opened, Threads(self._opened.access, Silent()))).rows
        seen = [Seen(self._names.known(row.id), row.status, row.verdict.value) for row in rows]
        new = []
        for one in sorted(seen, key=lambda each: each.peering):
            before = self.history.setdefault(one.peering, [])
            if not before or before[-1] != one:
                before.append(one)
                new.append(one)
        return new
