"""A plan as Markdown, for a pull request. In: a proposal. Out: text; hostile names stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerkeeper.settings import Mode

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.refusals import refusals
from peerkeeper_cli.plan.finding_groups import Group
from peerkeeper_cli.plan.markdown_section import Section, fitted, in_a_cell
from peerkeeper_cli.plan.proposal import Proposal
from peerkeeper_cli.plan.show import opening

ROOM = 60_000
"""Characters of the whole. GitHub takes 65,536 in a comment, and a workflow may add its own words."""
_MARKS = re.compile(r"([\\|`*_{}\[\]#~@])")
_END = ("", "</details>", "")


def markdown(plan: Proposal, asked: AskedFor) -> str:
    """Return the plan as one comment: totals first, then writes, what is blocked, what was not read.

    `asked`: what the user typed, for the command that has what a comment has no room for.
    """
    all_of_it, head = asked.again("plan", "--json"), [*_head(plan)]
    sections = [_writes(plan), *_findings(plan), *_unread(plan)]
    room = ROOM - sum(len(line) + 1 for line in head)
    counts = fitted(sections, room, all_of_it)
    lines = [
        line
        for one, count in zip(sections, counts, strict=True)
        for line in one.lines(count, all_of_it)
    ]
    return "\n".join([*head, *lines]) + "\n"


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


def _writes(plan: Proposal) -> Section:
    if not plan.writes:
        return Section(("Nothing would be written.", ""), ())
    rows = []
    for write in plan.writes:
        later = " (after a second look)" if write.later else ""
        words = f"{_said(write.words)}{later}"
        rows.append(f"| `{write.sign}` | {write.change.location} | `{write.subject}` | {words} |")
    before = ("<details><summary>Writes</summary>", "", "| | where | peering or VPC | write |")
    return Section((*before, "|---|---|---|---|"), tuple(rows), _END)


def _findings(plan: Proposal) -> Iterator[Section]:
    for group in (Group.BLOCKED, Group.CONSENT, Group.ROUTED):
        found = plan.in_group(group)
        if not found:
            continue
        summary = f"<details><summary>{group.value.capitalize()}: {len(found)}</summary>"
        before = (summary, "", "| what | where | about | why |", "|---|---|---|---|")
        rows = (
            f"| {one.code} | {one.location} | `{one.pcx_id or one.subject}` | "
            f"{_said(in_a_cell(one.message))} |"
            for one in found
        )
        yield Section(before, tuple(rows), _END)


def _unread(plan: Proposal) -> Iterator[Section]:
    if not plan.estate.unread:
        return
    rows = (
        f"| {one.where} | {one.state} | {_said(in_a_cell(one.words))} |"
        for one in refusals(plan.estate.unread)
    )
    yield Section(("| not read | state | why |", "|---|---|---|"), tuple(rows))


def _said(words: str) -> str:
    """Return words that Markdown shows as they are: marks escaped, no mention of anybody."""
    calm = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\1", calm).replace("://", ":&#47;&#47;")
