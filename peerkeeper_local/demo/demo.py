"""Play the story on a console: scene by scene, step by step, and the regions at the end.

In: a console, the seconds to rest between lines. Out: whether all went as told.
"""

from __future__ import annotations

import time

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from peerkeeper_local.demo.narrator import Narrator
from peerkeeper_local.demo.region_tables import regions
from peerkeeper_local.story import OBSERVED, SCENES, Scene, Stage
from peerkeeper_local.story.stage import DELAYS, EVERYWHERE

CONNECTED = "Seoul's VPC grows"
"""The scene after which the regions are shown once more: all is connected then."""


def play(console: Console, pace: float) -> None:
    """Play every scene in mode full, then the same request in mode observe."""
    began = time.monotonic()
    scenes = len(SCENES) + 1
    said = ", ".join(f"{name}={value}" for name, value in EVERYWHERE.items())
    console.print(f"[dim]Parameters of the demo that are not the defaults: {said}[/]")
    with Stage("full", DELAYS, None, **EVERYWHERE) as stage:
        narrator = Narrator(console, stage, pace)
        for number, scene in enumerate(SCENES, 1):
            _announce(console, scene, f"{number}/{scenes}")
            scene.play(stage)
            narrator.flush()
            if scene.title == CONNECTED:
                console.print(*regions(stage, "Both regions, connected"), sep="\n")
        console.print(*regions(stage, "Both regions at the end"), sep="\n")
    with Stage("observe", DELAYS, None, **EVERYWHERE) as stage:
        narrator = Narrator(console, stage, pace)
        _announce(console, OBSERVED, f"{scenes}/{scenes}")
        OBSERVED.play(stage)
        narrator.flush()
        writes = sum(1 for _ in stage.writes())
        console.print(f"  EC2 writes by Peerkeeper in mode observe: [bold]{writes}[/]")
    console.print(
        f"\n[bold green]That is Peerkeeper.[/] {time.monotonic() - began:.0f} s, no AWS account."
    )


def _announce(console: Console, scene: Scene, place: str) -> None:
    console.print()
    console.print(
        Panel(
            escape(scene.tell),
            title=f"[bold]{escape(scene.title)}[/] [dim]{place}[/]",
            title_align="left",
            border_style="cyan",
        )
    )
