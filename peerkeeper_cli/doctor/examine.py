"""Examine a site: ask until nothing more is to be asked, then judge. In: a site, `Asked`. Out: `Examined`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from peerkeeper_cli.doctor import (
    alarms,
    bus,
    functions,
    names_free,
    queues,
    regions,
    roles,
    rules,
    spokes,
    stack,
    sweep,
    topics,
    trails,
)
from peerkeeper_cli.doctor.call import Answer, Answers, Call
from peerkeeper_cli.doctor.check import Check, Result, skipped
from peerkeeper_cli.doctor.site import Site

Calls = Callable[[Site, Answers], Iterable[Call]]
Checks = Callable[[Site, Answers], Iterable[Check]]
ROUNDS: tuple[tuple[Calls, Checks], ...] = (
    (regions.calls, regions.checks),
    (trails.calls, trails.checks),
    (names_free.calls, names_free.checks),
    (stack.calls, stack.checks),
    (functions.calls, functions.checks),
    (sweep.calls, sweep.checks),
    (rules.calls, rules.checks),
    (bus.calls, bus.checks),
    (queues.calls, queues.checks),
    (spokes.calls, spokes.checks),
    (roles.calls, roles.checks),
    (topics.calls, topics.checks),
    (alarms.calls, alarms.checks),
)
"""What is looked at, in the order in which an event travels, more or less."""


class Asked(Protocol):
    """Anything that asks AWS."""

    def all(self, calls: Iterable[Call], /) -> dict[Call, Answer]:
        """Return the answer to each call."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found."""

    site: Site
    said: str
    """Whose settings they are."""
    checks: tuple[Check, ...]

    @property
    def exit_code(self) -> int:
        """4 where AWS did not say all, else 3 where something fails, else 0."""
        results = {one.result for one in self.checks}
        if Result.UNKNOWN in results:
            return 4
        return 3 if Result.FAIL in results else 0

    def of(self, result: Result) -> list[Check]:
        """Return the checks that came out so."""
        return [one for one in self.checks if one.result is result]


def examine(site: Site, ask: Asked, said: str = "") -> Examined:
    """Ask in waves, since an answer may call for more, and judge."""
    answers = Answers()
    while wanted := [one for one in _wanted(site, answers) if one not in answers]:
        answers.add(ask.all(wanted))
    return Examined(site, said, tuple(judged(site, answers)))


def judged(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield every check, in order, by these answers."""
    yield from _apart(site)
    for _, checks in ROUNDS:
        yield from checks(site, answers)


def _wanted(site: Site, answers: Answers) -> Iterator[Call]:
    for calls, _ in ROUNDS:
        yield from calls(site, answers)


def _apart(site: Site) -> Iterator[Check]:
    """Yield what does not apply here, and why."""
    if site.hub_unread:
        words = f"whether the hub is there could not be read: {site.hub_unread}"
        mend = "grant lambda:GetFunctionConfiguration: --print-policy prints the whole policy"
        yield Check("hub", Result.UNKNOWN, str(site.hub), words, (mend,))
    elif not site.deployed:
        words = "nothing is deployed yet: doctor checks only what a deployment needs"
        yield skipped("hub", site.hub, words)
    elif site.local:
        words = "a local cloud runs the functions itself: it has no stack, no alarms and no metrics"
        yield skipped("stack", site.hub, words)
