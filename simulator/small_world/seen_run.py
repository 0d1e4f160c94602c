"""An invocation as the oracles want it: what it was shown, what it wrote, what it reported.

In: a step, and the invocation it belongs to. Out: the run, made once for each step.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from peerkeeper_local.deployment import Function
from peerkeeper_local.semantics.location import Location
from simulator.faults import READS
from simulator.scheduler import START
from simulator.small_world.script import PUT, SEND
from simulator.small_world.steps import Invocation, Step

UNREAD_IS_WELL = (".NotFound",)


class SeenRun:
    """Stands where `simulator.functions.Run` stands. The judge puts `world` in."""

    def __init__(self, invocation: Invocation, step: Step, function: Function) -> None:
        self.world: Any = None
        self.function = function
        self.number = 1
        self.depth = invocation.depth
        self.started = START
        self.remaining, self.unheard = float(function.timeout), frozenset[str]()
        self.report, self.faults = step.report, step.faults
        self.reply: Any = {} if step.ended else None
        self.refused: set[tuple[str, ...]] = set()
        self.served: list[tuple[float, Location, str, Any, Any]] = []
        self.writes: list[Any] = []
        self.unmade: list[tuple[Location | None, str, Any]] = []
        self.unread: list[tuple[int, Location, str, Any]] = []
        self.told: list[Any] = []
        """What it put on the bus: the entries of each call."""
        for asked, answer in step.made:
            self._take(asked.where, asked.action, asked.params, answer)

    def _take(self, where: Location | None, action: str, params: Any, answer: Any) -> None:
        if action == PUT:
            self.told.append(params["Entries"])
        if where is None or action == SEND:
            return
        if answer.refusal is None:
            self.served.append((START, where, action, params, answer.reply))
        else:
            self.unmade.append((where, action, params))
        if not action.startswith(READS):
            self.writes.append(call_of(self, where, action, params, answer))
        elif answer.refusal and not answer.refusal[0].endswith(UNREAD_IS_WELL):
            self.unread.append((len(self.served), where, action, params))

    def __str__(self) -> str:
        return self.function.logical_id


def call_of(run: Any, where: Location, action: str, params: Any, answer: Any) -> Any:
    """Return a write in the shape of `simulator.world.Call`, as far as the oracles look at it."""
    return SimpleNamespace(
        account=where.account,
        region=where.region,
        action=action,
        params=params,
        error=answer.refusal,
        run=run,
        changed=answer.changed,
    )
