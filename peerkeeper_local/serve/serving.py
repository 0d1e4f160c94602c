"""Serve until interrupted. In: what the command line said. Out: lines on a console, as things happen."""

from __future__ import annotations

import json
import signal
import threading
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from peerkeeper_local.cloud import Limits
from peerkeeper_local.demo.narrator import Narrator
from peerkeeper_local.pump import DeadLettered, FunctionReturned, Step
from peerkeeper_local.seeds.open_stage import OpenStage
from peerkeeper_local.seeds.seed import Seed, Wanted
from peerkeeper_local.seeds.sow import sow
from peerkeeper_local.serve.endpoint import Endpoint
from peerkeeper_local.serve.exports import exports
from peerkeeper_local.serve.service import Service
from peerkeeper_local.serve.variables import for_containers, for_sam, for_shell
from peerkeeper_local.story.stage import EVERYWHERE


@dataclass(frozen=True, slots=True)
class Wish:
    """What to serve: where, what is in it, how fast its time passes, who answers."""

    host: str
    port: int
    seed: Wanted
    mode: str
    speed: float
    functions: bool
    env_file: Path | None
    env_host: str | None
    vpcs_per_region: int


def serve(console: Console, wish: Wish) -> None:
    """Open the cloud, say how to reach it, and serve it until SIGINT or SIGTERM.

    Raises OSError if the address cannot be taken, or the env file not be written; SavedError for a seed
    that is no saved cloud.
    """
    parameters = EVERYWHERE if wish.seed.seed in (Seed.STORY, Seed.EVENTS) else {}
    limits = Limits(vpcs_per_region=wish.vpcs_per_region)
    with OpenStage(wish.mode, limits, **parameters) as stage:
        sow(stage, wish.seed)
        narrator = Narrator(console, stage, pace=0)
        stage.pump.on_step(lambda step: _trouble(console, step))
        service = Service(
            stage,
            wish.speed,
            functions=wish.functions,
            told=narrator.flush,
            trouble=lambda text: console.print(f"[red]{escape(text)}[/]"),
        )
        endpoint = Endpoint(stage, service, wish.host, wish.port)
        interrupted = _interruption()  # before anybody can know that there is something to end
        endpoint.start()
        _announce(console, stage, endpoint.url, wish)
        service.start()
        while not interrupted.wait(0.5):
            pass
        endpoint.stop()
        service.stop()


def _said(stage: OpenStage) -> str:
    """Return which parameters are not the defaults, in words."""
    return ", ".join(
        f"{name}={value}" for name, value in stage.parameters.items() if name != "Mode"
    )


def _announce(console: Console, stage: OpenStage, url: str, wish: Wish) -> None:
    if wish.env_file is not None:
        variables = for_sam(stage, for_containers(url, wish.env_host))
        wish.env_file.write_text(json.dumps(variables, indent=2) + "\n")
    for line in exports(for_shell(stage, url)):
        console.print(line, highlight=False, soft_wrap=True, markup=False)
    if said := _said(stage):
        console.print(f"[dim]# {said}[/]", soft_wrap=True)
    answer = "functions answer" if wish.functions else "functions rest"
    console.print(
        f"[dim]# {url}: seed {wish.seed}, mode {wish.mode}, {answer}, time x{wish.speed:g};"
        " Ctrl-C ends it[/]",
        highlight=False,
        soft_wrap=True,
    )


def _trouble(console: Console, step: Step) -> None:
    """Show what the narrator leaves out: a function that raised, a message nobody could read."""
    match step:
        case FunctionReturned(error=str(error)):
            console.print(f"[red]{step.function} raised[/]\n{escape(error)}", highlight=False)
        case DeadLettered():
            console.print(f"[red]{step.queue}: a message went to its dead-letter queue[/]")
        case _:
            pass


def _interruption() -> threading.Event:
    """Return what SIGINT and SIGTERM set from now on."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    return ended
