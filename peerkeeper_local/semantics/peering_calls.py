"""What may be done to a peering, by whom, and when.

In: peerings, the caller's location, a moment. Out: the peering after the call, or a Refusal.
Never stores anything.

Who may call: accept and reject belong to the accepter's location; delete to the requester while
pending, to either side once active. Source: VPC Peering Guide, basics.
"""

from collections.abc import Iterable
from dataclasses import replace

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.networks import any_overlap
from peerkeeper_local.semantics.peering import Options, Peering, Side
from peerkeeper_local.semantics.peering_state import LIVE, state_of
from peerkeeper_local.semantics.peering_view import visible
from peerkeeper_local.semantics.refusal import Refusal, no_such_peering

ACCEPTED = frozenset({"provisioning", "active", "deleting"})


def is_doomed(requester: Side, accepter: Side | None) -> bool:
    """Whether a request can only fail: no such peer VPC, or any IPv4 or IPv6 pair overlaps.

    EC2 finds out only after it has answered. Source: VPC Peering Guide, limitations.
    """
    if accepter is None:
        return True
    return any_overlap(requester.cidrs, accepter.cidrs) or any_overlap(
        requester.ipv6_cidrs, accepter.ipv6_cidrs
    )


def twin_request(
    peerings: Iterable[Peering], requester: Side, accepter: Side, moment: Moment
) -> Peering | None:
    """Return the live peering in the same direction: create answers with it, not with a new one.

    The reversed pair is no twin here. Source: observed.
    """
    for peering in peerings:
        same = (peering.requester.vpc_id, peering.accepter.vpc_id) == (
            requester.vpc_id,
            accepter.vpc_id,
        )
        if same and peering.deleted is None and state_of(peering, moment).code in LIVE:
            return peering
    return None


def check_outstanding(peerings: Iterable[Peering], vpc_id: str, moment: Moment) -> None:
    """Raise OutstandingVpcPeeringConnectionLimitExceeded. Source: VPC Peering Guide, quotas."""
    waiting = sum(
        peering.requester.vpc_id == vpc_id
        and peering.deleted is None
        and state_of(peering, moment).code in ("initiating-request", "pending-acceptance")
        for peering in peerings
    )
    if waiting >= moment.limits.outstanding_requests:
        raise Refusal(
            "OutstandingVpcPeeringConnectionLimitExceeded",
            f"The maximum number of outstanding VPC peering connection requests "
            f"({moment.limits.outstanding_requests}) has been reached.",
        )


def accept(
    peering: Peering,
    caller: Location,
    peerings: Iterable[Peering],
    moment: Moment,
) -> Peering:
    """Return `peering` accepted by `caller` at `moment`; `peerings` are all that exist.

    If the requester allowed multipath resilience, accepting allows it for the accepter too (and
    costs). Raises Refusal: NotFound, OperationNotPermitted, InvalidStateTransition,
    VpcPeeringConnectionAlreadyExists or the quota. Sources: EC2 API, EC2 errors, observed.
    """
    _check_accepter(peering, caller, "accept", moment)
    _check_state(peering, moment, {"pending-acceptance"}, "provisioning")
    _check_room(peering, peerings, moment)
    allowed = Options(multipath_resilience=peering.requester_options.multipath_resilience)
    return replace(peering, accepted=moment.now, accepter_options=allowed)


def _check_room(peering: Peering, peerings: Iterable[Peering], moment: Moment) -> None:
    """Refuse a second peering between two VPCs, and one too many of either VPC."""
    others = [
        other
        for other in peerings
        if other.id != peering.id and state_of(other, moment).code in ACCEPTED
    ]
    ours, theirs = peering.accepter.vpc_id, peering.requester.vpc_id
    if any(other.joins(ours) and other.joins(theirs) for other in others):
        raise Refusal(
            "VpcPeeringConnectionAlreadyExists",
            f"The vpc peering connection identified by {peering.id} already exists",
        )
    for vpc_id in (ours, theirs):
        if sum(other.joins(vpc_id) for other in others) >= moment.limits.active_peerings_per_vpc:
            raise Refusal(
                "ActiveVpcPeeringConnectionPerVpcLimitExceeded",
                f"The maximum number of active VPC peering connections has been reached "
                f"for {vpc_id}.",
            )


def reject(peering: Peering, caller: Location, moment: Moment) -> Peering:
    """Return `peering` rejected by `caller` at `moment`. Raises Refusal as accept does."""
    _check_accepter(peering, caller, "reject", moment)
    _check_state(peering, moment, {"pending-acceptance"}, "rejected")
    return replace(peering, rejected=moment.now)


def delete(peering: Peering, caller: Location, moment: Moment) -> Peering:
    """Return `peering` deleted by `caller` at `moment`.

    A pending one is the requester's to delete. Raises Refusal: NotFound, OperationNotPermitted
    (text assumed) or InvalidStateTransition. Source: VPC Peering Guide, basics.
    """
    if not visible(peering, caller, moment):
        raise no_such_peering(peering.id)
    _check_state(peering, moment, {"pending-acceptance", "active"}, "deleting")
    if peering.accepted is None and caller != peering.requester.location:
        raise Refusal(
            "OperationNotPermitted", f"User {caller.account} cannot delete peering {peering.id}"
        )
    return replace(peering, deleted=moment.now, deleted_by=caller)


def without_vpc(peering: Peering, vpc_id: str, home: Location, moment: Moment) -> Peering:
    """Return `peering` as the end of `vpc_id`, in `home`, leaves it: a request ends as deleted.

    One that is accepted keeps its VPCs from being deleted. Source: assumed.
    """
    waiting = state_of(peering, moment).code in ("initiating-request", "pending-acceptance")
    if not (waiting and peering.joins(vpc_id)) or peering.deleted is not None:
        return peering
    return replace(peering, deleted=moment.now, deleted_by=home)


def _check_accepter(peering: Peering, caller: Location, verb: str, moment: Moment) -> None:
    """Only the accepter's account, and only in the accepter VPC's Region. Texts: observed."""
    if not visible(peering, caller, moment):
        raise no_such_peering(peering.id)
    if caller == peering.accepter.location:
        return
    home = peering.accepter.location
    if caller.account == home.account:
        raise Refusal(
            "OperationNotPermitted",
            f"Incorrect region ({caller.region}) specified for this request. "
            f"VPC peering connection {peering.id} must be {verb}ed in region {home.region}",
        )
    raise Refusal(
        "OperationNotPermitted", f"User {caller.account} cannot {verb} peering {peering.id}"
    )


def _check_state(peering: Peering, moment: Moment, allowed: set[str], target: str) -> None:
    """Raise InvalidStateTransition unless the state is one of `allowed`. Text: observed.

    A deleted request that still looks as if it waited is deleting (assumed).
    """
    code = state_of(peering, moment).code
    if peering.deleted is not None and code == "pending-acceptance":
        code = "deleting"
    if code not in allowed:
        raise Refusal(
            "InvalidStateTransition",
            f"Invalid state transition for {peering.id}, "
            f"attempted to transition from {code} to {target}",
        )
