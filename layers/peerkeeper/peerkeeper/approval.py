"""Has our side agreed to this peering? The one test, for accepting and for routing.

In: a peering connection, our side and the peer's, our VPC. Out: the tests that failed, each in words with
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

from peerkeeper.findings import Code
from peerkeeper.model import PeeringConnection, Side, Vpc
from peerkeeper.settings import Settings
from peerkeeper.tags import APPROVED, PEERS, is_approved, names_peer


def objections(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, settings: Settings, *, accepting: bool
) -> Iterator[tuple[Code, str]]:
    """Yield (finding code, words) for each test of agreement that fails on our side."""
    account = peer.location.account_id
    if not settings.allows_account(account, own.location):
        yield (
            Code.HELD_ACCOUNT,
            f"account {account} of the peer is not allowed; add it to AllowedAccounts to allow it",
        )
    tag_counts = not accepting or own.location != peer.location
    if names_peer(vpc.tags, own.location, peer) or (tag_counts and is_approved(pcx.tags)):
        return
    say = "self" if account == own.location.account_id else account
    pass_by = f"tag our VPC {vpc.id} with {PEERS}={say} (or {PEERS}={peer.vpc_id})"
    if tag_counts:
        pass_by += f", or {pcx.id} with {APPROVED}=true in {own.location}"
    yield (
        Code.HELD_APPROVAL,
        f"our side has not agreed to meet {peer.vpc_id} in {peer.location}; to agree, {pass_by}",
    )
