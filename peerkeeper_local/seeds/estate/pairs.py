"""Peerings among the VPCs without tags. In: those VPCs. Out: rows, the same each time. Pure.

Three VPCs are hubs, which everybody meets. The others meet their neighbours in the list, and further ones
as long as pairs are left. No two rows join the same two VPCs, except the reversed twins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.row import Row
from peerkeeper_local.seeds.estate.vpc_list import PLAIN_VPCS, PODS, SAME
from peerkeeper_local.seeds.estate.vpc_plan import Shape, VpcPlan

Pair = tuple[VpcPlan, VpcPlan]
HUBS = ("egress", "office-seoul", "warehouse")
BY_HAND = 120
TWINS = 4
COUNTS: dict[Kind, int] = {
    Kind.BY_APPROVAL: 6,
    Kind.HALF_SIDE: 4,
    Kind.HALF_TABLE: 4,
    Kind.HALF_MAIN: 4,
    Kind.STALE_DELETED: 4,
    Kind.STALE_REJECTED: 2,
    Kind.STALE_EXPIRED: 2,
    Kind.STALE_GONE: 4,
    Kind.PENDING_NOT_AGREED: 4,
    Kind.PENDING_EXPIRING: 3,
    Kind.EXPIRED: 3,
    Kind.REJECTED: 3,
}
"""How many of each kind follow those made by hand."""


def plain_rows() -> Iterator[Row]:
    """Yield the rows: those made by hand first, their twins last."""
    left = [*_pairs()]
    by_hand, left = left[:BY_HAND], left[BY_HAND:]
    for one, other in by_hand:
        whole = _whole((one, other))
        yield Row(Kind.HAND if whole else Kind.HAND_PART, one.key, other.key)
    for kind, count in COUNTS.items():
        chosen = [pair for pair in left if FITS.get(kind, _any)(pair)][:count]
        left = [pair for pair in left if pair not in chosen]
        yield from (Row(kind, one.key, other.key) for one, other in chosen)
    for one, other in by_hand[-TWINS:]:
        yield Row(Kind.TWIN, other.key, one.key)


def _pairs() -> Iterator[Pair]:
    """Yield every pair that can be peered, once: hubs first, then near ones, then far ones."""
    seen: list[set[str]] = [*SAME]
    for one, other in (*_with_hubs(), *_neighbours()):
        pair = {one.key, other.key}
        if pair not in seen:
            seen.append(pair)
            yield one, other


def _with_hubs() -> Iterator[Pair]:
    for hub in (plan for plan in PLAIN_VPCS if plan.key in HUBS):
        yield from ((plan, hub) for plan in PLAIN_VPCS if plan.key != hub.key)


def _neighbours() -> Iterator[Pair]:
    for step in range(1, len(PLAIN_VPCS) // 2 + 1):
        for place, plan in enumerate(PLAIN_VPCS):
            yield plan, PLAIN_VPCS[(place + step) % len(PLAIN_VPCS)]


def _any(_pair: Pair) -> bool:
    return True


def _tables(pair: Pair) -> bool:
    """Whether the accepter has several tables, and a main table that no subnet uses."""
    return pair[1].shape in (Shape.TIERED, Shape.NATTED)


def _whole(pair: Pair) -> bool:
    """Whether people route all CIDRs of both."""
    return all(PODS not in plan.secondary for plan in pair)


def _approvable(pair: Pair) -> bool:
    """Whether each side has its own tags for the peering, and people route it whole."""
    one, other = pair
    return (one.account, one.region) != (other.account, other.region) and _whole(pair)


FITS: dict[Kind, Callable[[Pair], bool]] = {
    Kind.HALF_TABLE: _tables,
    Kind.HALF_MAIN: _tables,
    Kind.BY_APPROVAL: _approvable,
}
"""Which pairs a kind can have; any, unless it says."""
