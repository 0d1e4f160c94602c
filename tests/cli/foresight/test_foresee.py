"""All that the functions would do, to the end: each row of the table above `foresee`."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from peerkeeper.planning.rules import missing_routes
from peerkeeper.settings import DeleteOverride, EnforceIn, Mode
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    SetMapPublicIpOnLaunch,
    TagStatus,
)
from peerkeeper.values.connectivity import Cause, Way
from peerkeeper.values.ec2 import PeeringStatus, network
from peerkeeper.values.findings import Code

from peerkeeper_cli.foresight.foresee import foresee
from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_TABLE,
    SEOUL_VPC,
    SUBNET,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)

READY = {(SEOUL, SEOUL_VPC): True, (TOKYO, TOKYO_VPC): True}
BOTH = (vpc(), vpc(SEOUL), table(), table(SEOUL))
REQUEST = (*(peering(where, "pending-acceptance") for where in (SEOUL, TOKYO)), *BOTH)
DEAD = route(str(SEOUL_CIDR), OLD_PCX, blackhole=True)
"""A route in the place of the one to Seoul, to a peering that no read shows."""
TO_SEOUL = CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")
TO_TOKYO = CreateRoute(SEOUL, SEOUL_TABLE, TOKYO_CIDR, PCX, reason="")


def ahead(*resources, names=READY, **changed):
    return foresee(snapshot(*resources, dns_hostnames=names), settings(**changed))


def live(*views, status="active"):
    """The peering as both sides show it, each side's option on."""
    sides = {
        side: replace(getattr(peering(), side), allows_remote_dns=True)
        for side in ("requester", "accepter")
    }
    return [peering(where, status, **sides) for where in (SEOUL, TOKYO)]


def test_a_request_is_accepted_then_routed_on_both_sides_then_its_names_resolve():
    found = ahead(*REQUEST)
    assert found.now == (
        AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason=""),
        TO_SEOUL,
        TO_TOKYO,
        AllowRemoteDnsResolution(TOKYO, PCX, False, reason=""),
        AllowRemoteDnsResolution(SEOUL, PCX, True, reason=""),
    )
    assert (found.later, found.refused, found.withheld, found.waits) == ((), (), (), ())
    assert found.changes == found.now
    assert [verdict.whole for verdict in found.verdicts] == [True, True]


def test_the_estate_as_it_would_be_shows_what_accepting_brings():
    seen = ahead(*REQUEST).seen
    for where in (SEOUL, TOKYO):
        view = seen.peerings[where, PCX]
        assert view.status is PeeringStatus.ACTIVE
        assert view.accepter.cidrs == (TOKYO_CIDR,)
    assert route(str(TOKYO_CIDR), PCX) in seen.route_tables[SEOUL, SEOUL_TABLE].routes


def test_a_route_that_waits_for_its_request_carries_once_that_is_accepted():
    early = table(SEOUL, route(str(TOKYO_CIDR), PCX, blackhole=True))
    found = ahead(*REQUEST[:-1], early)
    assert TO_TOKYO not in found.now
    assert [verdict.whole for verdict in found.verdicts] == [True, True]


def test_dns_support_comes_before_host_names_and_those_before_the_peerings_option():
    off = {(SEOUL, SEOUL_VPC): True, (TOKYO, TOKYO_VPC): False}
    seen = snapshot(*REQUEST, dns_hostnames=off, dns_support={(TOKYO, TOKYO_VPC): False})
    kinds = [type(change) for change in foresee(seen, settings()).now]
    assert kinds.index(EnableDnsSupport) < kinds.index(EnableDnsHostnames)
    assert kinds.index(EnableDnsHostnames) < kinds.index(AllowRemoteDnsResolution)
    assert kinds.count(AllowRemoteDnsResolution) == 2


def test_a_peering_that_is_provisioning_is_foreseen_as_active():
    views = [peering(where, "provisioning") for where in (SEOUL, TOKYO)]
    found = ahead(*views, *BOTH)
    assert [type(change) for change in found.now] == [
        *[CreateRoute] * 2,
        *[AllowRemoteDnsResolution] * 2,
    ]
    assert found.waits == ()


def test_routes_of_a_peering_that_is_being_deleted_go_and_make_room():
    ending = [peering(where, "deleting", id=OLD_PCX) for where in (SEOUL, TOKYO)]
    found = ahead(*ending, *live(), *BOTH[:2], BOTH[3], table(TOKYO, replace(DEAD)))
    gone = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, OLD_PCX, reason="")
    assert found.now == (gone, TO_SEOUL, TO_TOKYO)
    assert (found.later, found.waits) == ((), ())


def test_a_request_that_is_only_being_made_waits():
    found = ahead(peering(SEOUL, "initiating-request"), *BOTH)
    assert found.changes == ()
    assert [one.hint.id for one in found.waits] == [PCX]


def test_what_is_absent_goes_after_a_second_look_and_what_it_held_back_follows():
    found = ahead(*live(), *BOTH[:2], table(SEOUL, route(str(TOKYO_CIDR), PCX)), table(TOKYO, DEAD))
    gone = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, OLD_PCX, by_absence=True, reason="")
    assert found.now == ()
    assert found.later == (gone, TO_SEOUL)
    assert found.waits == ()


def test_a_subnet_is_switched_after_a_second_look():
    found = ahead(
        vpc(SEOUL),
        table(SEOUL),
        subnet(maps_public_ip=True),
        enforce_in=EnforceIn.ALL,
        names=READY,
    )
    assert found.now == ()
    assert found.later == (SetMapPublicIpOnLaunch(SEOUL, SUBNET, False, reason=""),)


def absent(count):
    """A table of Tokyo with so many routes to peerings that no read shows."""
    return table(
        TOKYO,
        *(
            route(f"10.{100 + n}.0.0/16", f"pcx-{n:017x}", blackhole=True)
            for n in range(1, count + 1)
        ),
    )


def test_the_brake_withholds_and_its_finding_says_so():
    found = ahead(vpc(), absent(3))
    assert found.changes == ()
    assert Code.BRAKE in {finding.code for finding in found.findings}


def test_an_override_lets_through_what_the_brake_withholds():
    found = ahead(vpc(), absent(3), delete_override=DeleteOverride(TOKYO, 3))
    assert [type(change) for change in found.later] == [DeleteRoute] * 3


def test_the_brake_counts_the_routes_that_are_there_in_the_end():
    found = ahead(*REQUEST[:-2], absent(3), table(SEOUL))
    assert TO_SEOUL in found.now  # with it, three routes of four look stale, and not all
    assert [type(change) for change in found.later] == [DeleteRoute] * 3
    assert Code.BRAKE not in {finding.code for finding in found.findings}


def test_mode_add_only_withholds_what_takes_away_and_foresees_the_rest():
    ended = peering(TOKYO, "deleted", id=OLD_PCX)
    held = table(TOKYO, DEAD, route("10.9.0.0/16", "pcx-00000000000000009", blackhole=True))
    found = ahead(
        ended,
        *live(),
        *BOTH[:2],
        BOTH[3],
        held,
        subnet(maps_public_ip=True),
        mode=Mode.ADD_ONLY,
        enforce_in=EnforceIn.ALL,
    )
    assert found.changes == (TO_TOKYO,)
    assert [(type(one), getattr(one, "by_absence", None)) for one in found.withheld] == [
        (DeleteRoute, False),
        (DeleteRoute, True),
        (SetMapPublicIpOnLaunch, None),
    ]


def test_mode_observe_withholds_all_of_it():
    found = ahead(*REQUEST, mode=Mode.OBSERVE)
    assert found.changes == ()
    assert [type(change) for change in found.withheld] == [AcceptPeering]


def test_what_the_guard_refuses_is_refused_and_blocks_its_peering():
    cidrs = (SEOUL_CIDR, network("8.8.0.0/16"))
    views = [replace(one, requester=replace(one.requester, cidrs=cidrs)) for one in live()]
    with patch.object(missing_routes, "wanted", lambda cidrs, _: cidrs):
        found = ahead(*views, *BOTH)
    (refused,) = found.refused
    assert refused[0] == CreateRoute(TOKYO, TOKYO_TABLE, network("8.8.0.0/16"), PCX, reason="")
    assert refused[1].startswith("S4: ")
    assert set(found.now) == {TO_SEOUL, TO_TOKYO}


def test_a_refused_write_is_blocked_in_the_verdict():
    with patch("peerkeeper_cli.foresight.foresee.refusal", lambda *_: "S3: somebody's route"):
        found = ahead(*live(), *BOTH)
    legs = [leg for verdict in found.verdicts for leg in verdict.legs]
    assert {(leg.way, leg.cause) for leg in legs} == {(Way.BLOCKED, Cause.REFUSED)}


def test_a_status_tag_is_no_write_of_the_plan():
    held = peering(status="pending-acceptance")
    found = ahead(held, vpc(tags=()), table())
    assert Code.HELD_APPROVAL in {finding.code for finding in found.findings}
    assert not any(isinstance(one, TagStatus) for one in (*found.changes, *found.withheld))


@pytest.mark.parametrize("mode", [Mode.FULL, Mode.ADD_ONLY])
def test_after_the_end_there_is_nothing_more(mode):
    first = ahead(*REQUEST[:-2], absent(3), table(SEOUL), mode=mode)
    again = foresee(first.seen, settings(mode=mode))
    assert first.changes
    assert again.changes == ()
    assert (again.findings, again.verdicts) == (first.findings, first.verdicts)
