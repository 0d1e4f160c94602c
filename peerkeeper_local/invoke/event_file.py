"""Invoke one event file, in a served cloud or in a fresh one.

In: the file. Out: what each function made of it, as values or as lines.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from peerkeeper_cli.served_cloud.ask import ask
from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.invoke.invocation import invoke
from peerkeeper_local.seeds.seed import FIRST, Seed, Wanted, samples
from peerkeeper_local.telling.names import Ids
from peerkeeper_local.telling.outline import Outline
from peerkeeper_local.telling.run_told import RunTold


def run(path: Path, endpoint: str | None, mode: str) -> list[dict[str, Any]]:
    """Run the event in `path`; see `invocation.invoke`. Raises InvocationError.

    Without an endpoint: in a fresh cloud with the ids of events/*.json, in `mode`, at the moment of the
    sample if `path` is one.
    """
    try:
        event = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InvocationError(f"{path}: {error}") from error
    if endpoint is not None:
        done: list[dict[str, Any]] = ask(endpoint, "invoke", json.dumps(event).encode())
        return done
    from peerkeeper_local.seeds.open_stage import OpenStage  # noqa: PLC0415 - moto takes a second
    from peerkeeper_local.seeds.outset import outset  # noqa: PLC0415
    from peerkeeper_local.seeds.sow import sow  # noqa: PLC0415

    wanted = Wanted(Seed.EVENTS, path.stem if path.stem in samples() else FIRST)
    with OpenStage(mode, **outset(wanted).parameters) as stage:
        sow(stage, wanted)
        return invoke(stage, event)


def show(console: Console, done: list[dict[str, Any]]) -> None:
    """Tell what each function did, would do, found and handed off, as the demo does."""
    told = RunTold(Outline(console, 0.0, console.width), Ids(), verbose=True)
    for each in done:
        console.print(f"[bold blue]{each['function']}[/]")
        if each["error"]:
            console.print(f"  [red]raised[/]\n{escape(each['error'])}", highlight=False)
        lines = told.worth_telling(each["report"])
        for tell in lines:
            tell()
        if each["report"] and not lines:
            console.print("    nothing to do")


def failed(done: list[dict[str, Any]]) -> bool:
    """Whether a function raised, left a message undone, or made no report."""
    return any(
        each["error"] or not each["report"] or (each["reply"] or {}).get("batchItemFailures")
        for each in done
    )
