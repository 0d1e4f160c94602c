"""The calls of EC2 that happened since somebody last asked, in words.

In: steps. Out: a line for each caller and Region. Without `verbose`, Peerkeeper's own calls are left out, and
calls that wake no function; a call about a peering is always there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rich.markup import escape

from peerkeeper_local.pump import EventEmitted, EventLost, EventMatched
from peerkeeper_local.telling.names import city
from peerkeeper_local.telling.signs import sign

OURS = "peerkeeper-"
"""How the names of Peerkeeper's roles begin."""


class Caller(NamedTuple):
    """Who called, and where."""

    who: str
    account: str
    region: str


@dataclass
class Calls:
    """Calls of one name by one caller."""

    at: float
    count: int = 0
    functions: set[str] = field(default_factory=set)
    lost: bool = False


class Events:
    """Gathers events until they are taken."""

    def __init__(self, account: str, *, verbose: bool) -> None:
        """`account`: the hub's, which goes without saying."""
        self._account, self._verbose = account, verbose
        self._calls: dict[Caller, dict[str, Calls]] = {}

    def emitted(self, step: EventEmitted) -> None:
        """Note that a call was made."""
        self._of(step).count += 1

    def matched(self, step: EventMatched) -> None:
        """Note that a function receives the event."""
        self._of(step).functions.add(step.function)

    def lost(self, step: EventLost) -> None:
        """Note that a call was made of which no function learns."""
        calls = self._of(step)
        calls.count += 1
        calls.lost = True

    def take(self) -> Iterator[tuple[float, str]]:
        """Yield when and what, in the order of the calls; ours last and by name. Forget them all."""
        gathered, self._calls = self._calls, {}
        callers = sorted(gathered, key=lambda one: (one.who.startswith(OURS), *_by_name(one)))
        for caller in callers:
            calls = gathered[caller]
            names = sorted(calls) if caller.who.startswith(OURS) else [*calls]
            kept = [
                name for name in names if self._verbose or _worth_telling(caller, name, calls[name])
            ]
            if kept:
                said = [self._said(name, calls[name]) for name in kept]
                yield calls[kept[0]].at, f"{sign('●')} {self._place(caller)} {', '.join(said)}"

    def _of(self, step: EventEmitted | EventMatched | EventLost) -> Calls:
        caller, name = _key(step.event)
        return self._calls.setdefault(caller, {}).setdefault(name, Calls(step.at))

    def _place(self, caller: Caller) -> str:
        of = "" if caller.account == self._account else f" of {caller.account}"
        return f"[dim]{escape(caller.who)}{of} in {city(caller.region)}:[/]"

    def _said(self, name: str, calls: Calls) -> str:
        times = f" x{calls.count}" if calls.count > 1 else ""
        if calls.lost:
            return f"[bold]{name}[/]{times} [red](its event is lost)[/]"
        takers = ", ".join(sorted(calls.functions))
        if self._verbose:
            return f"[bold]{name}[/]{times} [dim]→ {takers or 'nobody'}[/]"
        return f"[bold]{name}[/]{times}" + (
            "" if takers else " [dim](no event reaches Peerkeeper)[/]"
        )


def _worth_telling(caller: Caller, name: str, calls: Calls) -> bool:
    if caller.who.startswith(OURS):
        return False
    return bool(calls.functions) or calls.lost or "VpcPeeringConnection" in name


def _by_name(caller: Caller) -> tuple[str, ...]:
    return tuple(caller) if caller.who.startswith(OURS) else ()


def _key(event: dict[str, Any]) -> tuple[Caller, str]:
    detail = event["detail"]
    caller = detail["userIdentity"]
    issuer = caller.get("sessionContext", {}).get("sessionIssuer", {})
    arn = issuer.get("arn") or caller.get("arn", "")
    return Caller(arn.rpartition("/")[2], event["account"], event["region"]), detail["eventName"]
