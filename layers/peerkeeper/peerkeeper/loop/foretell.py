"""What a mode withholds, to the end: the planner runs on its own results until nothing new follows.

In: a plan, the snapshot it was made on, settings, rules. Out: changes, and what cannot be foretold, in words.
Never asks AWS: what depends on more than was read is named as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peerkeeper.loop.accept_reply import foretold_reply
from peerkeeper.loop.update_snapshot import with_outcomes
from peerkeeper.planning.consent import leaves_dns
from peerkeeper.planning.plan import Plan, plan
from peerkeeper.planning.rule_table import Rule
from peerkeeper.safety.guard import allowed_by
from peerkeeper.settings import Settings
from peerkeeper.values.changes import AcceptPeering, Change, TagStatus, in_order
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.snapshot import Snapshot

ROUNDS = 4
"""Accept, then routes and DNS; or delete, then routes. Nothing that the rules plan follows from more."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """What would be done in a mode that allows it, and what depends on reads that were not made."""

    would: tuple[Change, ...] = ()
    unknown: tuple[str, ...] = ()


def foretell(made: Plan, seen: Snapshot, settings: Settings, rules: Sequence[Rule]) -> Foretold:
    """Return the changes that the mode withholds, and those that would follow from them, in order."""
    fresh = [change for change in made.changes if not allowed_by(settings.mode, change)]
    found: set[Change] = set(fresh)
    known = {*made.changes}
    for _ in range(ROUNDS):
        if not fresh:
            break
        seen = with_outcomes(seen, [as_done(change, seen) for change in fresh])
        after = plan(seen, settings, rules).changes
        fresh = [one for one in after if one not in known and not isinstance(one, TagStatus)]
        found.update(fresh)
        known.update(fresh)
    accepted = [change for change in found if isinstance(change, AcceptPeering)]
    return Foretold(tuple(in_order(found)), tuple(sorted(_unknown(accepted, seen))))


def as_done(change: Change, seen: Snapshot) -> Outcome:
    """Return the outcome of a change that EC2 lets through, with the reply that it would bring."""
    if not isinstance(change, AcceptPeering):
        return Outcome(change, Result.APPLIED)
    view = seen.peerings[change.location, change.pcx_id]
    reply = foretold_reply(view, seen.vpcs[change.location, change.vpc_id])
    return Outcome(change, Result.APPLIED, seen=reply)


def _unknown(accepted: Sequence[AcceptPeering], seen: Snapshot) -> Iterator[str]:
    for change in accepted:
        for view in seen.views_of(change.pcx_id):
            for own, _ in view.own_sides():
                key = (own.location, own.vpc_id)
                where = f"{own.vpc_id} in {own.location}"
                vpc = seen.vpcs.get(key)
                left = own.allows_remote_dns or (vpc and leaves_dns(vpc.tags))
                if not left and key not in seen.dns_hostnames:
                    yield f"{change.pcx_id}: DNS of its side {where}: its attributes were not read"
                if not seen.has_read_tables(*key):
                    yield f"{change.pcx_id}: routes of its side {where}: its tables were not read"
