"""The picture of an estate, from the rows of its peerings and VPCs.

In: rows, and what was read. Out: a `Picture`; the same rows in any order give the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper_cli.map.layout import laid_out
from peerkeeper_cli.map.masking import masked as hidden
from peerkeeper_cli.map.masking import names_of
from peerkeeper_cli.map.nodes import all_vpcs
from peerkeeper_cli.map.picture import Edge, Node, Picture
from peerkeeper_cli.peerings.ghosts import key_of
from peerkeeper_cli.peerings.peering_row import PeeringRow
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.reader.covered import Covered


def picture(
    rows: Sequence[PeeringRow],
    vpcs: Sequence[VpcRow],
    coverage: Sequence[Covered],
    *,
    title: str,
    masked: bool,
    at: str,
) -> Picture:
    """Return the picture.

    In: `at`, when the estate was read, in UTC, as 2026-12-01 09:30. `masked`, whether to replace account ids.
    """
    peerings = tuple({row.id: row for row in sorted(rows, key=lambda row: row.id)}.values())
    nodes, places = all_vpcs(peerings, vpcs), tuple(sorted(coverage, key=lambda one: one.location))
    if masked:
        names = names_of([title, *peerings, *nodes, *places])
        peerings, nodes = hidden(peerings, names), hidden(nodes, names)
        places, (title,) = hidden(places, names), hidden((title,), names)
    boxes, spots = laid_out(nodes)
    drawn = tuple(
        Node(f"v{number}", vpc, *spot)
        for number, (vpc, spot) in enumerate(zip(nodes, spots, strict=True))
    )
    ids = {key_of(node.vpc): node.id for node in drawn}
    edges = tuple(
        Edge(row, ids[key_of(row.requester)], ids[key_of(row.accepter)]) for row in peerings
    )
    return Picture(title, at, masked, boxes, drawn, edges, places)
