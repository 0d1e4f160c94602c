"""The findings about a private hosted zone, in words, with commands that work.

In: a zone, a VPC. Out: `Finding`s. The commands of two accounts come in the order of Route 53's handshake. A
zone's owner cannot associate another account's VPC: Route 53 answers NotAuthorizedException.
Sources: Route 53 API reference, AssociateVPCWithHostedZone and CreateVPCAssociationAuthorization; AWS CLI
reference.
"""

from __future__ import annotations

from peerkeeper.values.aws_commands import aws_ec2
from peerkeeper.values.ec2 import Side
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.tag_keys import SHARE
from peerkeeper.values.zones import HostedZone, ListedZone, ZonesOfAccount, ZoneVpc


def not_shared(zone: HostedZone, guest: Side, pcx_id: str) -> Finding:
    """Return the finding that a VPC lacks the zone, with what each owner runs, in order."""
    theirs = guest.location.account_id
    vpc = ZoneVpc(guest.location.region, guest.vpc_id)
    join = _aws("associate-vpc-with-hosted-zone", zone, vpc)
    steps = [Remedy(f"to associate it, with credentials of {theirs}: {join}")]
    if theirs != zone.owner:
        allow = _aws("create-vpc-association-authorization", zone, vpc)
        close = _aws("delete-vpc-association-authorization", zone, vpc)
        steps = [
            Remedy(f"to let its owner associate it, with credentials of {zone.owner}: {allow}"),
            *steps,
            Remedy(f"to end that permission afterwards, with credentials of {zone.owner}: {close}"),
        ]
    words = (
        f"{_said(zone)} is not associated with {guest.vpc_id} in {guest.location}, although the tags of both "
        f"share it and {pcx_id} is active; "
    )
    words += "; ".join(step.clause for step in steps)
    return Finding(Code.ZONE_NOT_SHARED, zone.location, zone.id, words, pcx_id, steps[0])


def conflict(zone: HostedZone, guest: Side, pcx_id: str, other: ListedZone) -> Finding:
    """Return the finding that the VPC has another zone of that name: Route 53 lets a VPC have one."""
    whose = f"the service {other.owner}" if other.of_service else f"account {other.owner}"
    words = (
        f"{_said(zone)} cannot be associated with {guest.vpc_id} in {guest.location}: that VPC has the zone "
        f"{other.id} of the same name, which {whose} owns. Names of {zone.name} come from that zone; "
        f"if that is right, remove the word that names this VPC from {SHARE} of {zone.id}"
    )
    return Finding(Code.ZONE_CONFLICT, zone.location, zone.id, words, pcx_id)


def needs_dns(
    zone: HostedZone, guest: Side, pcx_id: str, *, support: bool | None, names: bool | None
) -> Finding:
    """Return the finding that the VPC's DNS attributes are off: a private zone answers only if they are on.

    Source: Route 53 Developer Guide, considerations for private hosted zones.
    """
    off = [name for name, on in (("support", support), ("hostnames", names)) if on is False]
    region, vpc_id = guest.location.region, guest.vpc_id
    steps = [_turn_on(region, vpc_id, name) for name in off]
    words = (
        f"{vpc_id} is to resolve names of {_said(zone)}. A VPC gets answers from private zones only if DNS "
        f"support and DNS hostnames are on. Here this is off: {' and '.join(off)}; "
    )
    words += "; ".join(step.clause for step in steps)
    return Finding(Code.ZONE_NEEDS_DNS, guest.location, vpc_id, words, pcx_id, steps[0])


def _turn_on(region: str, vpc_id: str, name: str) -> Remedy:
    """Source: AWS CLI reference, ec2 modify-vpc-attribute."""
    command = aws_ec2(
        "modify-vpc-attribute", region, f"--vpc-id {vpc_id} --enable-dns-{name} Value=true"
    )
    return Remedy(f"to turn on DNS {name}: {command}")


def left_behind(zone: HostedZone, vpc: ZoneVpc) -> Finding:
    """Return the finding that a VPC still has the zone, and that no live peering leads to it."""
    end = _aws("disassociate-vpc-from-hosted-zone", zone, vpc)
    remedy = Remedy(f"to disassociate it, with credentials of {zone.owner}: {end}")
    words = (
        f"{_said(zone)} is still associated with {vpc.id} in {vpc.region}, and no live peering joins that "
        f"VPC with a home of the zone in account {zone.owner}. Names of it may lead to unreachable "
        f"addresses; {remedy.clause}"
    )
    return Finding(Code.ZONE_LEFT_BEHIND, zone.location, zone.id, words, remedy=remedy)


def in_turn(account: ZonesOfAccount) -> Finding:
    """Return the finding that this sweep did not look at all zones of the account."""
    words = (
        f"this sweep left out {account.left} of the private zones of account {account.id}, since Route 53 "
        f"takes five requests a second. Each zone has its turn once in {account.sweeps} sweeps"
    )
    return Finding(Code.ZONES_IN_TURN, account.location, account.id, words)


def _said(zone: HostedZone) -> str:
    return f"the private zone {zone.id} ({zone.name}) of account {zone.owner}"


def _aws(operation: str, zone: HostedZone, vpc: ZoneVpc) -> str:
    """Return the command. Route 53 is one service for all Regions, so it names no Region but the VPC's."""
    named = f"--hosted-zone-id {zone.id} --vpc VPCRegion={vpc.region},VPCId={vpc.id}"
    return f"aws route53 {operation} {named}"
