"""The whole of `peerkeeper map` after reading: from rows to a file, and what to say of it.

In: rows, what was read, and what the user wants. Out: the file; a `MadeMap`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from peerkeeper_cli.estate.show import unread_lines
from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.mermaid import large, mermaid
from peerkeeper_cli.map.only import only
from peerkeeper_cli.map.page import html
from peerkeeper_cli.map.picture import Picture
from peerkeeper_cli.map.private_file import write_private
from peerkeeper_cli.page.count import many
from peerkeeper_cli.peerings.peering_row import PeeringRow, Verdict
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.reader.covered import KNOWN, Covered

DEFAULT = Path("peerkeeper-map.html")


@dataclass(frozen=True, slots=True)
class MapWanted:
    """What the options say."""

    out: Path | None = None
    """None: peerkeeper-map.html for a page, standard output for Mermaid."""
    title: str = "VPC peerings"
    masked: bool = False
    mermaid: bool = False
    only: tuple[str, ...] = ()
    force: bool = False

    @property
    def path(self) -> Path | None:
        """Return the file to write; None for standard output."""
        return self.out or (None if self.mermaid else DEFAULT)


@dataclass(frozen=True, slots=True)
class MadeMap:
    """What was made."""

    path: Path | None
    """The file; None where the text is for standard output."""
    text: str
    words: tuple[str, ...]
    """What to say of it, on standard error where the text goes to standard output."""
    unread: tuple[str, ...] = ()
    """What was not read, for standard error. Masked as the map is."""


def make_map(
    rows: Sequence[PeeringRow],
    vpcs: Sequence[VpcRow],
    coverage: Sequence[Covered],
    wanted: MapWanted,
    *,
    at: str,
) -> MadeMap:
    """Draw the estate and write the file.

    In: `at`, when the estate was read, in UTC, as 2026-12-01 09:30. Errors: MapFileError, OnlyError; their
    messages are for the user.
    """
    kept = only(rows, vpcs, wanted.only)
    drawn = picture(*kept, coverage, title=wanted.title, masked=wanted.masked, at=at)
    text = mermaid(drawn) if wanted.mermaid else html(drawn)
    path = wanted.path
    if path:
        write_private(path, text, force=wanted.force)
    unread = unread_lines(one for one in drawn.coverage if one.state not in KNOWN)
    words = [_summary(drawn, path), large(drawn) if wanted.mermaid else "", _advice(wanted, path)]
    return MadeMap(path, text, tuple(each for each in words if each), tuple(unread))


def _summary(drawn: Picture, path: Path | None) -> str:
    verdicts = Counter(edge.row.verdict for edge in drawn.edges)
    each = ", ".join(f"{verdicts[one]} {one.value}" for one in Verdict if verdicts[one])
    short = sum(one.state not in KNOWN for one in drawn.coverage)
    return (
        f"{path or 'Mermaid'}: {many(len(drawn.nodes), 'VPC')}, {many(len(drawn.edges), 'peering')}"
        + (f" ({each})" if each else "")
        + (
            f"; {short} of {len(drawn.coverage)} locations could not be read in full"
            if short
            else ""
        )
        + "."
    )


def _advice(wanted: MapWanted, path: Path | None) -> str:
    if path is None or wanted.masked:
        return ""
    return (
        "Only you can read the file. Before you share it, --mask-accounts replaces the account ids."
    )
