"""Show a plan to a person: what was read, the writes by place and peering, what stands in the way, totals.

In: a proposal. Out: text on a console. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from peerkeeper.settings import Mode
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import Code, Finding

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.names import Names, name_of_peering
from peerkeeper_cli.estate.show import read_at, show_coverage
from peerkeeper_cli.page.count import many
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.plan.finding_groups import Folded, Group, folded
from peerkeeper_cli.plan.proposal import Proposal
from peerkeeper_cli.plan.write import Write

MOST = 1000
"""Characters of one message."""
FEW, MANY = 12, 40
"""Entries of a list that the plan shows; `--blocked` and `--json` have all."""


def show(page: Page, plan: Proposal, asked: AskedFor) -> None:
    """Print the whole plan. `asked`: what the user typed, for the commands to type next."""
    page.line(opening(plan), style="bold")
    page.line(in_short(plan))
    show_coverage(page, plan.estate)
    show_writes(page, plan)
    show_blocked(page, plan, asked)
    show_consent(page, plan, asked)
    show_standing(page, plan)
    show_totals(page, plan)


def show_open(page: Page, plan: Proposal, asked: AskedFor) -> None:
    """Print only what is open, worst first: what is blocked, what needs consent, what was not read."""
    page.line(opening(plan), style="bold")
    show_coverage(page, plan.estate)
    for group in (Group.BLOCKED, Group.CONSENT, Group.ROUTED, Group.TO_KNOW):
        if found := plan.in_group(group):
            page.heading(*_counted(group, found))
            show_findings(page, plan, found)
    if not plan.findings:
        where = " in what was read" if plan.estate.unread else ""
        page.line(f"Nothing is open{where}. This command shows what would be written:")
        page.command(asked.again("plan"), steps=1)


def _counted(group: Group, found: Sequence[Finding]) -> tuple[str, str]:
    """Return the heading of a group. `plan` counts the blocked by kind and peering, so this does too."""
    kinds = len(folded(found)) if group is Group.BLOCKED else len(found)
    aside = f"{len(found)} findings, one for each route table" if kinds < len(found) else ""
    return f"{group.value.capitalize()}: {kinds}", aside


def opening(plan: Proposal) -> str:
    """Return the first line: the mode, whose settings, when."""
    mode = f"Plan in mode {plan.mode}"
    if plan.set_mode is not plan.mode:
        mode += f" (the settings say {plan.set_mode})"
    return f"{mode}, by the settings of {plan.estate.said}, as read at {read_at(plan.estate)}"


def in_short(plan: Proposal) -> str:
    """Return what the plan comes to, in one sentence."""
    counted = [f"{count} {kind}" for kind, count in plan.totals[plan.mode].items() if count]
    writes = f"{len(plan.writes)} writes ({', '.join(counted)})" if counted else "no writes"
    blocked = len(folded(plan.in_group(Group.BLOCKED)))
    asks, routed = len(plan.in_group(Group.CONSENT)), len(plan.in_group(Group.ROUTED))
    said = f"In short: {writes}, {blocked} blocked, {asks} need consent"
    return f"{said}; {routed} VPCs route peerings without consent."


def show_writes(page: Page, plan: Proposal) -> None:
    """Print each write under its account, region and peering or VPC."""
    if not plan.writes:
        page.heading("Nothing would be written.")
    names = Names(plan.estate.seen)
    by_place = sorted(plan.writes, key=lambda one: (one.change.location, one.subject, one.later))
    for place, here in groupby(by_place, lambda one: one.change.location):
        page.heading(f"{place.account_id}  {place.region}")
        for subject, writes in groupby(here, lambda one: one.subject):
            page.line(_subject(plan, names, place, subject), steps=1, hang=4)
            said = ""
            for write in writes:
                _write(page, write)
                said = _since(page, write, said)
    for write, why in plan.refused:
        page.line(f"{write.words} of {write.subject}: {shown(why, MOST)}", steps=1, sign="!")


def _write(page: Page, write: Write) -> None:
    words = f"{write.words}, after a second look five minutes on" if write.later else write.words
    page.line(words, steps=2, sign=write.sign, hang=2)


def _since(page: Page, write: Write, said: str) -> str:
    """Print why, where that is more than what the write is, and only once for writes alike; return it."""
    why = said
    if write.consent and write.kind == "accept":
        why = f"since {write.consent}"
    elif write.sign == "-":
        why = f"since {shown(write.change.reason, MOST)}"
    if why != said:
        page.line(why, steps=3, style="dim")
    return why


def _subject(plan: Proposal, names: Names, where: Location, id_: str) -> str:
    """Return the peering with both ends, or the VPC, as one line."""
    seen = plan.estate.seen
    view = next((one for one in seen.views_of(id_) if one.location == where), None)
    if view is None:
        cidrs = names.cidrs(where, id_)
        return f"{names.said(where, id_)}{f' ({cidrs})' if cidrs else ''}"
    ends = []
    for side in (view.requester, view.accepter):
        there = side.location
        at = "" if there == where else f" in {there}"
        cidrs = names.cidrs(there, side.vpc_id, side.cidrs) or "networks not shown"
        ends.append(f"{names.said(there, side.vpc_id)} ({cidrs}){at}")
    named = name_of_peering(seen.views_of(id_))
    peering = f'{id_} "{named}"' if named else id_
    return f"{peering}, {view.status}: {' to '.join(ends)}"


def show_blocked(page: Page, plan: Proposal, asked: AskedFor) -> None:
    """Print what stands in the way, a line or two for each kind and peering, worst first."""
    found = plan.in_group(Group.BLOCKED)
    if not found:
        return
    kinds = folded(found)
    page.heading(f"Blocked: {len(kinds)}", "Peerkeeper leaves these to a person.")
    show_folded(page, plan, kinds[:MANY])
    _more(page, len(kinds) - MANY, asked)


def show_folded(page: Page, plan: Proposal, kinds: Sequence[Folded]) -> None:
    """Print folded findings: the first one's words, and how many more are like it."""
    names = Names(plan.estate.seen)
    for first, others in kinds:
        id_ = first.pcx_id or first.subject
        page.line(
            f"{first.code}  {names.said(first.location, id_)} in {first.location}",
            steps=1,
            sign="!",
            hang=2,
        )
        if (
            first.code is Code.TAG_FAULT
        ):  # it holds what somebody wrote: never shown as a command of ours
            page.line(shown(first.message, MOST), steps=3, hang=2)
        else:
            page.advice(shown(first.message, MOST), steps=3)
        if others:
            tables = ", ".join(names.said(one.location, one.subject) for one in others[:FEW])
            page.line(f"the same in {tables}", steps=3, style="dim")


def show_findings(page: Page, plan: Proposal, found: Iterable[Finding]) -> None:
    """Print findings one by one, each under the peering or resource it is about."""
    show_folded(page, plan, [(one, ()) for one in found])


def show_consent(page: Page, plan: Proposal, asked: AskedFor) -> None:
    """Print what needs consent with the command that gives it, and how many are routed without."""
    asks = plan.in_group(Group.CONSENT)
    if asks:
        page.heading(f"Needs consent: {len(asks)}", "Each command below agrees to what it says.")
        show_findings(page, plan, asks[:FEW])
        _more(page, len(asks) - FEW, asked)
    routed = plan.in_group(Group.ROUTED)
    if routed:
        page.heading(
            "Routed without consent",
            f"{len(routed)} VPCs route peerings that their side does not agree to. Peerkeeper leaves them as "
            "they are. This command prints the tags that are missing:",
        )
        page.command(asked.again("adopt"), steps=1)


def show_standing(page: Page, plan: Proposal) -> None:
    """Print the words that admit whole accounts, each with how many VPCs say it."""
    if not plan.standing:
        return
    page.heading(
        "Standing consents",
        "Each of these words admits every VPC of an account, today's and tomorrow's.",
    )
    by_word = sorted(plan.standing, key=lambda one: (one.word, one.account))
    rows = [("word", "in VPCs of", "said by", "admits")]
    for (word, account), same in groupby(by_word, lambda one: (one.word, one.account)):
        listed = [*same]
        first = listed[0]
        admits = f"{'at least ' if first.at_least else ''}{many(max(one.admits for one in listed), 'VPC')}"
        rows.append((word, account, many(len({one.vpc_id for one in listed}), "VPC"), admits))
    page.table(rows, steps=1)


def show_totals(page: Page, plan: Proposal) -> None:
    """Print how many writes of each kind each mode would make, and what is carried once they are made."""
    unseen = bool(plan.estate.unread)
    page.heading("Total", "at least, since not all was read" if unseen else "")
    kinds = [*plan.totals[Mode.FULL]]
    rows: list[tuple[str, ...]] = [("mode", *kinds, "all"), ("observe", *("0" for _ in kinds), "0")]
    rows += [
        (mode.value, *(str(counted[kind]) for kind in kinds), str(sum(counted.values())))
        for mode, counted in plan.totals.items()
    ]
    page.table(rows)
    if plan.carried:
        said = ", ".join(f"{count} {upshot}" for upshot, count in plan.carried.items())
        page.line(f"Sides of live, agreed peerings, once this is done: {said}.")
    page.line("Rights of the functions' roles, and quotas, were not tested.", style="dim")


def _more(page: Page, count: int, asked: AskedFor) -> None:
    if count > 0:
        page.line(f"and {count} more. This command shows all:", steps=1, style="dim")
        page.command(asked.again("plan", "--blocked"), steps=2)
