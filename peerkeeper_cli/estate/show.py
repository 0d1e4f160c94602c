"""Show how much of an estate was read, and what could not be. In: an estate. Out: text on a page."""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.refusals import refusals
from peerkeeper_cli.page.count import many
from peerkeeper_cli.page.moment import minute
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.reader.covered import Covered, State

MOST = 1000


def read_at(estate: Estate) -> str:
    """Return when it was read, in UTC."""
    return f"{minute(estate.seen.now)} UTC"


def unread_lines(unread: Iterable[Covered]) -> list[str]:
    """Return a line for each reason why something was not read, for an output that is no page."""
    return [
        f"not read: {one.where}: {one.state.value}: {shown(one.words, MOST)}"
        for one in refusals(unread)
    ]


def comments(estate: Estate) -> list[str]:
    """Return these lines as comments, after a line that says what they mean; empty if all was read."""
    found = unread_lines(estate.unread)
    head = "Not all was read, so something may be missing here:"
    return [f"# {line}" for line in (head, *found)] if found else []


def show_coverage(page: Page, estate: Estate) -> None:
    """Print what was read, and each reason why locations were not, with all of them."""
    accounts = {one.account_id for one in estate.answered}
    regions = {one.region for one in estate.answered}
    vpcs, peerings = len(estate.seen.vpcs), len({id_ for _, id_ in estate.seen.peerings})
    page.line(
        f"Read: {many(len(accounts), 'account')}, {many(len(regions), 'region')}, "
        f"{many(vpcs, 'VPC')}, {many(peerings, 'peering')}. Nothing was written."
    )
    rest = [one for one in estate.coverage if one.state is not State.READ]
    if rest:
        page.heading("Not read", "What depends on it is unknown.")
        for one in refusals(rest):
            page.table([(one.state.value, one.where)])
            page.line(shown(one.words, MOST), steps=1, hang=2, style="dim")
