"""A peering that has ended leaves room for others: who looks at its VPC then.

In: how a run of `clean_routes` ended. Out: hand-offs to `connect_peerings`. Two peerings that claim one
network get no route there, and a reversed request waits. If one of them ends, the other may go on.

    a peering whose end an event tells, as it was read     connect_peerings
    has ended, and no route of its VPC leads to it         looks at its VPC at once; not in mode observe
    has ended, and a route leads to it, or did until now   is woken by the event of the route's delete
    has not ended, or a read failed in passing             nothing: clean_routes looks again
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.followups.ended_run import EndedRun
from peerkeeper.messages.hand_off import HandOff
from peerkeeper.settings import Mode
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.ec2 import TERMINAL, Location
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.scope import Expected, Function, Hint, Scope
from peerkeeper.values.trouble import Meaning


def room_for_others(ended: EndedRun) -> Iterator[HandOff]:
    """Yield one hand-off for the VPCs that a peering without a route has left."""
    if ended.function is not Function.CLEAN or ended.settings.mode is Mode.OBSERVE:
        return
    if any(trouble.meaning is Meaning.PASSING for trouble in ended.seen.unread.values()):
        return
    claims = (item for scope in ended.scopes for item in scope.expect)
    ids = {item.id for item in claims if item.state is Expected.GONE}
    hints = frozenset(
        Hint(side.location, side.vpc_id)
        for pcx_id in ids
        for pcx in ended.seen.views_of(pcx_id)
        if pcx.status in TERMINAL
        for side in (pcx.requester, pcx.accepter)
        if _was_unrouted(ended, side.location, side.vpc_id, pcx_id)
    )
    if hints:
        yield HandOff(Function.CONNECT, Scope(hints, why="a peering that had no route has ended"))


def _was_unrouted(ended: EndedRun, where: Location, vpc_id: str, pcx_id: str) -> bool:
    """Tell whether no route of the VPC leads to the peering, or led to it as this run began."""
    seen = ended.seen
    read = seen.has_read(where, Describe.ROUTE_TABLES, By.ROUTE_TO_PEERING, pcx_id)
    deleted = {
        outcome.change.route_table_id
        for outcome in ended.outcomes
        if isinstance(outcome.change, DeleteRoute) and outcome.change.location == where
    }
    return read and not any(
        table.id in deleted or table.routes_to(pcx_id)
        for table in seen.route_tables.values()
        if (table.location, table.vpc_id) == (where, vpc_id)
    )
