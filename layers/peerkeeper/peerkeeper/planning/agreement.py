"""Has our side agreed to this peering? The one test, for accepting and for routing.

In: a peering connection, our side and the peer's, our VPC. Out: each test, passed or failed, in words with
what would make it pass. No failed test: agreed.

    the peer's account        our VPC's peers tags      pcx approved=true, in our location    agreed
    allowed                   name the peer             any                                   yes
    allowed                   do not                    yes, and it counts (see below)        yes
    allowed                   do not                    no                                    no
    not allowed               any                       any                                   no

The tag on the peering connection counts for routing always; for accepting only where the two sides lie
in different locations, since in one location both sides share one tag set and the requester could
approve itself. Source: VPC Peering Guide, tags exist only in the account and Region that made them.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import PeeringConnection, Side, Vpc
from peerkeeper.values.findings import Check, Code, objections_of
from peerkeeper.values.tag_keys import APPROVED, PEERS
from peerkeeper.values.tags import is_approved, names_peer


def agreement(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, settings: Settings, *, accepting: bool
) -> Iterator[Check]:
    """Yield each test of agreement on our side, passed or failed."""
    account = peer.location.account_id
    allowed = settings.allows_account(account, own.location)
    words = f"account {account} of the peer is "
    words += "allowed" if allowed else "not allowed; add it to AllowedAccounts to allow it"
    yield Check("account", allowed, Code.HELD_ACCOUNT, words)
    tag_counts = not accepting or own.location != peer.location
    if names_peer(vpc.tags, own.location, peer):
        yield Check("approval", True, Code.HELD_APPROVAL, f"tags of our VPC {vpc.id} name the peer")
    elif tag_counts and is_approved(pcx.tags):
        words = f"{pcx.id} is tagged {APPROVED}=true in {own.location}"
        yield Check("approval", True, Code.HELD_APPROVAL, words)
    else:
        words = _how_to_agree(pcx, own, peer, vpc, tag_counts=tag_counts)
        yield Check("approval", False, Code.HELD_APPROVAL, words)


def _how_to_agree(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, *, tag_counts: bool
) -> str:
    account = peer.location.account_id
    say = "self" if account == own.location.account_id else account
    pass_by = f"tag our VPC {vpc.id} with {PEERS}={say} (or {PEERS}={peer.vpc_id})"
    if tag_counts:
        pass_by += f", or {pcx.id} with {APPROVED}=true in {own.location}"
    return f"our side has not agreed to meet {peer.vpc_id} in {peer.location}; to agree, {pass_by}"


def objections(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, settings: Settings, *, accepting: bool
) -> list[tuple[Code, str]]:
    """Return (finding code, words) for each test of agreement that fails on our side."""
    return objections_of(agreement(pcx, own, peer, vpc, settings, accepting=accepting))
