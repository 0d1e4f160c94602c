"""The path of the decision about one peering, side by side.

In: a snapshot, settings. Out: `Explanation`. It decides nothing: each line is a test of the rules, or what a
rule yields on this snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.settings import Settings
from peerkeeper.values.changes import Change, TagStatus, to_dict
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.scope import Function
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.explain.afterwards import Afterwards, afterwards, mode_ahead
from peerkeeper_cli.explain.group_rules import would_go_stale
from peerkeeper_cli.explain.left_routes import left_routes
from peerkeeper_cli.explain.line import Line
from peerkeeper_cli.explain.sided import Sided
from peerkeeper_cli.explain.unread import unread
from peerkeeper_cli.foresight.foresee import Foreseen, foresee


@dataclass(frozen=True, slots=True)
class Explanation:
    """All steps, the changes that are due, and whether something stands in the way."""

    pcx_id: str
    mode: str
    lines: tuple[Line, ...]
    due: tuple[Change, ...]
    verdicts: tuple[SideVerdict, ...] = ()
    """What each side that is live and agreed carries."""
    then: tuple[Afterwards, ...] = ()
    """What follows once that is done; in `observe`, what would follow in `full`."""

    @property
    def clear(self) -> bool:
        """Tell whether nothing stands in the way and everything was read."""
        return not any(line.result in ("fail", "unknown") for line in self.lines)

    @property
    def writes(self) -> tuple[Change, ...]:
        """What is due, without the status tags, which note what Peerkeeper reported."""
        return tuple(one for one in self.due if not isinstance(one, TagStatus))

    @property
    def exit_code(self) -> int:
        """Return 4 where something could not be read, 3 where something is due or blocked, else 0."""
        if any(line.result == "unknown" for line in self.lines):
            return 4
        return 0 if self.clear and not self.writes and not self.then else 3

    def to_dict(self) -> dict[str, object]:
        """Return it as plain JSON values."""
        return {
            "peering": self.pcx_id,
            "mode": self.mode,
            "clear": self.clear,
            "lines": [asdict(line) for line in self.lines],
            "due": [to_dict(change) for change in self.due],
            "then": [one.to_dict() for one in self.then],
            "verdicts": [verdict.to_dict() for verdict in self.verdicts],
        }


def explain(
    pcx_id: str,
    seen: Snapshot,
    settings: Settings,
    *,
    located: bool = True,
    ahead: Foreseen | None = None,
) -> Explanation:
    """Return the path of the decision about this peering, as the functions would decide it now.

    `located`: whether the settings say what the hub manages. If not, all that was read counts as managed.
    `ahead`: what is foreseen in `mode_ahead`, if the caller knows it already.
    """
    made, judgements = judged(plan(seen, settings, RULES_OF[Function.CONNECT]), seen, settings)
    verdicts = tuple(one for one in judgements if one.pcx_id == pcx_id)
    due = tuple(one for one in made.changes if getattr(one, "pcx_id", "") == pcx_id)

    def lines() -> Iterator[Line]:
        for view in sorted(seen.views_of(pcx_id), key=lambda one: one.location):
            for own, peer in view.own_sides():
                sided = Sided(seen, settings, view, own, peer, made.findings, verdicts, located)
                yield from sided.lines()
        yield from left_routes(seen, settings, pcx_id, made.findings)
        yield from would_go_stale(seen, pcx_id)
        yield from unread(seen, pcx_id)

    ahead = ahead or foresee(seen, replace(settings, mode=mode_ahead(settings)))
    then = tuple(afterwards(pcx_id, ahead, due))
    every = tuple(dict.fromkeys(lines()))
    return Explanation(pcx_id, settings.mode.value, every, due, verdicts, then)
