"""The promise V1: what a report says of each of our sides is what its tables really carry.

In: runs as they end. Out: nothing, or a `Violation`. It imports nothing of Peerkeeper.

A run reads one thing after the other. So while things change, a verdict must be true of some states that the
run may have been shown, as a notice must. Once the world is at rest, it must be true to the letter.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering
from peerkeeper_local.semantics.peering_state import state_of
from simulator.carried import LIVE, Carried, Gap, carried
from simulator.desired import agreed, sides_at
from simulator.policy import Policy
from simulator.quiet import NO_CALL
from simulator.rows import State
from simulator.verdict import Violation, need
from simulator.was_so import Then, lacks_there, shown_to, whole

Key: TypeAlias = tuple[Location, str, str]
"""Location, peering, VPC."""
Gaps: TypeAlias = frozenset[Gap]


class SideVerdicts:
    """Judges the verdicts in the reports of one world's runs."""

    def __init__(self, policy: Policy, world: Any) -> None:
        self.policy = policy
        self.world = world
        self.lag = world.faults.knobs.stale
        self.readable = not world.faults.knobs.unknown
        """Whether replies have only states and values of today, not of tomorrow."""
        self._known: tuple[State, list[str], dict[Key, Carried]] | None = None
        """What is carried in the state that was last judged, and the states of its peerings."""

    def end(self, run: Any, batch: Any, failed: set[str], cause: str) -> None:
        """A run is over: each verdict was so, if no read failed. A sweep has one on every side.

        If time was up, the run may have made no read of a side at all.
        """
        if run.report is None or run.unread or run.remaining < NO_CALL or not self.readable:
            return
        sweeps = run.function.folder.name == "sweep"
        if not sweeps and not run.report.verdicts:
            return
        now, said = self._carried(self.world.scheduler.now), _said(run)
        doubtful = [key for key, one in said.items() if key not in now or not now[key].is_told(one)]
        silent = now.keys() - said.keys() if sweeps else ()
        if doubtful or silent:
            then = shown_to(run, self.lag)
            for key in doubtful:
                self._was_so(run, then, key, *said[key])
            for where, pcx, vpc_id in silent:
                missed = _lived_on(then, self.policy, pcx, where, vpc_id)
                need("V1", not missed, run, f"has no verdict on {pcx} in {where.region}")

    def _was_so(self, run: Any, then: Then, key: Key, word: str, gaps: Gaps) -> None:
        where, pcx, vpc_id = key
        words = f"says of {pcx} in {where.region} that it {word}"
        if word == "unknown":
            return  # it claims nothing; at rest there must be a reason
        live = _lived(then, self.policy, pcx, where, vpc_id)
        need("V1", live, run, f"{words}, which is not live and agreed to")
        if word == "carries":
            all_there = whole(then, self.policy, pcx, where, vpc_id)
            need("V1", all_there, run, f"{words}, which lacks a route")
        elif word in ("partly", "nothing") and not _inactive(then, pcx):
            for gap in gaps:
                lacks = lacks_there(then, self.policy, pcx, where, gap)
                need("V1", lacks, run, f"{words}, and {gap} is no gap")

    def at_rest(self, runs: list[Any]) -> None:
        """The verdicts of the last of these runs that is a sweep are the judge's own, to the letter."""
        run = next(run for run in reversed(runs) if run.function.folder.name == "sweep")
        # Time passes while it runs, so a peering may become active.
        wrong = [_wrong(_said(run), self._carried(at)) for at in (run.started, run.ended)]
        if all(wrong):
            raise Violation("V1", f"{run} says {wrong[-1]}")

    def _carried(self, at: float) -> dict[Key, Carried]:
        state, moment = self.world.now, self.world.moment(at)
        codes = [state_of(peering, moment).code for peering in state.peerings.values()]
        known = self._known
        if known is None or known[0] is not state or known[1] != codes:
            made = {
                (one.where, one.pcx, one.vpc_id): one
                for where in self.policy.ours
                for one in carried(state, moment, self.policy, where)
            }
            known = self._known = (state, codes, made)
        return known[2]


def _said(run: Any) -> dict[Key, tuple[str, Gaps]]:
    """Return the word of each verdict, and the gaps that it lists."""
    return {
        (Location(*one.location), one.pcx_id, one.vpc_id): (
            str(one.upshot),
            frozenset((leg.table_id, str(leg.destination)) for leg in one.gaps),
        )
        for one in run.report.verdicts
    }


def _wrong(said: dict[Key, tuple[str, Gaps]], so: dict[Key, Carried]) -> str:
    """Return a verdict that is not so, or one that is missing, in words."""
    for key in sorted(so.keys() | said.keys()):
        one, told = so.get(key), said.get(key)
        if one is None or told is None or not one.is_told(told):
            return f"of {key}: {told}; it is: {one}"
    return ""


def _lived(then: Then, policy: Policy, pcx: str, where: Location, vpc_id: str) -> bool:
    """Whether the peering was once live, and this side once agreed to it, maybe before it was asked for.

    The tags of a VPC are another read than the peering, and both may lag.
    """
    rows = [state.peerings[pcx] for state, _ in then if pcx in state.peerings]
    live = any(_side(*each, policy, pcx, where, vpc_id)[0] for each in then)
    return live and any(_agrees(state, policy, rows[-1], where, vpc_id) for state, _ in then)


def _inactive(then: Then, pcx: str) -> bool:
    """Whether the peering was once not active, so that a route to it was there and carried nothing."""
    rows = ((state.peerings.get(pcx), moment) for state, moment in then)
    return any(row and state_of(row, moment).code != "active" for row, moment in rows)


def _lived_on(then: Then, policy: Policy, pcx: str, where: Location, vpc_id: str) -> bool:
    """Whether the peering was live and this side agreed to it all the time."""
    return all(all(_side(*each, policy, pcx, where, vpc_id)) for each in then)


def _side(
    state: State, moment: Moment, policy: Policy, pcx: str, where: Location, vpc_id: str
) -> tuple[bool, bool]:
    """Return whether the peering is live, and whether this side agrees to it."""
    peering = state.peerings.get(pcx)
    if peering is None:
        return False, False
    live = state_of(peering, moment).code in LIVE
    return live, _agrees(state, policy, peering, where, vpc_id)


def _agrees(state: State, policy: Policy, peering: Peering, where: Location, vpc_id: str) -> bool:
    return any(
        own.vpc_id == vpc_id and agreed(state, policy, peering, own, peer, accepting=False)
        for own, peer in sides_at(peering, where)
    )
