"""The picture of an estate: boxes, VPCs and peerings, each with its place. In: nothing. Out: frozen values.

Lengths are in units of the drawing; at zoom 1 a unit is a CSS pixel. `x` and `y` are the middle of a thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_cli.peerings.peering_row import PeeringRow
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.reader.covered import Covered


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that holds VPCs: an account, or one of its Regions."""

    id: str
    account: str
    region: str
    """Empty for the box of a whole account."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Node:
    """A VPC. A ghost is one whose row says that it was not read."""

    id: str
    vpc: VpcRow
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A peering between two nodes."""

    row: PeeringRow
    requester: str
    """The id of a node."""
    accepter: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn and said."""

    title: str
    at: str
    """When the estate was read, in UTC, as 2026-12-01 09:30."""
    masked: bool
    """Whether account ids were replaced."""
    boxes: tuple[Box, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    coverage: tuple[Covered, ...]
