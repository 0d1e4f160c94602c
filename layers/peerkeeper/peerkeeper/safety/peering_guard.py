"""The guard's last look at a change of a peering: accept it, set its DNS option, say its status.

In: the change, what was seen, settings. Out: which promise of `guard.py` it would break, or None.
"""

from __future__ import annotations

from collections.abc import Set

from peerkeeper.settings import Settings
from peerkeeper.values.changes import AcceptPeering, AllowRemoteDnsResolution, TagStatus
from peerkeeper.values.ec2 import (
    ROUTABLE,
    Network,
    PeeringConnection,
    PeeringStatus,
    Side,
    Vpc,
    inside,
    overlap,
)
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import DNS
from peerkeeper.values.tags import Status, is_approved, is_exempt, names_peer, values_of

SAYABLE: dict[Status, Set[PeeringStatus]] = {
    Status.HELD: {PeeringStatus.PENDING_ACCEPTANCE},
    Status.EXPIRING: {PeeringStatus.PENDING_ACCEPTANCE},
    Status.EXPIRED: {PeeringStatus.EXPIRED},
    Status.NOT_CARRYING: ROUTABLE,
    Status.CLEAR: ROUTABLE,
}
"""In which states of a peering its status tag may say what. A word that is only read is not listed."""


def refusal_to_accept(change: AcceptPeering, seen: Snapshot, settings: Settings) -> str | None:
    """Return why the request may not be accepted."""
    pcx = seen.peerings.get((change.location, change.pcx_id))
    vpc = seen.vpcs.get((change.location, change.vpc_id))
    status = seen.status_of(change.location, change.pcx_id)
    if not pcx or not vpc or status is not PeeringStatus.PENDING_ACCEPTANCE:
        return "S1: no pending request to our VPC was read"
    own, peer = pcx.accepter, pcx.requester
    if (own.location, own.vpc_id) != (change.location, change.vpc_id) or is_exempt(vpc.tags):
        return "S1: the accepter VPC is not ours to open"
    if not settings.allows_account(peer.location.account_id, own.location):
        return "S1: the requester's account is not allowed"
    own_tag = own.location != peer.location and is_approved(pcx.tags)
    if not (own_tag or names_peer(vpc.tags, own.location, peer)):
        return "S1: no tag on our side approves it"
    if pcx.multipath and not settings.allow_multipath_charges:
        return "S1: it would turn on a charge"
    if any(overlap(theirs, ours) for theirs in peer.cidrs for ours in vpc.cidrs):
        return "S1: the VPCs overlap"
    if not any(within(cidr, settings) for cidr in peer.cidrs[:1]):
        return "S1: the requester's CIDR is outside AllowedDestinations"
    return None


def refusal_to_set_dns(
    change: AllowRemoteDnsResolution, seen: Snapshot, settings: Settings
) -> str | None:
    """Return why the peering's DNS option may not be set."""
    pcx = seen.peerings.get((change.location, change.pcx_id))
    status = seen.status_of(change.location, change.pcx_id)
    if not pcx or status is not PeeringStatus.ACTIVE:
        return "S5: no active peering was read"
    own, peer = pcx.requester, pcx.accepter
    if not change.requester_side:
        own, peer = peer, own
    vpc = seen.vpcs.get((change.location, own.vpc_id))
    if own.location != change.location or not vpc or is_exempt(vpc.tags):
        return "S5: the side is not ours, or is exempt"
    if any(value != "enforce" for value in values_of(vpc.tags, DNS)):
        return f"S8: tags of {vpc.id} say that its DNS stays as it is"
    return unapproved(pcx, own, peer, vpc, settings)


def refusal_to_tag(change: TagStatus, seen: Snapshot) -> str | None:
    """Return why the status tag may not say so."""
    pcx = seen.peerings.get((change.location, change.pcx_id))
    if not pcx or not pcx.own_sides():
        return "S5: no peering with our VPC was read"
    if not {pcx.status, seen.status_of(change.location, pcx.id)} <= SAYABLE.get(
        change.status, frozenset()
    ):
        return f"S5: {change.status} cannot be said of a peering that is {pcx.status}"
    return None


def unapproved(
    pcx: PeeringConnection, own: Side, peer: Side, vpc: Vpc, settings: Settings
) -> str | None:
    """Return why our side does not agree with the peering, by tags and settings read now."""
    if not settings.allows_account(peer.location.account_id, own.location):
        return "S1: the peer's account is not allowed"
    if not (is_approved(pcx.tags) or names_peer(vpc.tags, own.location, peer)):
        return "S1: no tag on our side approves it"
    return None


def within(destination: Network, settings: Settings) -> bool:
    """Tell whether AllowedDestinations lets this network through."""
    out = any(overlap(destination, excluded) for excluded in settings.excluded_destinations)
    return not out and any(inside(destination, to) for to in settings.allowed_destinations)
