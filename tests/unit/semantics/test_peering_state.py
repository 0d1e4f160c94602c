from dataclasses import replace

import pytest

from peerkeeper_local.semantics.limits import Delays, Moment
from peerkeeper_local.semantics.peering_state import message, state_of
from tests.unit.semantics.peerings import (
    ACCEPTED,
    AT_HOME,
    DAY,
    SEOUL,
    active,
    at,
    request,
)


@pytest.mark.parametrize(
    ("now", "code", "since"),
    [
        (0.0, "initiating-request", 0.0),
        (0.9, "initiating-request", 0.0),
        (1.0, "pending-acceptance", 1.0),
        (7 * DAY - 1, "pending-acceptance", 1.0),
        (7 * DAY, "expired", 7 * DAY),
        (30 * DAY, "expired", 7 * DAY),
    ],
)
def test_an_unanswered_request_initiates_then_waits_then_expires_after_seven_days(
    now: float, code: str, since: float
) -> None:
    assert state_of(request(), at(now)) == (code, since)


def test_a_doomed_request_fails_only_after_it_was_answered() -> None:
    doomed = replace(request(), doomed=True)
    assert state_of(doomed, at(0.5)).code == "initiating-request"
    assert state_of(doomed, at(1.0)) == ("failed", 1.0)
    assert state_of(doomed, at(8 * DAY)).code == "failed"


def test_an_accepted_peering_is_provisioning_before_it_is_active_and_never_expires() -> None:
    assert state_of(active(), at(ACCEPTED)) == ("provisioning", ACCEPTED)
    assert state_of(active(), at(ACCEPTED + 5)) == ("active", ACCEPTED + 5)
    assert state_of(active(), at(365 * DAY)).code == "active"


def test_only_a_peering_between_regions_is_deleting_before_it_is_deleted() -> None:
    between = replace(active(), deleted=100.0, deleted_by=SEOUL)
    assert state_of(between, at(104.0)) == ("deleting", 100.0)
    assert state_of(between, at(105.0)) == ("deleted", 105.0)
    at_home = replace(active(AT_HOME), deleted=100.0, deleted_by=SEOUL)
    assert state_of(at_home, at(100.0)) == ("deleted", 100.0)


def test_a_request_withdrawn_between_regions_looks_as_if_it_waited_for_a_while() -> None:
    withdrawn = replace(request(), deleted=10.0, deleted_by=SEOUL)
    assert state_of(withdrawn, at(14.0)) == ("pending-acceptance", 10.0)
    assert state_of(withdrawn, at(15.0)) == ("deleted", 15.0)


def test_a_request_withdrawn_within_a_region_is_deleted_at_once() -> None:
    withdrawn = replace(request(AT_HOME), deleted=10.0, deleted_by=SEOUL)
    assert state_of(withdrawn, at(10.0)) == ("deleted", 10.0)


def test_a_rejected_request_stays_rejected() -> None:
    assert state_of(replace(request(), rejected=10.0), at(8 * DAY)) == ("rejected", 10.0)


def test_without_delays_every_step_is_done_at_once() -> None:
    now = Moment(ACCEPTED, Delays.none())
    assert state_of(active(), now).code == "active"
    fresh = replace(request(), created=ACCEPTED)
    assert state_of(fresh, now).code == "pending-acceptance"


def test_every_status_code_of_ec2_has_its_message() -> None:
    codes = ("initiating-request", "pending-acceptance", "provisioning", "active", "rejected")
    codes += ("expired", "deleting", "deleted", "failed")
    told = {code: message(replace(active(), deleted_by=SEOUL), code) for code in codes}
    assert told["pending-acceptance"] == "Pending Acceptance by 111122223333"
    assert told["deleted"] == "Deleted by 111122223333"
    assert len(set(told.values())) == len(codes)
