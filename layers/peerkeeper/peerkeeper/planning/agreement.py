"""Has our side agreed to this peering? The one test, for accepting and for routing.

In: a peering connection, our side and the peer's, our VPC. Out: each test, passed or failed, in words with
what would make it pass. No failed test: agreed.

    the peer's account        our VPC's peers tags      pcx approved=true, in our location    agreed
    allowed                   name the peer             any                                   yes
    allowed                   do not                    yes, and it counts (see below)        yes
    allowed                   do not                    no                                    no
    not allowed               any                       any                                   no

The tag on the peering connection always counts for routing. For accepting it counts only where the two sides
lie in different locations. In one location both sides share one tag set, so the requester could approve
itself. While such a request is pending the tag is not advised: it would let nothing in.
Source: VPC Peering Guide, tags exist only in the account and Region that made them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerkeeper.settings import Settings
from peerkeeper.values.aws_commands import agreeing_tag, create_tag
from peerkeeper.values.consents import Breadth, Consent
from peerkeeper.values.ec2 import Location, PeeringConnection, PeeringStatus, Side, Vpc
from peerkeeper.values.findings import Check, Code, first_of, objections_of
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.tag_keys import APPROVED
from peerkeeper.values.tags import is_approved, key_that_says, names_peer, words_for

MOST = 3
"""Accounts that are not allowed and that the words name."""
BREADTHS = (Breadth.VPC, Breadth.ACCOUNT, Breadth.SELF)
"""The breadths of the words that name a peer, in the order of `words_for`."""


def consent(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, *, accepting: bool
) -> Consent | None:
    """Return the narrowest consent of our side's tags; None where they give none."""
    if _tag_approves(pcx, own, peer, accepting=accepting):
        return Consent(pcx.id, APPROVED, "true", Breadth.PEERING)
    for word, breadth in zip(words_for(own.location, peer), BREADTHS, strict=False):
        if key := key_that_says(vpc.tags, word):
            return Consent(vpc.id, key, word, breadth)
    return None


def _tag_counts(own: Side, peer: Side, *, accepting: bool) -> bool:
    """Tell whether a tag on the peering connection counts: not for accepting where both sides share it."""
    return not accepting or own.location != peer.location


def _tag_approves(pcx: PeeringConnection, own: Side, peer: Side, *, accepting: bool) -> bool:
    """Tell whether the peering connection has the approval by tag, and the tag counts."""
    return _tag_counts(own, peer, accepting=accepting) and is_approved(pcx.tags)


def agreement(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, settings: Settings, *, accepting: bool
) -> Iterator[Check]:
    """Yield each test of agreement on our side, passed or failed."""
    account = peer.location.account_id
    allowed = settings.allows_account(account, own.location)
    words = f"account {account} of the peer is allowed"
    words = words if allowed else not_allowed([account], own.location, settings)
    yield Check("account", allowed, Code.HELD_ACCOUNT, words)
    if names_peer(vpc.tags, own.location, peer):
        yield Check("approval", True, Code.HELD_APPROVAL, f"tags of our VPC {vpc.id} name the peer")
    elif _tag_approves(pcx, own, peer, accepting=accepting):
        words = f"{pcx.id} is tagged {APPROVED}=true in {own.location}"
        yield Check("approval", True, Code.HELD_APPROVAL, words)
    else:
        pending = pcx.status is PeeringStatus.PENDING_ACCEPTANCE
        helps = _tag_counts(own, peer, accepting=accepting or pending)
        ways = _ways_to_agree(pcx, own, peer, vpc, tag_helps=helps)
        words = f"our side has not agreed to meet {peer.vpc_id} in {peer.location}; "
        words += "; ".join(way.clause for way in ways)
        yield Check("approval", False, Code.HELD_APPROVAL, words, ways[0])


def not_allowed(accounts: Sequence[str], own: Location, settings: Settings) -> str:
    """Return that the accounts of peers are not allowed, and what lets all of them in."""
    way = _how_to_allow(accounts, own, settings)
    if len(accounts) == 1:
        return f"account {accounts[0]} of the peer is not allowed; {way}"
    return f"accounts {first_of(accounts, MOST)} of the peers are not allowed; {way}"


def _how_to_allow(accounts: Sequence[str], own: Location, settings: Settings) -> str:
    """Return what to write into AllowedAccounts. With an empty list, each of our accounts meets only itself.

    So the first list must name them all. Of an organization the settings do not name the accounts.
    """
    them = "it" if len(accounts) == 1 else "them"
    if settings.allowed_accounts:
        return f"add {them} to AllowedAccounts to allow {them}"
    if settings.organization:
        named = ", ".join(accounts)
        return (
            f"set AllowedAccounts to {named} and each of our accounts that peers, to allow {them}"
        )
    ours = {own.account_id, settings.account, *(one for one, _ in settings.locations)}
    listed = ",".join([*sorted(ours - {*accounts, ""}), *accounts])
    return f"set AllowedAccounts={listed} to allow {them} beside our own"


def _ways_to_agree(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, *, tag_helps: bool
) -> list[Remedy]:
    """Return the commands that agree, the narrowest first."""
    region = own.location.region
    by_vpc = create_tag(region, vpc.id, *agreeing_tag(vpc.tags, peer.vpc_id))
    ways = [Remedy(f"to agree to every peering with {peer.vpc_id}: {by_vpc}")]
    if tag_helps:
        alone = create_tag(region, pcx.id, APPROVED, "true")
        ways.insert(0, Remedy(f"to agree to this peering only: {alone}"))
    return ways


def objections(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, settings: Settings, *, accepting: bool
) -> list[Check]:
    """Return each test of agreement that fails on our side. Words are made only if one does."""
    if settings.allows_account(peer.location.account_id, own.location) and (
        names_peer(vpc.tags, own.location, peer)
        or _tag_approves(pcx, own, peer, accepting=accepting)
    ):
        return []
    return objections_of(agreement(pcx, own, peer, vpc, settings, accepting=accepting))
