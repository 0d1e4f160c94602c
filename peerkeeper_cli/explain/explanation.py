"""The path of the decision about one peering, side by side.

In: a snapshot, settings. Out: `Explanation`. It decides nothing: each line is a test of the rules, or what a
rule yields on this snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.planning.rules.stale_routes import stale_routes
from peerkeeper.settings import Settings
from peerkeeper.values.changes import Change, DeleteRoute, TagStatus, to_dict
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.ec2 import TERMINAL, Location
from peerkeeper.values.scope import Deferral, Function
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.explain.line import Line
from peerkeeper_cli.explain.read_peering import NO_CREDENTIALS
from peerkeeper_cli.explain.sided import Sided

NAME_IT = "nothing of this account was read: name a --profile of it as well, after the hub's"


@dataclass(frozen=True, slots=True)
class Explanation:
    """All steps, the changes that are due, and whether something stands in the way."""

    pcx_id: str
    mode: str
    lines: tuple[Line, ...]
    due: tuple[Change, ...]
    verdicts: tuple[SideVerdict, ...] = ()
    """What each side that is live and agreed carries."""

    @property
    def clear(self) -> bool:
        """Tell whether nothing stands in the way and everything was read."""
        return not any(line.result in ("fail", "unknown") for line in self.lines)

    @property
    def exit_code(self) -> int:
        """Return 4 where something could not be read, 3 where something is due or blocked, else 0."""
        if any(line.result == "unknown" for line in self.lines):
            return 4
        due = any(not isinstance(change, TagStatus) for change in self.due)
        return 0 if self.clear and not due else 3

    def to_dict(self) -> dict[str, object]:
        """Return it as plain JSON values."""
        return {
            "peering": self.pcx_id,
            "mode": self.mode,
            "clear": self.clear,
            "lines": [asdict(line) for line in self.lines],
            "due": [to_dict(change) for change in self.due],
            "verdicts": [verdict.to_dict() for verdict in self.verdicts],
        }


def explain(pcx_id: str, seen: Snapshot, settings: Settings) -> Explanation:
    """Return the path of the decision about this peering, as the functions would decide it now."""
    made, judgements = judged(plan(seen, settings, RULES_OF[Function.CONNECT]), seen, settings)
    verdicts = tuple(one for one in judgements if one.pcx_id == pcx_id)
    due = tuple(one for one in made.changes if getattr(one, "pcx_id", "") == pcx_id)
    lines: list[Line] = []
    for view in sorted(seen.views_of(pcx_id), key=lambda one: one.location):
        for own, peer in view.own_sides():
            lines += Sided(seen, settings, view, own, peer, made.findings, verdicts).lines()
    lines += _stale(seen, settings, pcx_id)
    for read, trouble in seen.unread.items():
        if trouble is NO_CREDENTIALS:
            lines.append(
                Line(read.location.account_id, "reading", "credentials", "unknown", NAME_IT)
            )
            continue
        words = f"{trouble.action} says {trouble.code}: {trouble.message}"
        lines.append(Line(str(read.location), "reading", str(read.kind), "unknown", words))
    return Explanation(pcx_id, settings.mode.value, tuple(dict.fromkeys(lines)), due, verdicts)


def _stale(seen: Snapshot, settings: Settings, pcx_id: str) -> Iterator[Line]:
    """Yield what becomes of routes to it once it is gone."""
    at: set[Location] = set()
    for item in stale_routes(seen, settings):
        match item:
            case DeleteRoute(location=where, pcx_id=gone) if gone == pcx_id:
                words = f"{item.route_table_id} still sends {item.destination} to it: {item.reason}"
                yield Line(str(where), "stale routes", item.route_table_id, "due", words)
            case Deferral(hint=hint) if pcx_id in (hint.id, item.absent):
                where = hint.location
                yield Line(str(where), "stale routes", "peering", "wait", item.why)
            case _:
                continue
        at.add(where)
    for view in seen.views_of(pcx_id):
        if view.status in TERMINAL and view.location not in at:
            words = f"nothing to take away: no route of ours leads to {pcx_id}"
            yield Line(str(view.location), "stale routes", "routes", "pass", words)
