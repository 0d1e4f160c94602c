"""Accept a request that our side agrees to; hold any other, and say why. Accepter's location only.

status                  all tests pass    verdict
pending-acceptance      yes               AcceptPeering
pending-acceptance      no                a finding for each failed test, and what would make it pass
pending-acceptance      not known yet     nothing yet
initiating-request      -                 look again later
failed, expired         -                 Finding: nothing can be done with it any more
unknown to us           -                 Finding: nothing is done
any other               -                 nothing

The request that expires first goes first. Those that pass count in the tests of the later ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from peerkeeper.planning.agreement import agreement, consent
from peerkeeper.planning.rules.missing_routes import missing_routes
from peerkeeper.settings import QuotaCheck, Settings
from peerkeeper.values.aws_commands import aws_ec2, on_peering
from peerkeeper.values.changes import AcceptPeering
from peerkeeper.values.ec2 import PeeringConnection, PeeringStatus, Side, Vpc, overlap
from peerkeeper.values.findings import Check, Code, Finding, objections_of
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import EXEMPT
from peerkeeper.values.tags import is_exempt

if TYPE_CHECKING:
    from peerkeeper.planning.due_routes import DueRoutes


def acceptance(seen: Snapshot, settings: Settings) -> Iterator[AcceptPeering | Finding | Deferral]:
    """Yield the verdict on each request, from the accepter's view of it."""
    for pcx in seen.peerings.values():
        yield from _ended(pcx)
        if pcx.status is PeeringStatus.INITIATING_REQUEST:
            hint = Hint(pcx.location, pcx.id)
            yield Deferral(Function.CONNECT, hint, f"{pcx.id} is being requested")
    for pcx, vpc, checks in _judged(seen, settings):
        yield from _verdict(pcx, vpc, checks)


def _judged(
    seen: Snapshot, settings: Settings
) -> Iterator[tuple[PeeringConnection, Vpc, list[Check]]]:
    """Yield each request that waits for our side, in turn, with its tests."""
    waiting = sorted((pcx for pcx in seen.peerings.values() if _waits(pcx, seen)), key=_turn)
    accepted, due = set[str](), _due(seen, settings) if waiting else None
    for pcx in waiting:
        vpc = seen.vpcs[pcx.location, pcx.accepter.vpc_id]
        checks = [*_checks(pcx, vpc, seen, settings, before=accepted, due=due)]
        if all(check.passed for check in checks):
            accepted.add(pcx.id)
            if due:
                due.accept(pcx)
        yield pcx, vpc, checks


def _waits(pcx: PeeringConnection, seen: Snapshot) -> bool:
    """Tell whether it is a request, in the location of its accepter, for a VPC that was read."""
    if pcx.accepter.location != pcx.location:
        return False
    status = seen.status_of(pcx.location, pcx.id)  # the other side may have seen it end
    read = (pcx.location, pcx.accepter.vpc_id) in seen.vpcs
    return status is PeeringStatus.PENDING_ACCEPTANCE and read


def _due(seen: Snapshot, settings: Settings) -> DueRoutes | None:
    """Return the routes that are due already, where requests wait for room."""
    if settings.quota_check is not QuotaCheck.HOLD:
        return None
    from peerkeeper.planning.due_routes import DueRoutes  # noqa: PLC0415 - rarely asked for

    return DueRoutes(seen, settings, missing_routes(seen, settings))


def _turn(pcx: PeeringConnection) -> tuple[int, str]:
    return pcx.expires, pcx.id


def _verdict(
    pcx: PeeringConnection, vpc: Vpc, checks: Sequence[Check]
) -> Iterator[AcceptPeering | Finding]:
    held = objections_of(checks)
    for check in held:
        words = f"{pcx.id} waits: {check.words}"
        yield Finding(check.code, pcx.location, pcx.id, words, remedy=check.remedy)
    if all(check.passed for check in checks):
        peer = pcx.requester
        yield AcceptPeering(
            pcx.location,
            pcx.id,
            vpc.id,
            reason=f"our side agrees to meet {peer.vpc_id} in {peer.location}",
            consent=consent(pcx, pcx.accepter, peer, vpc, accepting=True),
        )


def acceptance_checks(
    pcx: PeeringConnection, vpc: Vpc, seen: Snapshot, settings: Settings
) -> Iterator[Check]:
    """Yield each test that a request must pass to be accepted into our VPC."""
    for one, _, checks in _judged(seen, settings):
        if one is pcx:
            yield from checks
            return
    yield from _checks(pcx, vpc, seen, settings, due=_due(seen, settings))


def _checks(
    pcx: PeeringConnection,
    vpc: Vpc,
    seen: Snapshot,
    settings: Settings,
    *,
    before: Set[str] = frozenset(),
    due: DueRoutes | None,
) -> Iterator[Check]:
    """Yield each test of a request. `before`: the ids of those that are accepted first.

    `due`: what takes up room; None where no request waits for room.
    """
    yield from agreement(pcx, pcx.accepter, pcx.requester, vpc, settings, accepting=True)
    exempt = is_exempt(vpc.tags)
    words = f"our VPC {vpc.id} is "
    words += f"tagged {EXEMPT}; remove the tag to let the request in" if exempt else "not exempt"
    yield Check("exempt", not exempt, Code.HELD_EXEMPT, words)
    yield _only_one(pcx, seen, settings, before)
    yield from _addresses(pcx.requester, vpc, settings)
    charged = pcx.multipath and not settings.allow_multipath_charges
    words = (
        "the requester turned on multipath resilience, and AWS would charge this side for "
        "accepting it; "
        "set AllowMultipathCharges=true to pay"
        if charged
        else "accepting turns on only charges that are allowed"
    )
    yield Check("charges", not charged, Code.HELD_CHARGES, words)
    if due:
        from peerkeeper.planning.room_to_accept import room_to_accept  # noqa: PLC0415 - rarely asked for

        yield room_to_accept(pcx, seen, settings, due)


def _only_one(
    pcx: PeeringConnection, seen: Snapshot, settings: Settings, before: Set[str]
) -> Check:
    """Return the test that no other peering joins, or is about to, the same two VPCs: EC2 accepts one."""
    reject = on_peering("reject-vpc-peering-connection", pcx.location.region, pcx.id)
    words = "no live peering of the same two VPCs was seen"
    if twin := seen.twin_of(pcx):
        words = (
            f"{twin.id} joins the same two VPCs and is {twin.status}. EC2 accepts only one; delete {twin.id} "
            f"first, or reject this request: {reject}"
        )
    elif twin := _first_request(pcx, seen, settings, before):
        words = (
            f"{twin.id} is an earlier request for the same two VPCs, and its side agrees. EC2 accepts only "
            f"one. This one waits until {twin.id} is accepted or ends; to reject this request: {reject}"
        )
    remedy = Remedy(f"reject this request: {reject}") if twin else None
    return Check("only one", twin is None, Code.HELD_TWIN, words, remedy)


def _first_request(
    pcx: PeeringConnection, seen: Snapshot, settings: Settings, before: Set[str]
) -> PeeringConnection | None:
    """Return the reversed request that is accepted in place of this one; without it EC2 would choose."""
    other = seen.reversed_request(pcx)
    if not other or other.id not in before:
        return None
    if not settings.covers(other.location) or seen.is_unreachable(other.location):
        return None  # nobody of ours accepts it, so this one would wait for good
    return other


def _addresses(peer: Side, vpc: Vpc, settings: Settings) -> Iterator[Check]:
    shown = peer.cidrs[0] if peer.cidrs else "not shown"
    fits = bool(peer.cidrs) and settings.allows_destination(peer.cidrs[0])
    words = f"the requester's CIDR {shown} is " + (
        "inside AllowedDestinations"
        if fits
        else f"outside AllowedDestinations ({settings.destinations_said()})"
    )
    if peer.cidrs and not fits:
        words += f"; {settings.way_in(peer.cidrs[0])}"
    yield Check("destination", fits, Code.HELD_DESTINATION, words)
    clashes = [(one, other) for one in peer.cidrs for other in vpc.cidrs if overlap(one, other)]
    if not clashes:
        words = f"no CIDR of the requester overlaps our VPC {vpc.id}"
        yield Check("overlap", True, Code.HELD_OVERLAP, words)
    for theirs, ours in clashes:
        words = f"the requester's CIDR {theirs} overlaps {ours} of our VPC {vpc.id}; "
        words += "VPCs with overlapping CIDRs cannot be peered"
        yield Check("overlap", False, Code.HELD_OVERLAP, words)


def _ended(pcx: PeeringConnection) -> Iterator[Finding]:
    match pcx.status:
        case PeeringStatus.FAILED:
            yield Finding(
                Code.REQUEST_FAILED,
                pcx.location,
                pcx.id,
                f"{pcx.id} from {pcx.requester.vpc_id} to {pcx.accepter.vpc_id} failed: "
                f"{pcx.status_text or 'EC2 gives no reason'}; EC2 fails a request if CIDRs overlap, or if an "
                "id of the peer is wrong. Correct that and ask again",
            )
        case PeeringStatus.EXPIRED:
            yield Finding(
                Code.REQUEST_EXPIRED,
                pcx.location,
                pcx.id,
                f"{pcx.id} was not accepted within 7 days; ask again",
                remedy=_asked_again(pcx),
            )
        case PeeringStatus.UNKNOWN:
            yield Finding(
                Code.UNKNOWN_STATUS,
                pcx.location,
                pcx.id,
                f"{pcx.id} has a status that this version does not know "
                f"({pcx.status_text or 'no text'}); Peerkeeper does nothing with it",
            )


def _asked_again(pcx: PeeringConnection) -> Remedy:
    """Return the command that asks for the same peering once more; the requester's account runs it."""
    asks, peer = pcx.requester, pcx.accepter
    ends = f"--vpc-id {asks.vpc_id} --peer-vpc-id {peer.vpc_id}"
    place = f"--peer-owner-id {peer.location.account_id} --peer-region {peer.location.region}"
    command = aws_ec2("create-vpc-peering-connection", asks.location.region, ends, place)
    return Remedy(f"ask again, in account {asks.location.account_id}: {command}")
