"""One cloud on which scenes are played and printed.

In: a console, a mode; then scene after scene. Out: lines on the console: title, what happens, and what each
peering carries then. At the moments that a scene names, it says whether two hosts would ping each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule

from peerkeeper_local.demo.ping_lines import hops, ping_lines
from peerkeeper_local.demo.pings import Pings
from peerkeeper_local.demo.verdicts import Seen, Verdicts
from peerkeeper_local.story import OBSERVED, SCENES, Scene, Stage, prepare
from peerkeeper_local.story.stage import DELAYS, PLAYED
from peerkeeper_local.telling.names import Names
from peerkeeper_local.telling.narrator import Narrator
from peerkeeper_local.telling.outline import Outline
from peerkeeper_local.telling.signs import sign

ALL = (*SCENES, OBSERVED)
COLOURS = {"carries": "green", "partly": "yellow", "nothing": "red", "waits": "blue"}
SAID = {
    "carries": "carries: both sides are routed",
    "partly": "carries a part",
    "nothing": "carries nothing",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Where and how to print scenes."""

    console: Console
    pace: float
    """Seconds to rest after each line."""
    verbose: bool
    """Whether to tell the plumbing too."""


class Performance:
    """A stage, its narrator and its verdicts."""

    def __init__(self, stage: Stage, told: Told, narrator: Narrator) -> None:
        self.stage = stage
        self.verdicts = Verdicts(stage)
        self._pings = Pings(stage)
        stage.on_moment(self._ping)
        self._told, self._narrator = told, narrator
        self._outline = Outline(told.console, told.pace, told.console.width)

    def play(self, scene: Scene) -> None:
        """Play one scene, and tell it."""
        self._announce(scene)
        scene.play(self.stage)
        self._narrator.flush()
        if new := self.verdicts.look():
            said = ", ".join(_said(one) for one in new)
            self._outline.line(f"{sign('⇒')} {said}", indent=2)

    def _ping(self) -> None:
        """Tell whether the hosts would ping each other now; with `verbose` hop by hop."""
        self._narrator.flush()
        there, back = self._pings.look()
        names = Names(self.stage)
        for line in ping_lines(there, back, names):
            self._outline.line(f"{sign('⇒')} {line}", indent=2)
        if self._told.verbose:
            for line in (*hops(there, names), *hops(back, names)):
                self._outline.line(line, indent=4, hang=4)

    def _announce(self, scene: Scene) -> None:
        place = f"[dim]{ALL.index(scene) + 1}/{len(ALL)}[/]"
        title = f"{place} [bold]{escape(scene.title)}[/]"
        self._told.console.print()
        self._told.console.print(Rule(title, align="left", style="cyan"))
        self._outline.line(escape(scene.tell), indent=0, hang=0)


@contextmanager
def performing(mode: str, told: Told) -> Iterator[Performance]:
    """Open a cloud in that mode, with what is there before the first scene."""
    with Stage(mode, DELAYS, None, **PLAYED) as stage:
        prepare(stage)
        narrator = Narrator(
            stage, told.console, told.pace, told.console.width, verbose=told.verbose
        )
        yield Performance(stage, told, narrator)


def _said(one: Seen) -> str:
    verdict = SAID.get(one.verdict, one.verdict)
    if one.verdict in ("waits", "ended"):
        verdict = f"is {one.status}"
    return f"{escape(one.peering)} [{COLOURS.get(one.verdict, 'dim')}]{verdict}[/]"
