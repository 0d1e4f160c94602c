"""The promises N2 and N3: the notices about a peering, and what its tag says that people know.

In: a run, the events that it puts on the hub bus, the tags that it sets. Out: nothing, or a `Violation`.

A run may repeat a notice only if a view that it was shown does not say that people know. The reasons:
somebody changed the tag, the thing changed, the read lagged, or another run had not remembered yet. A run
that sends a notice remembers it, unless it crashed, the call failed, time was up, or the bus refused a part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from simulator import policy as say
from simulator.carried import Carried, carried
from simulator.documents import Document
from simulator.notices import FORMER, KINDS, STATUS, WORDS, Telling, said_in
from simulator.policy import Policy
from simulator.quiet import NO_CALL
from simulator.rows import State
from simulator.seen_by_run import SeenByRun
from simulator.verdict import Violation, need
from simulator.was_so import disagrees, held, lacking, shown_to, whole

UNTRUE = frozenset({"held", "expiring", "telling"}) | KINDS["PeeringNotCarrying"].known
"""What no tag may say at rest of a live peering that carries all it should."""


class Tellings:
    """Hears what one world's functions put on the hub bus, and judges what they say on status tags."""

    def __init__(self, policy: Policy, world: Any) -> None:
        self.policy = policy
        self.world = world
        self.lag = world.faults.knobs.stale
        self.readable = not world.faults.knobs.unknown
        """Whether replies have only states and values of today, not of tomorrow."""
        self.told: dict[int, list[Telling]] = {}
        """By the number of the run."""
        world.listeners.append(self.hear)
        world.judges.append(self.judge)

    def hear(self, run: Any, entries: list[Document]) -> None:
        """Judge notices about peerings, before they are sent."""
        late = run.remaining < NO_CALL
        for entry in entries:
            if entry["DetailType"] == "ConsentWithdrawn" and self.readable:
                detail = json.loads(entry["Detail"])
                where, resource = Location(detail["account"], detail["region"]), detail["resource"]
                so = disagrees(shown_to(run, self.lag), self.policy, resource, where)
                need("N3", so, run, f"tells that {resource} no longer agrees, which is not so")
        told = [
            Telling(kind, pcx, Location(detail["account"], detail["region"]), late)
            for entry in entries
            for detail in (json.loads(entry["Detail"]),)
            for kind, pcx in said_in(entry)
        ]
        now = {(one.kind, one.pcx, one.where) for one in told}
        for one in told:
            if one.kind == FORMER:
                along = ("PeeringNotCarrying", one.pcx, one.where) in now
                need(
                    "N2", along or one.pcx in run.unheard, run, f"tells only {FORMER} of {one.pcx}"
                )
            else:
                self._judge_telling(run, one)

    def _judge_telling(self, run: Any, one: Telling) -> None:
        words = f"tells {one.kind} of {one.pcx} in {one.where.region}"
        before = self.told.setdefault(run.number, [])
        again = any(
            (old.kind, old.pcx, old.where) == (one.kind, one.pcx, one.where) for old in before
        )
        need("N2", not again, run, f"{words} twice")
        before.append(one)
        kind, views = KINDS[one.kind], SeenByRun(run).peerings(one.pcx, one.where)
        news = any(say.tags_of(view).get(STATUS) not in kind.known for view in views)
        need("N2", news, run, f"{words}, which every view of it says they know")
        codes = {view["Status"]["Code"] for view in SeenByRun(run).peerings(one.pcx)}
        need("N3", codes & kind.states, run, f"{words}, which it was shown as {codes}")
        if self.readable:
            need("N3", self._so(run, one), run, f"{words}, which is not so")

    def _so(self, run: Any, one: Telling) -> bool:
        then = shown_to(run, self.lag)
        match one.kind:
            case "PeeringHeld" | "RequestExpiring":
                return held(then, self.policy, one.pcx, one.where)
            case "PeeringNotCarrying":
                return lacking(then, self.policy, one.pcx, one.where)
        return True  # an end is told by the state alone

    def judge(
        self, run: Any, where: Location, action: str, params: Any, state: State, moment: Moment
    ) -> None:
        """Judge what a status tag is about to say."""
        if action != "CreateTags":
            return
        (pcx,), (tag,) = params["Resources"], params["Tags"]
        if tag["Value"] in WORDS:
            told = any(
                (one.pcx, one.where, KINDS[one.kind].word) == (pcx, where, tag["Value"])
                for one in self.told.get(run.number, ())
            )
            need("N2", told, run, f"remembers {tag['Value']} of {pcx}, and sent no notice")
        if tag["Value"] == "ok" and self.readable:
            so = whole(shown_to(run, self.lag), self.policy, pcx, where)
            need("N3", so, run, f"says ok of {pcx} in {where.region}, which lacks a route")

    def all_told(self) -> None:
        """N4: at rest each tag is true: a request is held, a live peering has a gap or none."""
        state, then = self.world.now, [(self.world.now, self.world.moment())]
        for where in self.policy.ours if self.policy.mode != "observe" else ():
            tags = state.places[where].tags
            for pcx in state.peerings:
                said = tags.get(pcx, {}).get(STATUS)
                told = said in KINDS["PeeringHeld"].known
                if not told and held(then, self.policy, pcx, where):
                    raise Violation(
                        "N4", f"{pcx} is held in {where.region}, and its tag says {said}"
                    )
            for pcx, gap in self._live(where):
                said = tags.get(pcx, {}).get(STATUS)
                if gap and said not in KINDS["PeeringNotCarrying"].known:
                    raise Violation("N4", f"{pcx} has a gap in {where.region}; its tag says {said}")
                if not gap and said in UNTRUE:
                    raise Violation(
                        "N4", f"{pcx} has no gap in {where.region}; its tag says {said}"
                    )

    def _live(self, where: Location) -> Iterator[tuple[str, bool]]:
        """Yield each live peering here of which that is sure, and whether one of our sides has a gap."""
        sides: dict[str, list[Carried]] = {}
        for side in carried(self.world.now, self.world.moment(), self.policy, where):
            sides.setdefault(side.pcx, []).append(side)
        for pcx, ours in sides.items():
            if any(side.gaps and not (side.waits or side.dead) for side in ours):
                yield pcx, True
            elif not any(side.gaps or side.unknowable for side in ours):
                yield pcx, False

    def end(self, run: Any, batch: Any, failed: set[str], cause: str) -> None:
        """A run is over: what it told is remembered, or it could not be."""
        if run.reply is None:
            return  # it crashed
        for one in self.told.pop(run.number, ()):
            done = (
                one.late
                or one.pcx in run.unheard
                or any(_is_memory(one, *call) for call in _tries(run))
            )
            need("N2", done, run, f"tells {one.kind} of {one.pcx} and does not remember it")


def _tries(run: Any) -> Iterator[tuple[Location, str, Any]]:
    """Yield (where, action, parameters) of each write, and of each call that failed in the end."""
    for call in run.writes:
        yield Location(call.account, call.region), call.action, call.params
    yield from run.unmade


def _is_memory(one: Telling, where: Location, action: str, params: Any) -> bool:
    said = {"Key": STATUS, "Value": KINDS[one.kind].word}
    mine = (where, action) == (one.where, "CreateTags")
    return mine and params["Resources"] == [one.pcx] and said in params["Tags"]
