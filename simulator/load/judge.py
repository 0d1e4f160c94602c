"""Whether a day went well: no message lost, a cause for each dead one, all as it should be at the end.

In: a world, a policy, queues. Out: what is wrong, in words, or nothing. The oracle of the state is
`simulator.desired`. It judges a location by the peerings that touch it, so a large estate takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from peerkeeper_local.semantics.location import Location
from simulator.desired import lacks
from simulator.load.aged_queues import AgedQueues
from simulator.load.big_world import BigWorld
from simulator.policy import Policy

AN_HOUR = 3600.0
"""A message about a Region that is down is tried for an hour, before it goes to the dead-letter queue."""
SHOWN = 5


def lacking(
    world: BigWorld, policy: Policy, among: Iterable[Location]
) -> dict[Location, list[str]]:
    """Return, for each of these locations that is not as it should be, what is not."""
    ours, found = frozenset(policy.ours), {}
    for where in among:
        near = world.near(where)
        ends = {
            side.location
            for row in near.peerings.values()
            for side in (row.requester, row.accepter)
        }
        touched = replace(policy, ours=(where, *sorted((ends & ours) - {where})))
        if words := lacks(near, world.moment(), touched, only=where):
            found[where] = words
    return found


def unequal(words: dict[Location, list[str]], promise: str) -> list[str]:
    """Return a verdict about what is lacking: one line."""
    if not words:
        return []
    flat = [one for lines in words.values() for one in lines]
    some = "; ".join(flat[:SHOWN])
    return [f"{promise}: {len(flat)} things in {len(words)} locations are not so: {some}"]


def messages(queues: AgedQueues, down: str) -> Iterator[str]:
    """Yield L4: a message is lost, left, or dead although no Region was down for an hour."""
    for arn, queue in queues.by_arn.items():
        name, done = queues.name(arn), queues.ages[arn].done + queues.apart[arn].done
        lost = queues.given[arn] - done - len(queue.dead) - len(queue.messages)
        if lost:
            yield f"L4: {lost} of {queues.given[arn]} messages of {name} are lost"
        if queue.messages:
            yield f"L4: {len(queue.messages)} messages are left in {name}"
        early = [
            one
            for one in queue.dead
            if not (down and down in one.body and one.visible - one.first >= AN_HOUR)
        ]
        if early:
            yield f"L4: {len(early)} messages of {name} are dead without a cause: {early[0].causes}"
