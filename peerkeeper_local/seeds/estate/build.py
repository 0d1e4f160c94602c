"""Build the estate. In: a stage whose cloud is new. Out: the estate; PAST of virtual time has gone by.

    when                      what
    at first                  VPCs; live peerings with their routes; what expires; what is forgotten by now
    six and a half days ago   the requests that expire in half a day
    ten minutes ago           the other requests; what failed, was rejected or deleted

Source of the times: VPC Peering Guide, life cycle (7 days, 2 hours, 2 days).
"""

from __future__ import annotations

from datetime import timedelta

from peerkeeper_local.seeds.estate.estate import Estate
from peerkeeper_local.seeds.estate.hands import Hands
from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.make_peerings import Peerings
from peerkeeper_local.seeds.estate.make_vpcs import make_vpcs
from peerkeeper_local.seeds.estate.obstacles import put_in_the_way
from peerkeeper_local.seeds.estate.places import PAST
from peerkeeper_local.seeds.estate.routing import route
from peerkeeper_local.seeds.estate.row import Row
from peerkeeper_local.seeds.estate.rows import rows
from peerkeeper_local.seeds.estate.settle_tags import agree, resolve
from peerkeeper_local.seeds.estate.traits import traits_of
from peerkeeper_local.story.stage import Stage

EXPIRING, LATE = timedelta(days=6, hours=12), timedelta(minutes=10)
EARLY = (Kind.EXPIRED, Kind.STALE_EXPIRED)
ENDED = (Kind.STALE_DELETED, Kind.FOREIGN_ENDED)
REJECTED = (Kind.REJECTED, Kind.STALE_REJECTED)
WAITING = tuple(
    kind
    for kind in Kind
    if kind.startswith(("pending-", "failed-", "reversed-")) and kind is not Kind.PENDING_EXPIRING
)


def build(stage: Stage) -> Estate:
    """Build the estate by EC2 calls. The caller makes sure that no function answers them.

    The stage's cloud manages `places.SPOKES`, in `places.REGIONS`, and draws its ids from `places.IDS`
    if they are to be the same each time.
    """
    start = stage.cloud.clock.now()
    hands = Hands(stage)
    make_vpcs(hands)
    peerings, all_rows = Peerings(hands), rows()

    def of(*kinds: Kind) -> list[Row]:
        return [row for row in all_rows if row.kind in kinds]

    late = (*EARLY, *REJECTED, *WAITING, Kind.PENDING_EXPIRING)
    _live(peerings, [row for row in all_rows if row.kind not in late])
    peerings.ask(of(*EARLY))
    route(peerings, of(Kind.STALE_EXPIRED))
    _until(stage, start, EXPIRING)
    peerings.ask(of(Kind.PENDING_EXPIRING))
    _until(stage, start, LATE)
    peerings.ask(of(*REJECTED, *WAITING))
    route(peerings, of(Kind.STALE_REJECTED))
    peerings.reject(of(*REJECTED))
    peerings.end(of(*ENDED))
    _until(stage, start, timedelta())
    return Estate(
        kinds={kind: tuple(peerings.kinds[kind]) for kind in Kind},
        traits=traits_of(peerings),
        vpcs=hands.vpcs,
        rows={pcx: row for row, pcx in peerings.ids.items()},
    )


def _live(peerings: Peerings, live: list[Row]) -> None:
    """Make the live peerings with all that belongs to them; some take the place of those that end here."""
    later = [row for row in live if row.kind is Kind.REPLACED]
    first = [row for row in live if row not in later]
    for batch in (first, later):
        peerings.ask(batch)
        peerings.accept(batch)
        route(peerings, batch)
        peerings.end(row for row in batch if row.kind is Kind.STALE_GONE)
    put_in_the_way(peerings, live)
    agree(peerings, live)
    resolve(peerings, live)


def _until(stage: Stage, start: float, before: timedelta) -> None:
    """Let time pass until that long before the end."""
    clock = stage.cloud.clock
    clock.advance(start + (PAST - before).total_seconds() - clock.now())
