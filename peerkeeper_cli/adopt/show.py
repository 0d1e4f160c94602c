"""Show an adoption: what it adopts, the commands, what stays as it is and why. In: an adoption. Out: text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from peerkeeper_cli.adopt.adoption import Adoption
from peerkeeper_cli.adopt.candidates import NotAdopted
from peerkeeper_cli.adopt.commands import commands, guard
from peerkeeper_cli.adopt.tag_to_set import TagToSet
from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.names import Names, name_of_peering
from peerkeeper_cli.estate.show import read_at, show_coverage
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.plan.write import write_of

MOST, FEW = 400, 3


def show(page: Page, estate: Estate, found: Adoption, asked: AskedFor) -> None:
    """Print it all: the commands whole, so that they can be copied."""
    words = (
        f"Tags that adopt peerings, as read at {read_at(estate)}, by the settings of {estate.said}"
    )
    page.line(words, style="bold")
    show_coverage(page, estate)
    if not found.tags:
        each = "each peering that was read and" if estate.unread else "each peering that"
        page.heading(f"Nothing to adopt: {each} is routed has been agreed to, or stays below.")
    for account, lines in commands(found.tags):
        page.heading(f"In account {account}, with credentials of that account")
        page.command(f"{guard(account)} && {{")
        for line in lines:
            page.command(line)
        page.command("}")
    _wider(page, found.tags)
    _brings(page, estate, found)
    _left(page, estate, found.left)
    page.heading(upshot(found))
    if found.tags:
        page.line("Run the commands, then this plan. It wants nothing new for these peerings:")
        page.mention(asked.again("plan"), steps=1)


def upshot(found: Adoption) -> str:
    """Return what the tags do, in one sentence."""
    keys = ", ".join(f"{count} {key}" for key, count in _by_key(found.tags).items())
    accepted = len(found.accepts) or "no"
    requests = "request" if len(found.accepts) == 1 else "requests"
    return (
        f"{len(found.tags)} tags{f' ({keys})' if keys else ''} adopt {len(found.adopted)} peerings, bring "
        f"{len(found.brings) or 'no'} writes, and accept {accepted} {requests}; "
        f"{len(found.left)} stay as they are."
    )


def _by_key(tags: Sequence[TagToSet]) -> dict[str, int]:
    return dict(sorted(Counter(one.key.partition("-vpc-")[0] for one in tags).items()))


def _wider(page: Page, tags: Sequence[TagToSet]) -> None:
    wider = [one for one in tags if one.admits]
    if wider:
        page.heading("What else these words admit", "Each admits the VPCs of today and of later.")
        for one in wider:
            page.line(f"{one.resource} in {one.location}: {one.admits}", steps=1, hang=2)


def _brings(page: Page, estate: Estate, found: Adoption) -> None:
    if not found.brings:
        return
    names = Names(estate.seen)
    page.heading(f"What Peerkeeper would do because of these tags: {len(found.brings)} writes")
    for change in found.brings:
        write = write_of(change, estate.seen, names, later=False)
        subject = names.said(change.location, write.subject)
        page.line(
            f"{write.words}: {subject} in {change.location}", steps=1, sign=write.sign, hang=2
        )


def _left(page: Page, estate: Estate, left: Sequence[NotAdopted]) -> None:
    if not left:
        return
    page.heading(
        f"Not adopted: {len(left)}", "These stay as they are. Fix the reason, and look again."
    )
    counted = Counter(one.reason for one in left)
    for reason, count in sorted(counted.items()):
        page.line(f"{reason}: {count}", steps=1)
        for one in (one for one in left if one.reason == reason):
            named = name_of_peering(estate.seen.views_of(one.pcx_id))
            said = f'{one.pcx_id} "{named}"' if named else one.pcx_id
            page.line(f"{said}: {shown(one.words, MOST)}", steps=2, hang=2)
