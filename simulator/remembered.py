"""What the functions' own code has worked out before: in another run, another schedule, another crash.

In: the state of a run and what a wave of calls brought. Out: what the real code made of the same before, else
the real code itself, run once. Planning is pure, so the same gives the same. Values that are equal become one
object, so the same is known by identity.

Only for the code as it is: no seeded bug may be in it. A test holds that schedules go the same without it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from typing import Any, TypeVar
from unittest.mock import patch

from peerkeeper.loop import reconcile, run_report
from peerkeeper.loop.run import Run
from peerkeeper.reporting.report import Report
from peerkeeper.values.changes import Change, TagStatus
from peerkeeper.values.outcomes import Observed, Outcome
from peerkeeper.values.reads import Read
from peerkeeper.values.snapshot import Snapshot

from simulator.parsed_once import Memory, parsed_once
from simulator.watched_time import NOW, Span, watched

T = TypeVar("T")
_begun = Memory()


class _State:
    """All that a run has come to, and each step that was ever taken from there."""

    __slots__ = ("fields", "looks", "steps")

    def __init__(self, run: Run) -> None:
        self.fields = (run.seen, run.plan, run.asked, run.again, run.verdicts, run.waves, run.tried)
        self.steps: dict[Hashable, list[tuple[Span, Any, _State, object]]] = {}
        self.looks: dict[str, Any] = {}
        run.tried = dict(run.tried)  # which the run goes on to fill


class RememberedRun(Run):
    """A run that takes each step which was taken before from memory."""

    __slots__ = ("at", "state")

    def __post_init__(self) -> None:
        super().__post_init__()
        seen, self.at = self.seen, self.seen.now
        key = (id(self.job), id(self.settings), self.hints, _begins_with(seen))
        state: _State | None = _begun.get(key)
        if state is None:
            self.seen = replace(seen, now=NOW)
            # Job and settings are held, so that no others get their identity.
            state = _begun.keep(key, _State(self))
            state.steps["of"] = [(Span(0.0), None, state, (self.job, self.settings))]
        self.state: _State | None = state
        self._become(state)

    def _become(self, state: _State) -> None:
        (self.seen, self.plan, self.asked, self.again, self.verdicts, self.waves, tried) = (
            state.fields
        )
        self.tried = dict(tried)
        self.state = state

    def step(self, what: Hashable, act: Callable[[], T], held: object = None) -> T:
        """Take a step, or do what it came to before; `held` keeps alive what `what` knows by identity."""
        if self.state is None or self.late:  # what the deadline cuts off is no part of the state
            self.state = None
            with watched(self.at):
                return act()
        taken = self.state.steps.setdefault(what, [])
        for span, result, after, _ in taken:
            if span.holds(self.at):
                if after is not self.state:
                    self._become(after)
                return result  # type: ignore[no-any-return]
        with watched(self.at) as span:
            result = act()
        self.state = _State(self)
        taken.append((span, result, self.state, held))
        _begun.grow()
        return result

    def look(self, what: str, act: Callable[[], T]) -> T:
        """Return what only looks at the state, worked out once for each."""
        if self.state is None or self.late:
            return act()
        if what not in self.state.looks:
            self.state.looks[what] = act()
        return self.state.looks[what]  # type: ignore[no-any-return]

    def reads(self) -> list[Read]:
        return self.step("reads", super().reads)

    def changes(self) -> list[Change]:
        return self.look("changes", super().changes)

    def notices(self) -> list[TagStatus]:
        return self.look("notices", super().notices)

    def judge(self) -> None:
        self.step("judge", super().judge)

    def update(self, results: Sequence[Observed | Outcome | None]) -> None:
        said = ("update", *map(_said, results))
        self.step(said, lambda: Run.update(self, results), results)

    def told(self, results: Sequence[Observed | Outcome | None]) -> None:
        said = ("told", *map(_said, results))
        self.step(said, lambda: Run.told(self, results), results)


BY_IDENTITY = frozenset({"peerings", "vpcs", "subnets", "route_tables"})
"""What is one object where it is equal: `parsed_once` sees to that."""
_OBSERVED = tuple(one.name for one in fields(Observed))
_CLAIMS = tuple(one.name for one in fields(Snapshot) if one.name != "now")


def _said(result: Observed | Outcome | None) -> Hashable:
    """Return all that a result says, field by field: resources by identity, since they are one object."""
    if isinstance(result, Outcome):
        return (result.change, result.result, result.detail, result.trouble, id(result.seen))
    if result is None:
        return None
    said = ((name, getattr(result, name)) for name in _OBSERVED)
    return tuple(tuple(map(id, value)) if name in BY_IDENTITY else value for name, value in said)


def _begins_with(seen: Snapshot) -> Hashable:
    """Return all that a run knows before it looks, except the time. Nothing has been read yet."""
    known = (getattr(seen, name) for name in _CLAIMS)
    return tuple(frozenset(one.items()) if isinstance(one, dict) else one for one in known)


def _report_of(real: Callable[[Run], Report]) -> Callable[[Run], Report]:
    def report_of(run: Run) -> Report:
        assert isinstance(run, RememberedRun)
        return run.step(("report", tuple(run.scopes)), lambda: real(run))

    return report_of


@contextmanager
def remembered() -> Iterator[None]:
    """Remember what pure code makes of what it is given, while it lasts."""
    with ExitStack() as stack:
        stack.enter_context(parsed_once())
        stack.enter_context(patch.object(reconcile, "Run", RememberedRun))
        stack.enter_context(patch.object(reconcile, "report_of", _report_of(run_report.report_of)))
        yield
