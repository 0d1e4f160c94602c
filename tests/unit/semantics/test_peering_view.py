from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Options, Peering
from peerkeeper_local.semantics.peering_state import State
from peerkeeper_local.semantics.peering_view import changed_flags, description, visible
from tests.unit.semantics.peerings import (
    ACTIVE,
    ASKED,
    ASKING,
    AT_HOME,
    DAY,
    DELAYS,
    FOREIGN,
    HOUR,
    PENDING,
    SEOUL,
    STRANGER,
    TOKYO,
    active,
    at,
    request,
)


def seen(peering: Peering, viewer: Location, now: float) -> dict[str, Any]:
    return description(peering, viewer, at(now), {})


def test_a_location_without_a_side_sees_nothing() -> None:
    assert not visible(active(), STRANGER, at(ACTIVE))
    assert not visible(active(), Location(SEOUL.account, "eu-west-1"), at(ACTIVE))


def test_the_accepter_sees_a_request_only_once_it_is_initiated() -> None:
    assert visible(request(), SEOUL, at(0.0))
    assert not visible(request(), TOKYO, at(0.5))
    assert visible(request(), TOKYO, at(1.0))


def test_the_request_may_take_longer_to_reach_the_peer_location() -> None:
    slow = replace(DELAYS, peer_sight=60.0)
    assert not visible(request(), TOKYO, Moment(60.0, slow))
    assert visible(request(), TOKYO, Moment(61.0, slow))


def test_a_failed_request_is_shown_to_the_requester_alone_for_two_hours() -> None:
    doomed = replace(request(), doomed=True)
    assert visible(doomed, SEOUL, at(2 * HOUR))
    assert not visible(doomed, SEOUL, at(2 * HOUR + 1))
    assert not visible(doomed, TOKYO, at(PENDING))


DELETED_BY_ASKER = replace(active(FOREIGN), deleted=0.0, deleted_by=SEOUL)
REJECTED = replace(request(FOREIGN), rejected=0.0)
DELETED_AT_HOME = replace(active(AT_HOME), deleted=0.0, deleted_by=SEOUL)
DELETED_BETWEEN_REGIONS = replace(active(), deleted=0.0, deleted_by=SEOUL)


@pytest.mark.parametrize(
    ("ended", "viewer", "lasts"),
    [
        (DELETED_BY_ASKER, SEOUL, 2 * HOUR),
        (DELETED_BY_ASKER, STRANGER, 2 * DAY),
        (REJECTED, STRANGER, 2 * HOUR),
        (REJECTED, SEOUL, 2 * DAY),
        (DELETED_AT_HOME, SEOUL, 2 * HOUR),
        (replace(request(AT_HOME), rejected=0.0), SEOUL, 2 * HOUR),
    ],
)
def test_the_side_that_ended_it_forgets_first(
    ended: Peering, viewer: Location, lasts: float
) -> None:
    assert visible(ended, viewer, at(lasts - 1))
    assert not visible(ended, viewer, at(lasts))


def test_one_account_in_two_regions_forgets_a_deleted_peering_after_two_hours() -> None:
    for viewer in (SEOUL, TOKYO):
        assert visible(DELETED_BETWEEN_REGIONS, viewer, at(2 * HOUR))
        assert not visible(DELETED_BETWEEN_REGIONS, viewer, at(2 * HOUR + 5))


def test_an_expired_request_is_shown_to_both_for_two_days() -> None:
    for viewer in (SEOUL, TOKYO):
        assert visible(request(), viewer, at(9 * DAY - 1))
        assert not visible(request(), viewer, at(9 * DAY))


def test_the_accepters_cidrs_are_hidden_on_both_sides_until_it_accepts() -> None:
    for viewer in (SEOUL, TOKYO):
        told = seen(request(), viewer, PENDING)
        assert told["AccepterVpcInfo"] == {
            "OwnerId": TOKYO.account,
            "VpcId": "vpc-tokyo",
            "Region": "ap-northeast-1",
        }
        assert told["RequesterVpcInfo"]["CidrBlock"] == "10.0.0.0/16"


def test_an_accepted_peering_shows_every_cidr_of_both_sides() -> None:
    told = seen(active(), TOKYO, ACTIVE)
    assert told["AccepterVpcInfo"]["CidrBlockSet"] == [{"CidrBlock": "10.1.0.0/16"}]
    assert told["RequesterVpcInfo"]["CidrBlockSet"] == [
        {"CidrBlock": "10.0.0.0/16"},
        {"CidrBlock": "10.2.0.0/16"},
    ]
    assert told["RequesterVpcInfo"]["Ipv6CidrBlockSet"] == [{"Ipv6CidrBlock": "2001:db8::/56"}]
    assert "Ipv6CidrBlockSet" not in told["AccepterVpcInfo"]


def test_the_time_of_expiry_is_told_only_while_unaccepted() -> None:
    assert seen(request(), SEOUL, PENDING)["ExpirationTime"] == datetime(1970, 1, 8, tzinfo=UTC)
    assert "ExpirationTime" not in seen(active(), SEOUL, ACTIVE)


def test_the_options_of_another_accounts_side_are_left_out() -> None:
    foreign = active(FOREIGN)
    ours = seen(foreign, SEOUL, ACTIVE)
    assert "PeeringOptions" in ours["RequesterVpcInfo"]
    assert "PeeringOptions" not in ours["AccepterVpcInfo"]
    theirs = seen(foreign, STRANGER, ACTIVE)
    assert "PeeringOptions" not in theirs["RequesterVpcInfo"]
    assert "PeeringOptions" in theirs["AccepterVpcInfo"]


def test_within_one_account_both_sides_options_are_shown() -> None:
    told = seen(active(), TOKYO, ACTIVE)
    assert told["RequesterVpcInfo"]["PeeringOptions"] == {
        "AllowDnsResolutionFromRemoteVpc": False,
        "AllowEgressFromLocalClassicLinkToRemoteVpc": False,
        "AllowEgressFromLocalVpcToRemoteClassicLink": False,
    }
    assert "PeeringOptions" in told["AccepterVpcInfo"]


def test_multipath_resilience_is_told_as_pending_and_then_enabled() -> None:
    wanted = Options(multipath_resilience=True)
    asked = replace(request(), requester_options=wanted)
    assert seen(asked, TOKYO, PENDING)["MultipathResilienceStatus"] == "pending"
    granted = replace(asked, accepted=PENDING, accepter_options=wanted)
    told = seen(granted, TOKYO, ACTIVE)
    assert told["MultipathResilienceStatus"] == "enabled"
    assert told["AccepterVpcInfo"]["PeeringOptions"]["AllowMultipathResilience"] is True
    assert "MultipathResilienceStatus" not in seen(active(), TOKYO, ACTIVE)


def test_a_reply_may_show_the_step_just_taken_and_the_tags_of_its_location() -> None:
    told = description(
        active(), TOKYO, at(ACTIVE), {"peerkeeper:peers": "self"}, State("provisioning", ACTIVE)
    )
    assert told["Status"] == {"Code": "provisioning", "Message": "Provisioning"}
    assert told["Tags"] == [{"Key": "peerkeeper:peers", "Value": "self"}]


def test_sides_given_newer_cidrs_are_shown_with_them() -> None:
    grown = replace(ASKED, cidrs=("10.1.0.0/16", "10.4.0.0/16"))
    told = seen(active().with_sides(ASKING, grown), SEOUL, ACTIVE)
    assert told["AccepterVpcInfo"]["CidrBlockSet"][1] == {"CidrBlock": "10.4.0.0/16"}


def test_only_what_was_sent_is_answered():
    options = Options(dns_from_remote_vpc=True)
    dns = "AllowDnsResolutionFromRemoteVpc"
    assert changed_flags(options, {dns: True}) == {dns: True}
    off = {"AllowMultipathResilience": False}
    assert changed_flags(options, off) == off
    on = {"AllowMultipathResilience": True, "MultipathResilienceMode": "always-on"}
    assert changed_flags(Options(multipath_resilience=True), on) == on
