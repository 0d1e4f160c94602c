"""A peering that has ended leaves room for others: who looks at its VPC then.

In: how a run of `clean_routes` ended. Out: hand-offs to `connect_peerings`. Two peerings that claim one
network get no route there, and a reversed request waits. If one of them ends, the other may go on.

    a peering whose end an event tells, as it was read    connect_peerings
    has ended, and this run deletes a route of its VPC    is woken by the event of the delete
    has ended, in any other VPC of ours                   looks at once at what it may have held back;
                                                          not in mode observe, or if the VPC is exempt
    has not ended, or was not read there                  nothing: clean_routes looks again
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.followups.ended_run import EndedRun
from peerkeeper.messages.hand_off import HandOff
from peerkeeper.settings import Mode
from peerkeeper.values.ec2 import TERMINAL, Location
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.scope import Expected, Function, Hint, Scope


def room_for_others(ended: EndedRun) -> Iterator[HandOff]:
    """Yield one hand-off for the VPCs that a peering without a route has left."""
    if ended.function is not Function.CLEAN or ended.settings.mode is Mode.OBSERVE:
        return
    claims = (item for scope in ended.scopes for item in scope.expect)
    ids = {item.id for item in claims if item.state is Expected.GONE}
    hints = frozenset(
        Hint(pcx.location, pcx_id, own.vpc_id)
        for pcx_id in ids
        for pcx in ended.seen.views_of(pcx_id)
        if ended.seen.status_of(pcx.location, pcx_id) in TERMINAL  # one side may show it first
        for own, _ in pcx.own_sides()
        if _leaves_room(ended, pcx.location, own.vpc_id, pcx_id)
    )
    if hints:
        yield HandOff(Function.CONNECT, Scope(hints, why="a peering that had no route has ended"))


def _leaves_room(ended: EndedRun, where: Location, vpc_id: str, pcx_id: str) -> bool:
    """Tell whether its routes were read there, and no event of a delete will wake `connect_peerings`."""
    seen = ended.seen
    return (
        seen.has_read(where, Describe.ROUTE_TABLES, By.ROUTE_TO_PEERING, pcx_id)
        and seen.is_exempt(where, vpc_id) is False
        and (where, vpc_id) not in ended.cleaned
    )
