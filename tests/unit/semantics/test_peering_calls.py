from collections.abc import Callable
from dataclasses import replace

import pytest

from peerkeeper_local.semantics import peering_calls
from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Options, Peering, Side
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.refusal import Refusal
from tests.unit.semantics.peerings import (
    ACTIVE,
    ASKED,
    ASKING,
    AT_HOME,
    FOREIGN,
    PENDING,
    SEOUL,
    STRANGER,
    TOKYO,
    active,
    at,
    request,
)

NOT_FOUND = "InvalidVpcPeeringConnectionID.NotFound"


def refused(call: Callable[..., object], *sent: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*sent)
    return caught.value


def accept(peering: Peering, caller: Location, now: float, *others: Peering) -> Peering:
    return peering_calls.accept(peering, caller, (peering, *others), at(now))


def test_overlapping_cidrs_of_either_family_or_a_missing_peer_doom_a_request() -> None:
    assert not peering_calls.is_doomed(ASKING, ASKED)
    assert peering_calls.is_doomed(ASKING, None)
    assert peering_calls.is_doomed(ASKING, replace(ASKED, cidrs=("10.1.0.0/16", "10.2.3.0/24")))
    assert peering_calls.is_doomed(ASKING, replace(ASKED, ipv6_cidrs=("2001:db8::/64",)))
    assert peering_calls.is_doomed(ASKING, ASKING)


@pytest.mark.parametrize(
    ("known", "now", "found"),
    [
        (request(), 0.0, True),
        (request(), PENDING, True),
        (active(), ACTIVE, True),
        (request(ASKING, ASKED), PENDING, False),
        (replace(request(), rejected=5.0), PENDING, False),
        (replace(request(), doomed=True), PENDING, False),
        (request(AT_HOME), PENDING, False),
    ],
)
def test_a_second_request_in_the_same_direction_meets_the_live_first_one(
    known: Peering, now: float, found: bool
) -> None:
    twin = peering_calls.twin_request([known], ASKING, ASKED, at(now))
    assert twin == (known if found else None)


def test_a_vpc_has_only_so_many_outstanding_requests() -> None:
    waiting = [request(AT_HOME), request(FOREIGN), active(ASKED), request(ASKING, ASKED)]
    enough, too_few = at(PENDING, Limits(outstanding_requests=3)), Limits(outstanding_requests=2)
    peering_calls.check_outstanding(waiting, "vpc-seoul", enough)
    error = refused(peering_calls.check_outstanding, waiting, "vpc-seoul", at(PENDING, too_few))
    assert error.code == "OutstandingVpcPeeringConnectionLimitExceeded"


def test_the_accepter_accepts_a_pending_request() -> None:
    accepted = accept(request(), TOKYO, PENDING)
    assert accepted.accepted == PENDING
    assert state_of(accepted, at(PENDING)).code == "provisioning"


def test_accepting_takes_over_the_requesters_multipath_resilience() -> None:
    asked = replace(request(), requester_options=Options(multipath_resilience=True))
    assert accept(asked, TOKYO, PENDING).accepter_options.multipath_resilience
    assert not accept(request(), TOKYO, PENDING).accepter_options.multipath_resilience


def test_accepting_in_the_requesters_region_names_the_right_one() -> None:
    error = refused(accept, request(), SEOUL, PENDING)
    assert error.code == "OperationNotPermitted"
    assert error.message == (
        "Incorrect region (ap-northeast-2) specified for this request. VPC peering connection "
        "pcx-1 must be accepted in region ap-northeast-1"
    )


def test_the_requesting_account_cannot_accept_for_another() -> None:
    error = refused(accept, request(FOREIGN), SEOUL, PENDING)
    assert error.code == "OperationNotPermitted"
    assert error.message == "User 111122223333 cannot accept peering pcx-1"


def test_a_request_that_is_not_visible_yet_is_not_found() -> None:
    assert refused(accept, request(), TOKYO, 0.5).code == NOT_FOUND
    assert refused(accept, request(), STRANGER, PENDING).code == NOT_FOUND


@pytest.mark.parametrize(
    ("peering", "now", "state"),
    [
        (request(AT_HOME), 0.5, "initiating-request"),
        (active(AT_HOME), ACTIVE, "active"),
        (replace(request(AT_HOME), rejected=5.0), PENDING, "rejected"),
        (replace(request(AT_HOME), doomed=True), PENDING, "failed"),
        (request(AT_HOME), 8 * 86400.0, "expired"),
    ],
)
def test_only_a_pending_request_can_be_accepted_or_rejected(
    peering: Peering, now: float, state: str
) -> None:
    error = refused(accept, peering, SEOUL, now)
    assert error.code == "InvalidStateTransition"
    assert f"attempted to transition from {state} to provisioning" in error.message
    error = refused(peering_calls.reject, peering, SEOUL, at(now))
    assert (error.code, error.http_status) == ("InvalidStateTransition", 400)


def test_the_reversed_twin_of_an_accepted_peering_can_never_be_accepted() -> None:
    reversed_pair = request(ASKING, ASKED, "pcx-2")
    error = refused(accept, reversed_pair, SEOUL, ACTIVE, active())
    assert error.code == "VpcPeeringConnectionAlreadyExists"
    assert "pcx-2 already exists" in error.message
    assert accept(reversed_pair, SEOUL, ACTIVE, request()).accepted == ACTIVE


def test_a_vpc_has_only_so_many_active_peerings() -> None:
    third = Side(SEOUL, "vpc-third", ("10.5.0.0/16",))
    others = (active(ASKED, third, "pcx-3"), active(AT_HOME, third, "pcx-4"))
    limits = Limits(active_peerings_per_vpc=1)
    error = refused(peering_calls.accept, request(), TOKYO, others, at(ACTIVE, limits))
    assert error.code == "ActiveVpcPeeringConnectionPerVpcLimitExceeded"
    assert peering_calls.accept(request(), TOKYO, others[1:], at(ACTIVE, limits)).accepted
    of_the_requester = (active(AT_HOME, ASKING, "pcx-5"),)
    error = refused(peering_calls.accept, request(), TOKYO, of_the_requester, at(ACTIVE, limits))
    assert error.message.endswith("for vpc-seoul.")


@pytest.mark.parametrize(
    ("peering", "vpc_id", "ends"),
    [
        (request(), "vpc-seoul", True),
        (request(), "vpc-tokyo", True),
        (request(), "vpc-third", False),
        (active(), "vpc-seoul", False),
        (replace(request(), rejected=5.0), "vpc-seoul", False),
    ],
)
def test_a_request_ends_with_either_of_its_vpcs(peering: Peering, vpc_id: str, ends: bool) -> None:
    left = peering_calls.without_vpc(peering, vpc_id, SEOUL, at(PENDING))
    if not ends:
        assert left == peering
        return
    assert state_of(left, at(PENDING + 5)) == ("deleted", PENDING + 5)
    again = peering_calls.without_vpc(left, vpc_id, SEOUL, at(PENDING + 1))
    assert again == left
    assert left.deleted_by == SEOUL


def test_the_accepter_rejects_and_the_requester_cannot() -> None:
    assert peering_calls.reject(request(), TOKYO, at(PENDING)).rejected == PENDING
    error = refused(peering_calls.reject, request(FOREIGN), SEOUL, at(PENDING))
    assert error.message == "User 111122223333 cannot reject peering pcx-1"


def test_a_pending_request_is_the_requesters_to_delete() -> None:
    assert peering_calls.delete(request(), SEOUL, at(PENDING)).deleted_by == SEOUL
    error = refused(peering_calls.delete, request(), TOKYO, at(PENDING))
    assert error.code == "OperationNotPermitted"


@pytest.mark.parametrize("caller", [SEOUL, TOKYO])
def test_either_side_deletes_an_active_peering(caller: Location) -> None:
    deleted = peering_calls.delete(active(), caller, at(ACTIVE))
    assert (deleted.deleted, deleted.deleted_by) == (ACTIVE, caller)


@pytest.mark.parametrize(
    ("peering", "state"),
    [
        (replace(request(), rejected=5.0), "rejected"),
        (replace(request(), doomed=True), "failed"),
        (replace(active(), deleted=5.0, deleted_by=TOKYO), "deleted"),
        (active(), "provisioning"),
    ],
)
def test_what_has_ended_or_is_on_its_way_cannot_be_deleted(peering: Peering, state: str) -> None:
    error = refused(peering_calls.delete, peering, SEOUL, at(22.0))
    assert error.code == "InvalidStateTransition"
    assert error.message == (
        f"Invalid state transition for pcx-1, attempted to transition from {state} to deleting"
    )


def test_an_unseen_peering_cannot_be_deleted() -> None:
    assert refused(peering_calls.delete, active(), STRANGER, at(ACTIVE)).code == NOT_FOUND


def test_a_withdrawn_request_that_seems_to_wait_takes_nothing_and_stands_for_nothing() -> None:
    withdrawn = replace(request(), deleted=PENDING, deleted_by=SEOUL)
    now = at(PENDING + 1, Limits(outstanding_requests=1))
    assert state_of(withdrawn, now).code == "pending-acceptance"
    for call, caller in (
        (accept, (TOKYO, PENDING + 1)),
        (peering_calls.reject, (TOKYO, now)),
        (peering_calls.delete, (SEOUL, now)),
    ):
        error = refused(call, withdrawn, *caller)
        assert error.code == "InvalidStateTransition"
        assert "from deleting to" in error.message
    assert peering_calls.twin_request([withdrawn], ASKING, ASKED, now) is None
    peering_calls.check_outstanding([withdrawn], ASKING.vpc_id, now)
