"""A plan as Markdown, for a pull request. In: a proposal. Out: text; hostile names stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from peerkeeper.reporting.plain_text import plain
from peerkeeper.settings import Mode

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.refusals import refusals
from peerkeeper_cli.plan.finding_groups import Group
from peerkeeper_cli.plan.proposal import Proposal
from peerkeeper_cli.plan.show import opening

MOST = 400
MOST_ROWS = 200
"""Rows of a table; a pull request has 65,536 characters."""
_MARKS = re.compile(r"([\\|`*_{}\[\]#~@])")


def markdown(plan: Proposal, asked: AskedFor) -> str:
    """Return the plan as one comment: totals first, then writes, what is blocked, what was not read.

    `asked`: what the user typed, for the command that has what a comment has no room for.
    """
    all_of_it = asked.again("plan", "--json")
    parts = (_writes(plan, all_of_it), _findings(plan, all_of_it), _unread(plan, all_of_it))
    return "\n".join([*_head(plan), *chain.from_iterable(parts)]) + "\n"


def _head(plan: Proposal) -> Iterator[str]:
    yield f"### Peerkeeper: {_said(opening(plan))}"
    yield ""
    kinds = [*plan.totals[Mode.FULL]]
    yield f"| mode | {' | '.join(kinds)} | all |"
    yield "|---|" + "--:|" * (len(kinds) + 1)
    for mode, counted in plan.totals.items():
        cells = " | ".join(str(counted[kind]) for kind in kinds)
        yield f"| {mode.value} | {cells} | {sum(counted.values())} |"
    yield ""
    if plan.estate.unread:
        yield f"**Not complete:** {len(plan.estate.unread)} locations are unread; see below."
        yield ""


def _writes(plan: Proposal, all_of_it: str) -> Iterator[str]:
    if not plan.writes:
        yield "Nothing would be written."
        yield ""
        return
    yield "<details><summary>Writes</summary>"
    yield ""
    yield "| | where | peering or VPC | write |"
    yield "|---|---|---|---|"
    for write in plan.writes[:MOST_ROWS]:
        later = " (after a second look)" if write.later else ""
        words = f"{_said(write.words)}{later}"
        yield f"| `{write.sign}` | {write.change.location} | `{write.subject}` | {words} |"
    yield from _more(len(plan.writes), all_of_it)
    yield ""
    yield "</details>"
    yield ""


def _findings(plan: Proposal, all_of_it: str) -> Iterator[str]:
    for group in (Group.BLOCKED, Group.CONSENT, Group.ROUTED):
        found = plan.in_group(group)
        if not found:
            continue
        yield f"<details><summary>{group.value.capitalize()}: {len(found)}</summary>"
        yield ""
        yield "| what | where | about | why |"
        yield "|---|---|---|---|"
        for one in found[:MOST_ROWS]:
            about = one.pcx_id or one.subject
            yield f"| {one.code} | {one.location} | `{about}` | {_said(plain(one.message, MOST))} |"
        yield from _more(len(found), all_of_it)
        yield ""
        yield "</details>"
        yield ""


def _unread(plan: Proposal, all_of_it: str) -> Iterator[str]:
    if not plan.estate.unread:
        return
    yield "| not read | state | why |"
    yield "|---|---|---|"
    found = refusals(plan.estate.unread)
    for one in found[:MOST_ROWS]:
        yield f"| {one.where} | {one.state} | {_said(plain(one.words, MOST))} |"
    yield from _more(len(found), all_of_it)


def _more(count: int, all_of_it: str) -> Iterator[str]:
    if count > MOST_ROWS:
        yield ""
        yield f"and {count - MOST_ROWS} more: `{all_of_it}` has all"


def _said(words: str) -> str:
    """Return words that Markdown shows as they are: marks escaped, no mention of anybody."""
    calm = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\1", calm).replace("://", ":&#47;&#47;")
