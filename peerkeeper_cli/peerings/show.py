"""Show who peers with whom. In: rows. Out: a list in the width there is; tabs in a pipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from peerkeeper_cli.page.count import many
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.peerings.peering_row import PeeringRow, Verdict, VpcEnd
from peerkeeper_cli.peerings.vpc_row import VpcRow

COLUMNS = (
    *("peering", "name", "status", "verdict", "due", "findings", "expires"),
    *("requester account", "region", "vpc", "name", "networks", "owner", "consent", "verdict"),
    *("accepter account", "region", "vpc", "name", "networks", "owner", "consent", "verdict"),
    *("reaches", "requester reaches", "accepter reaches"),
)
"""Columns of the lines in a pipe. The first line names them."""

LINES_OF_A_ROW = 4
"""A blank line, the peering and its two ends. Each wraps to more on a narrow terminal."""


def show(page: Page, rows: Sequence[PeeringRow], vpcs: Iterable[VpcRow] = ()) -> None:
    """Print the totals, each peering with its two ends, and the VPCs in which something was found.

    Below a long list it prints the totals again.
    """
    page.blank()
    page.line(upshot(rows))
    for row in rows:
        page.blank()
        show_row(page, row)
    show_vpcs(page, [one for one in vpcs if one.findings])
    if len(rows) * LINES_OF_A_ROW > page.height:
        page.blank()
        page.line(upshot(rows))


def show_row(page: Page, row: PeeringRow) -> None:
    """Print one peering with its two ends."""
    page.row((row.id, row.status, row.verdict.value, _more(row)))
    page.row(("from", *_end(row.requester)), steps=1)
    page.row(("to", *_end(row.accepter)), steps=1)


def show_vpcs(page: Page, vpcs: Sequence[VpcRow]) -> None:
    """Print the VPCs in which something was found, each with the codes."""
    if not vpcs:
        return
    page.blank()
    page.line("Found in VPCs, apart from their peerings:")
    for vpc in vpcs:
        name = f' "{vpc.name}"' if vpc.name else ""
        codes = ", ".join(dict.fromkeys(one.code for one in vpc.findings))
        page.line(f"{vpc.vpc_id}{name} in {vpc.account}/{vpc.region}: {codes}", steps=1)


def upshot(rows: Sequence[PeeringRow]) -> str:
    """Return how many there are, and what they carry, in one sentence."""
    counted = Counter(row.verdict for row in rows)
    said = ", ".join(f"{counted[one]} {one}" for one in Verdict if counted[one])
    due = sum(1 for row in rows if row.due)
    half = sum(1 for row in rows if row.requester.read is not row.accepter.read)
    words = f"{many(len(rows), 'peering')}{f': {said}' if said else ''}; changes are due for {due}"
    return (
        f"{words}; of {half} one side was not seen, and may carry nothing." if half else f"{words}."
    )


def lines(rows: Sequence[PeeringRow]) -> list[str]:
    """Return a line for each peering, its cells separated by tabs, after a line that names them."""
    return ["\t".join(COLUMNS), *("\t".join(_cells(row)) for row in rows)]


def _cells(row: PeeringRow) -> list[str]:
    codes = " ".join(dict.fromkeys(one.code for one in row.findings))
    own = [row.id, row.name, row.status, row.verdict.value, str(row.due), codes, row.expires]
    reaches = [row.reaches, row.requester.reaches, row.accepter.reaches]
    return [*own, *_tabbed(row.requester), *_tabbed(row.accepter), *reaches]


def _tabbed(end: VpcEnd) -> list[str]:
    networks = " ".join(end.cidrs)
    said = [end.consent.value, end.verdict.value]
    return [end.account, end.region, end.vpc_id, end.name, networks, end.owner, *said]


def _more(row: PeeringRow) -> str:
    codes = dict.fromkeys(one.code for one in row.findings)
    due = f"{row.due} due" if row.due else ""
    until = f"expires {row.expires} UTC" if row.expires else ""
    name = f'"{row.name}"' if row.name else ""
    traffic = f"traffic {row.reaches}" if row.reaches else ""
    return "  ".join(filter(None, (traffic, name, due, until, ", ".join(codes))))


def _end(end: VpcEnd) -> tuple[str, ...]:
    name = f' "{end.name}"' if end.name else ""
    owner = f", owner {end.owner}" if end.owner else ""
    networks = ", ".join(end.cidrs) or "networks not shown"
    carries = "not seen" if not end.read else end.verdict.value
    traffic = f", traffic {end.reaches}" if end.reaches else ""
    where = f"{end.vpc_id}{name} ({networks}) in {end.location}{owner}{traffic}"
    return end.consent.value, carries, where
