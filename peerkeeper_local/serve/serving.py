"""Serve until interrupted. In: what the command line said. Out: lines on a console, as things happen."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from peerkeeper_local.cloud import Limits
from peerkeeper_local.pump import DeadLettered, FunctionReturned, Step
from peerkeeper_local.seeds.open_stage import OpenStage
from peerkeeper_local.seeds.outset import outset
from peerkeeper_local.seeds.seed import Wanted
from peerkeeper_local.seeds.sow import sow
from peerkeeper_local.serve.announcement import Served, lines
from peerkeeper_local.serve.bridges import bridge_addresses
from peerkeeper_local.serve.endpoint import Endpoint, refuse_if_taken
from peerkeeper_local.serve.reach import resolved, warning
from peerkeeper_local.serve.service import Service
from peerkeeper_local.serve.variables import for_containers, for_sam, for_shell
from peerkeeper_local.telling.narrator import Narrator

UNENDING = 1_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What to serve: where, what is in it, how fast its time passes, who answers."""

    host: str
    port: int
    seed: Wanted
    parameters: Mapping[str, str]
    speed: float
    functions: bool
    env_file: Path | None
    env_host: str | None
    vpcs_per_region: int


def serve(console: Console, wish: Wish, typed: str) -> None:
    """Open the cloud, say how to reach it, and serve it until SIGINT or SIGTERM; `typed` is this program.

    Raises OSError if the address cannot be taken, or the env file not be written; SavedError for a seed
    that is no saved cloud.
    """
    refuse_if_taken(wish.host, wish.port)  # before the cloud is built, which takes a while
    said = {**wish.parameters}
    limits = Limits(vpcs_per_region=wish.vpcs_per_region)
    with OpenStage(said.pop("Mode"), limits, outset(wish.seed), **said) as stage:
        with console.status(f"making what is there at first: {wish.seed}"):
            sow(stage, wish.seed)
        narrator = Narrator(stage, console, 0, _width(console), verbose=True)
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
        _announce(console, stage, endpoint.url, wish, typed)
        service.start()
        while not interrupted.wait(0.5):
            pass
        endpoint.stop()
        service.stop()


def _announce(console: Console, stage: OpenStage, url: str, wish: Wish, typed: str) -> None:
    if wish.env_file is not None:
        variables = for_sam(stage, for_containers(url, wish.env_host))
        wish.env_file.write_text(json.dumps(variables, indent=2) + "\n")
    begins = outset(wish.seed)
    served = Served(
        url=url,
        seed=str(wish.seed),
        speed=wish.speed,
        functions=wish.functions,
        parameters=stage.parameters,
        accounts=(stage.cloud.account, *stage.accounts),
        regions=stage.regions,
        seeded=begins.regions,
        first_look=begins.first_look,
        warning=warning(wish.host, resolved(wish.host), bridge_addresses()),
    )
    for line, style in lines(served, for_shell(stage, url), typed):
        console.print(line, style=style, highlight=False, soft_wrap=True, markup=False)


def _width(console: Console) -> int:
    """Return the columns after which a line wraps: in a pipe no line does, so that it can be searched."""
    return console.width if console.is_terminal else UNENDING


def _trouble(console: Console, step: Step) -> None:
    """Show what the narrator leaves out: a function that raised, a message that no function could read."""
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
