from typing import Any

import pytest

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering
from peerkeeper_local.semantics.peering_options import CLASSIC_LINK, Asked, modify_options
from peerkeeper_local.semantics.refusal import Refusal
from tests.unit.semantics.peerings import (
    ACTIVE,
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

BOTH = frozenset({SEOUL, TOKYO})
DNS = {"AllowDnsResolutionFromRemoteVpc": True}


def modified(
    peering: Peering,
    caller: Location,
    now: float = ACTIVE,
    ready: frozenset[Location] = BOTH,
    **sides: dict[str, Any],
) -> Peering:
    asked = Asked(sides.get("requester"), sides.get("accepter"))
    return modify_options(peering, caller, asked, lambda side: side.location in ready, at(now))


def refused(
    peering: Peering,
    caller: Location,
    now: float = ACTIVE,
    ready: frozenset[Location] = BOTH,
    **sides: dict[str, Any],
) -> Refusal:
    with pytest.raises(Refusal) as caught:
        modified(peering, caller, now, ready, **sides)
    return caught.value


def test_each_side_sets_its_own_flag_in_its_own_region() -> None:
    asker = modified(active(), SEOUL, requester=DNS)
    assert asker.requester_options.dns_from_remote_vpc
    assert not asker.accepter_options.dns_from_remote_vpc
    assert modified(active(), TOKYO, accepter=DNS).accepter_options.dns_from_remote_vpc


def test_within_one_location_one_call_sets_both_sides() -> None:
    both = modified(active(AT_HOME), SEOUL, requester=DNS, accepter=DNS)
    assert both.requester_options.dns_from_remote_vpc
    assert both.accepter_options.dns_from_remote_vpc


def test_a_field_that_is_not_sent_stays_as_it_is() -> None:
    multipath = {"AllowMultipathResilience": True}
    first = modified(active(), SEOUL, requester=multipath)
    second = modified(first, SEOUL, requester=DNS)
    assert second.requester_options.multipath_resilience
    assert second.requester_options.dns_from_remote_vpc
    off = modified(second, SEOUL, requester={"AllowDnsResolutionFromRemoteVpc": False})
    assert off.requester_options.multipath_resilience
    assert not off.requester_options.dns_from_remote_vpc


@pytest.mark.parametrize(("peering", "now"), [(request(), PENDING), (active(), 22.0)])
def test_options_wait_until_the_peering_is_active(peering: Peering, now: float) -> None:
    error = refused(peering, SEOUL, now, requester=DNS)
    assert error.code == "OperationNotPermitted"
    assert error.message == (
        "Peering pcx-1 is not active. Peering options can be added only to active peerings."
    )


def test_another_accounts_side_is_not_ours_to_set() -> None:
    error = refused(active(FOREIGN), SEOUL, requester=DNS, accepter=DNS)
    assert error.code == "OperationNotPermitted"
    assert error.message == (
        "User 111122223333 does not have permission to modify the accepter side peering options"
    )
    theirs = refused(active(FOREIGN), STRANGER, requester=DNS)
    assert "requester side peering options" in theirs.message


def test_the_other_regions_side_is_set_from_there() -> None:
    error = refused(active(), TOKYO, requester=DNS)
    assert error.message == (
        "Requester's VPC Peering connection options cannot be modified for a different region"
    )


def test_classic_link_flags_are_refused_between_regions_even_when_false() -> None:
    flag = {"AllowEgressFromLocalClassicLinkToRemoteVpc": False} | DNS
    error = refused(active(), SEOUL, requester=flag)
    assert "not supported for cross-region VPC peering connections" in error.message
    assert modified(active(AT_HOME), SEOUL, requester=flag).requester_options.dns_from_remote_vpc


def test_classic_link_is_never_on():
    for flag in CLASSIC_LINK:
        error = refused(active(AT_HOME), SEOUL, requester=DNS | {flag: True})
        assert error.code == "UnsupportedOperation"


def test_one_sides_dns_resolution_needs_dns_in_its_own_vpc_and_can_always_be_turned_off() -> None:
    here, there = frozenset({SEOUL}), frozenset({TOKYO})
    error = refused(active(), SEOUL, ready=there, requester=DNS)
    assert error.code == "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled"
    error = refused(active(), TOKYO, ready=here, accepter=DNS)
    assert error.code == "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled"
    assert modified(
        active(), SEOUL, ready=here, requester=DNS
    ).requester_options.dns_from_remote_vpc
    assert modified(active(), TOKYO, ready=there, accepter=DNS).accepter_options.dns_from_remote_vpc
    off = {"AllowDnsResolutionFromRemoteVpc": False}
    assert modified(active(), SEOUL, ready=frozenset(), requester=off) == active()


def test_a_call_must_name_a_side_and_a_peering_it_sees() -> None:
    assert refused(active(), SEOUL).code == "MissingParameter"
    error = refused(active(), STRANGER, requester=DNS)
    assert error.code == "InvalidVpcPeeringConnectionID.NotFound"
