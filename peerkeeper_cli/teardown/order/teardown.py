"""A whole teardown: steps in order, what is in their way, what is not known. In: `Seen`. Out: `Teardown`.

what is there                                  exit code
a read failed, or a side was not asked         4
a step or a blocker                            3
neither                                        0
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.order.blocker import Blocker, Note
from peerkeeper_cli.teardown.order.host_steps import host_steps, released
from peerkeeper_cli.teardown.order.in_order import AFTER, in_order
from peerkeeper_cli.teardown.order.network_steps import network_steps
from peerkeeper_cli.teardown.order.peering_steps import ends, routes, stale_rules
from peerkeeper_cli.teardown.order.step import State, Step
from peerkeeper_cli.teardown.order.zone_steps import zone_steps
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import Seen
from peerkeeper_cli.teardown.seen.unread import Unread

ANYWHERE = frozenset({Kind.ROUTE, Kind.STALE_RULE, Kind.AUTHORIZATION, Kind.ZONE})
"""Kinds that EC2 does not wait for: a VPC goes without them, and they stay behind."""

SAME_READ = {Kind.INTERFACE: Kind.ADDRESS, Kind.TABLE: Kind.EDGE}
"""What else a read shows: whose an address is, and the table of a gateway."""


@dataclass(frozen=True, slots=True)
class Teardown:
    """What is to be done, in order."""

    seen: Seen
    steps: tuple[Step, ...]
    blockers: tuple[Blocker, ...]
    notes: tuple[Note, ...]

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        if self.seen.unread or self.seen.unseen:
            return 4
        return 3 if self.steps or self.blockers else 0

    def count(self, state: State) -> int:
        """Return how many steps have that state."""
        return sum(step.state is state for step in self.steps)


def teardown(seen: Seen) -> Teardown:
    """Return the steps in order, the blockers, and what stays or is somebody else's to do."""
    found = [*_found(seen)]
    steps = [one for one in found if isinstance(one, Step)]
    steps = [*_doubted(steps, seen.unread), *map(_unknown, seen.unread)]
    blockers = (one for one in found if isinstance(one, Blocker))
    notes = (one for one in (*found, *_notes(seen)) if isinstance(one, Note))
    return Teardown(seen, in_order(steps), tuple(sorted(blockers)), tuple(sorted({*notes})))


def _found(seen: Seen) -> Iterator[Step | Blocker | Note]:
    yield from ends(seen)
    yield from routes(seen)
    yield from stale_rules(seen)
    yield from zone_steps(seen)
    for where, address in seen.left_addresses:
        yield released(address, where)
    if seen.vpc:
        yield from host_steps(seen.vpc)
        yield from network_steps(seen, seen.vpc)


def _unknown(one: Unread) -> Step:
    return Step(one.kind, one.location, one.resource, one.words, state=State.UNKNOWN)


def _doubted(steps: Iterable[Step], unread: Iterable[Unread]) -> Iterator[Step]:
    """Yield the steps; one that comes after something unread is unknown, since EC2 may refuse it."""
    doubts: set[Kind] = {one.kind for one in unread} - ANYWHERE
    doubts |= {also for kind, also in SAME_READ.items() if kind in doubts}
    for kind in Kind:  # the kinds stand in an order that the table allows
        if AFTER[kind] - ANYWHERE & doubts:
            doubts.add(kind)
    after = {kind for kind in doubts if AFTER[kind] & doubts}
    for step in steps:
        yield replace(step, state=State.UNKNOWN) if step.kind in after else step


def _notes(seen: Seen) -> Iterator[Note]:
    """Yield what the other side has to do, where it was not asked."""
    for one in seen.unseen:
        words = (
            f"{one.vpc_id} is the other side of {one.pcx_id}, and was not asked: there are no credentials "
            "of its account. Its owner deletes its routes, its stale rules and its zone associations"
        )
        yield Note(one.location, one.vpc_id, words)
    located = {one.id: one.location for one in seen.groups}
    elsewhere = seen.vpc.location if seen.vpc else Location("", "")
    for group, vpc_id, pcx_id in seen.referencing:
        words = f"rules in {vpc_id} name it over {pcx_id} and go stale: their owner revokes them"
        yield Note(located.get(group, elsewhere), group, words)
