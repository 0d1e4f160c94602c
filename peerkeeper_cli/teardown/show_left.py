"""Show what is left behind: a page, lines, or JSON. In: a teardown as it would be now. Out: text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peerkeeper.reporting.plain_text import plain

from peerkeeper_cli.page.count import many
from peerkeeper_cli.page.moment import iso, minute
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.teardown.left import Left, left
from peerkeeper_cli.teardown.order.teardown import Teardown

VERSION = 1
MOST = 1000


def document(found: Teardown, profiles: Mapping[str, str], now: float) -> dict[str, Any]:
    """Return it as JSON values, by docs/schemas/cli/teardown-after.schema.json."""
    return {
        "version": VERSION,
        "target": found.seen.target,
        "read_at": iso(now),
        "left": [
            {
                "code": one.code.value,
                "account": one.location.account_id,
                "region": one.location.region,
                "resource": one.resource,
                "words": one.words,
                "commands": [*_commands(one, profiles)],
            }
            for one in left(found)
        ],
        "unread": [
            {
                "account": one.location.account_id,
                "region": one.location.region,
                "resource": one.resource,
                "kind": one.kind.value,
                "words": one.words,
            }
            for one in found.seen.unread
        ],
        "unseen": [
            {
                "account": one.location.account_id,
                "region": one.location.region,
                "resource": one.vpc_id,
                "peering": one.pcx_id,
            }
            for one in found.seen.unseen
        ],
        "exit_code": found.exit_code,
    }


def lines(found: Teardown, profiles: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each thing that is left or was not read, its cells separated by tabs."""
    for one in left(found):
        cells = (one.code.value, str(one.location), one.resource)
        commands = " && ".join(_commands(one, profiles))
        yield "\t".join((*cells, commands or plain(one.words, MOST)))
    for gap in found.seen.unread:
        yield "\t".join(("unknown", str(gap.location), gap.resource, plain(gap.words, MOST)))
    yield upshot(found)


def show(page: Page, found: Teardown, profiles: Mapping[str, str], now: float) -> None:
    """Print what is left with the commands that remove it, and what was not read."""
    page.line(f"What {found.seen.target} left behind, as read at {minute(now)} UTC", style="bold")
    for one in left(found):
        page.blank()
        page.line(f"{one.code.value}: {one.resource} in {one.location}", steps=1, hang=2)
        page.line(shown(one.words, MOST), steps=2, hang=2)
        for command in _commands(one, profiles):
            page.command(command, steps=3)
    if found.seen.unread:
        page.heading("Not read", "There may be more.")
        for gap in found.seen.unread:
            words = (
                f"{gap.kind.value} of {gap.resource} in {gap.location}: {shown(gap.words, MOST)}"
            )
            page.line(words, steps=1, sign="?", hang=2)
    page.blank()
    page.line(upshot(found), style="bold")


def upshot(found: Teardown) -> str:
    """Return one sentence: how much is left, and whether all was read."""
    count = len([*left(found)])
    said = f"{many(count, 'thing')} left" if count else "nothing is left"
    gaps = len(found.seen.unread) + len(found.seen.unseen)
    more = f", as far as was read: {many(gaps, 'gap')}" if gaps else ""
    return f"{found.seen.target}: {said}{more}. Nothing was written."


def _commands(one: Left, profiles: Mapping[str, str]) -> Iterator[str]:
    profile = profiles.get(one.location.account_id, "")
    yield from (call.command(profile) for call in one.calls)
