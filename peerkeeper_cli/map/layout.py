"""Where everything stands: cards of VPCs in boxes of Regions, these in boxes of accounts, those in tidy rows.

In: VPCs, sorted by account and Region. Out: boxes, and a place for each VPC. Nothing is left to chance: the
same VPCs stand in the same places. If most accounts use the same Regions, each Region is a column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from math import ceil, sqrt

from peerkeeper_cli.map.picture import Box
from peerkeeper_cli.map.shelves import Place, Size, extent, in_columns, shelved
from peerkeeper_cli.peerings.vpc_row import VpcRow

CARD = (156.0, 50.0)
BETWEEN = (16.0, 16.0)
PAD, HEAD = 16.0, 26.0
"""Inside a box: at its sides, and for its name."""
REGION_GAP, ACCOUNT_GAP = 34.0, 54.0
"""Room for the lines between boxes."""
SCREEN = (1150.0, 740.0)
"""What a picture is fitted into, in pixels of a usual screen beside the legend."""
SHAPES = (0.2, 0.35, 0.6, 1.0, 1.8, 3.0)
WIDTHS = tuple(round(500 * 1.25**step) for step in range(18))
TABLE_FROM = 0.6
"""The part of all account-Region pairs that must be there, for Regions to be columns."""

TABLE_ROWS = 6
"""The most accounts that stand one below the other."""

Group = tuple[str, str, int]
"""Account, Region, and the number of its VPCs."""
Places = list[tuple[Group, Place]]


def laid_out(vpcs: Sequence[VpcRow]) -> tuple[tuple[Box, ...], tuple[tuple[float, float], ...]]:
    """Return the boxes, outer ones first, and the middle of each VPC's card, in the order of the VPCs.

    It tries several arrangements, and takes the one that a usual screen can show the largest.
    """
    groups = [
        (*key, len(list(each)))
        for key, each in groupby(vpcs, lambda vpc: (vpc.account, vpc.region))
    ]
    if not groups:
        return (), ()
    tried = [_arranged(groups, shape, width, False) for shape, width in product(SHAPES, WIDTHS)]
    if _is_table(groups):
        tried = [_arranged(groups, shape, WIDTHS[-1], True) for shape in SHAPES]
    accounts, regions = max(tried, key=lambda one: _zoom([place for _, place in one[0]]))
    boxes = [
        _box(f"a{number}", account, "", place) for number, (account, place) in enumerate(accounts)
    ]
    boxes += [
        _box(f"r{number}", *group[:2], place) for number, (group, place) in enumerate(regions)
    ]
    spots = [spot for group, place in regions for spot in _cards(group[2], place)]
    return tuple(boxes), tuple(spots)


def _is_table(groups: Sequence[Group]) -> bool:
    accounts, regions = {group[0] for group in groups}, {group[1] for group in groups}
    cells = len(accounts) * len(regions)
    few = 1 < len(accounts) <= TABLE_ROWS and len(regions) > 1
    return few and len(groups) >= TABLE_FROM * cells


def _arranged(
    groups: Sequence[Group], shape: float, widest: float, table: bool
) -> tuple[list[tuple[str, Place]], Places]:
    """Return the accounts' places and the Regions'."""
    rows = [list(each) for _, each in groupby(groups, lambda group: group[0])]
    inner = list(_table(rows, shape)) if table else [_shelves(row, shape, widest) for row in rows]
    sizes = [_around([place for _, place in places]) for places in inner]
    if table:
        sizes = [(max(width for width, _ in sizes), height) for _, height in sizes]
    outer = shelved(sizes, 0 if table else widest, ACCOUNT_GAP)
    regions = [
        (
            group,
            Place(at.left + in_.left + PAD, at.top + in_.top + PAD + HEAD, in_.width, in_.height),
        )
        for at, places in zip(outer, inner, strict=True)
        for group, in_ in places
    ]
    return [(row[0][0], at) for row, at in zip(rows, outer, strict=True)], regions


def _table(rows: Sequence[Sequence[Group]], shape: float) -> Iterator[Places]:
    columns = sorted({group[1] for row in rows for group in row})
    cells = [
        [next((one for one in row if one[1] == name), None) for name in columns] for row in rows
    ]
    sizes = [[_size(cell[2], shape) if cell else None for cell in row] for row in cells]
    for row, places in zip(cells, in_columns(sizes, REGION_GAP), strict=True):
        top = min(place.top for place in places if place)
        yield [
            (cell, Place(place.left, place.top - top, place.width, place.height))
            for cell, place in zip(row, places, strict=True)
            if cell and place
        ]


def _shelves(row: Sequence[Group], shape: float, widest: float) -> Places:
    sizes = [_size(group[2], shape) for group in row]
    return list(zip(row, shelved(sizes, widest - 2 * PAD, REGION_GAP), strict=True))


def _size(count: int, shape: float) -> Size:
    """Return the size of a Region's box: the larger `shape`, the wider."""
    columns = ceil(sqrt(count * shape))
    rows = ceil(count / columns)
    wide, high = ((CARD[0] + BETWEEN[0]) * columns, (CARD[1] + BETWEEN[1]) * rows)
    return wide - BETWEEN[0] + 2 * PAD, high - BETWEEN[1] + 2 * PAD + HEAD


def _cards(count: int, box: Place) -> Iterator[tuple[float, float]]:
    columns = int((box.width - 2 * PAD + BETWEEN[0]) // (CARD[0] + BETWEEN[0]))
    for number in range(count):
        row, column = divmod(number, columns)
        yield (
            box.left + PAD + column * (CARD[0] + BETWEEN[0]) + CARD[0] / 2,
            box.top + PAD + HEAD + row * (CARD[1] + BETWEEN[1]) + CARD[1] / 2,
        )


def _around(places: Sequence[Place]) -> Size:
    width, height = extent(places)
    return width + 2 * PAD, height + 2 * PAD + HEAD


def _zoom(places: Sequence[Place]) -> float:
    width, height = extent(places)
    return min(SCREEN[0] / width, SCREEN[1] / height)


def _box(name: str, account: str, region: str, at: Place) -> Box:
    x, y = at.left + at.width / 2, at.top + at.height / 2
    return Box(name, account, region, x, y, at.width, at.height)
