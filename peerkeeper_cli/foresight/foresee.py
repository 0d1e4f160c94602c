"""Everything that the functions would do, to the end. In: a snapshot, settings. Out: `Foreseen`.

The planner runs on its own results until nothing is left. A change counts where mode, guard and brake let it:

    what there is                            becomes
    a peering that is provisioning, deleting active, deleted: that passes by itself (see `passing`)
    a change that mode and guard let         done, and planned on
    a change that the mode withholds         `withheld`, as the last plan has it
    a change that the guard refuses          `refused`, and its destination is blocked in the verdict
    nothing more, but second looks due       those are taken as made, five minutes on: what follows is `later`
    a request that is only being made        `waits`: it may fail, and its accepter does not see it yet
    nothing more at all                      the end: findings, brake and verdicts are of this last snapshot

Status tags are left out: they remember what Peerkeeper reported. A refusal by EC2 itself, as of a right that
a role lacks or of a quota, is not foreseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peerkeeper.loop.foretell import as_done
from peerkeeper.loop.update_snapshot import with_outcomes
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import Plan, plan
from peerkeeper.safety.guard import allowed_by, refusal
from peerkeeper.settings import Settings
from peerkeeper.values.changes import AcceptPeering, Change, TagStatus, in_order
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.findings import Finding
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.scope import Deferral
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.foresight.passing import carrying, passed


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would be done, in which order, and what is left."""

    now: tuple[Change, ...]
    """What follows from what is there."""
    later: tuple[Change, ...]
    """What waits for a second look, at least five minutes after the first."""
    refused: tuple[tuple[Change, str], ...]
    """What the guard would refuse, and why."""
    withheld: tuple[Change, ...]
    """What the mode withholds."""
    findings: tuple[Finding, ...]
    verdicts: tuple[SideVerdict, ...]
    waits: tuple[Deferral, ...]
    """What is looked at again until it can be decided."""
    seen: Snapshot
    """The estate as it would be."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """All writes, those that come later last."""
        return self.now + self.later


def foresee(seen: Snapshot, settings: Settings) -> Foreseen:
    """Return all that the functions would do in the mode of these settings, to the end. Makes no call."""
    now: list[Change] = []
    later: list[Change] = []
    done, seen = now, passed(seen)
    while True:
        made = plan(seen, settings)
        tried = {*now, *later}
        due, refused = _judged([one for one in made.changes if one not in tried], seen, settings)
        if due:
            done += due
            seen = _made(due, seen)
            continue
        looked = _looked_again(seen, made.deferrals)
        if looked == seen:
            break
        seen, done = looked, later
    said = [Outcome(change, Result.REFUSED, words) for change, words in refused]
    whole, verdicts = judged(made, seen, settings, said)
    return Foreseen(
        now=tuple(in_order(now)),
        later=tuple(in_order(later)),
        refused=refused,
        withheld=tuple(one for one in _writes(made) if not allowed_by(settings.mode, one)),
        findings=whole.findings,
        verdicts=verdicts,
        waits=tuple(one for one in made.deferrals if not one.absent and not one.sight),
        seen=seen,
    )


def _made(due: Sequence[Change], seen: Snapshot) -> Snapshot:
    """Return the snapshot once these changes are made, and what they start has passed."""
    accepted = {change.pcx_id for change in due if isinstance(change, AcceptPeering)}
    return carrying(with_outcomes(seen, [as_done(change, seen) for change in due]), accepted)


def _writes(made: Plan) -> Iterator[Change]:
    return (change for change in made.changes if not isinstance(change, TagStatus))


def _judged(
    changes: Sequence[Change], seen: Snapshot, settings: Settings
) -> tuple[list[Change], tuple[tuple[Change, str], ...]]:
    """Return the changes that mode and guard let, and those that the guard refuses, with why."""
    due: list[Change] = []
    refused: list[tuple[Change, str]] = []
    for change in changes:
        if isinstance(change, TagStatus) or not allowed_by(settings.mode, change):
            continue
        words = refusal(change, seen, settings, frozenset({type(change)}))
        if words:
            refused.append((change, words))
        else:
            due.append(change)
    return due, tuple(refused)


def _looked_again(seen: Snapshot, deferrals: Sequence[Deferral]) -> Snapshot:
    """Return the snapshot as if the second looks that are due had seen the same."""
    absent = {(item.hint.location, item.absent) for item in deferrals if item.absent}
    sights = {item.sight for item in deferrals if item.sight}
    if absent <= seen.absent_before and sights <= seen.seen_before:
        return seen
    return replace(
        seen, absent_before=seen.absent_before | absent, seen_before=seen.seen_before | sights
    )
