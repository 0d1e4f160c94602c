"""Room for several requests at once: the earliest has it first, and routes that are due count as well."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules import acceptance as acceptance_module
from peerkeeper.planning.rules.acceptance import acceptance, acceptance_checks
from peerkeeper.settings import QuotaCheck
from peerkeeper.values.changes import AcceptPeering
from peerkeeper.values.ec2 import PeeringStatus, Side, network
from peerkeeper.values.findings import Code
from peerkeeper.values.quotas import Quota, QuotaValue
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    SEOUL,
    SEOUL_VPC,
    THEM,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

HOLD = {"quota_check": QuotaCheck.HOLD}
SECOND = "vpc-0b31b31b31b31b320"


def pcx(number):
    return f"pcx-{number:017x}"


def asks(number, status="pending-acceptance", *, cidr=None, expires=0, where=TOKYO, **changed):
    """One of several peers in Seoul that ask for Tokyo's VPC."""
    peer = Side(SEOUL, f"vpc-{number:017x}", (network(cidr or f"10.{number}.0.0/16"),))
    built = peering(where, status, id=pcx(number), requester=peer, expires=expires)
    return replace(built, **changed)


def seen(*resources, room, tables=None):
    """Tokyo and Seoul, with room for so many more routes in Tokyo's table."""
    own = [table(TOKYO)] if tables is None else tables
    used = max(len(one.routes) for one in own)
    limit = QuotaValue(TOKYO, Quota.ROUTES.value, used + room)
    built = snapshot(vpc(), *own, *resources, quotas={(TOKYO, limit.id): limit})
    return replace(built, done=built.done | {Read(TOKYO, Describe.QUOTAS)})


def accepted(shown, **changed):
    found = acceptance(shown, settings(**HOLD, **changed))
    return sorted(one.pcx_id for one in found if isinstance(one, AcceptPeering))


def held(shown):
    """The words of each request that waits for room, by its id."""
    found = acceptance(shown, settings(**HOLD))
    return {one.subject: one.message for one in found if getattr(one, "code", "") == Code.NO_ROOM}


@pytest.mark.parametrize(("room", "count"), [(0, 0), (1, 1), (2, 2), (3, 3), (9, 3)])
def test_of_three_requests_as_many_are_accepted_as_there_is_room_for(room, count):
    shown = seen(*map(asks, (1, 2, 3)), room=room)
    assert accepted(shown) == [*map(pcx, (1, 2, 3))][:count]
    assert [*held(shown)] == [*map(pcx, (1, 2, 3))][count:]


def test_the_request_that_expires_first_goes_first_in_any_order_of_the_reads():
    three = [asks(1, expires=30), asks(2, expires=10), asks(3, expires=20)]
    for given in (three, three[::-1], [three[1], three[2], three[0]]):
        assert accepted(seen(*given, room=2)) == [pcx(2), pcx(3)]


def test_the_finding_says_how_many_routes_are_due_to_others():
    shown = seen(*map(asks, (1, 2, 3)), room=1)
    assert held(shown)[pcx(2)] == (
        f"{pcx(2)} waits: accepting would leave {TOKYO_TABLE} short of 1 IPv4 routes: it has 1 of the 2 that "
        f"the quota L-93826ACB allows, and 1 more is due to {pcx(1)}; raise the quota in Service Quotas"
    )
    full = seen(asks(1), room=0)
    assert " due to " not in held(full)[pcx(1)]


def test_explain_shows_the_same_test_of_one_request():
    shown = seen(*map(asks, (1, 2)), room=1)
    for number, passed in ((1, True), (2, False)):
        request = shown.peerings[TOKYO, pcx(number)]
        checks = acceptance_checks(request, vpc(), shown, settings(**HOLD))
        assert [one.passed for one in checks if one.code is Code.NO_ROOM] == [passed]


def test_a_request_that_waits_for_no_side_of_ours_can_be_tested_too():
    live = asks(1, "active")
    checks = acceptance_checks(live, vpc(), seen(live, room=1), settings(**HOLD))
    assert [one.passed for one in checks if one.code is Code.NO_ROOM] == [True]


@pytest.mark.parametrize("status", ["provisioning", "active"])
def test_routes_that_are_due_to_a_live_peering_count(status):
    """The first request was just accepted, and its routes are not written yet."""
    assert accepted(seen(asks(1, status), asks(2), room=1)) == []
    assert accepted(seen(asks(1, status), asks(2), room=2)) == [pcx(2)]


def test_routes_that_are_written_or_will_not_be_are_not_due():
    live = asks(1, "active")
    written = [table(TOKYO, route("10.1.0.0/16", pcx(1)))]
    assert accepted(seen(live, asks(2), room=1, tables=written)) == [pcx(2)]
    taken = [table(TOKYO, route("10.0.0.0/12", "tgw-1"))]
    assert accepted(seen(live, asks(2), room=1, tables=taken)) == [pcx(2)]
    only = [table(TOKYO, tags=(("peerkeeper:routes", pcx(2)),))]
    assert accepted(seen(live, asks(2), room=1, tables=only)) == [pcx(2)]
    for ended in ("deleting", "deleted", "failed"):
        gone = replace(live, status=PeeringStatus(ended))
        assert accepted(seen(gone, asks(2), room=1)) == [pcx(2)]


def test_a_live_peering_that_our_side_does_not_agree_to_takes_no_room():
    far = Side(SEOUL._replace(account_id=THEM), SEOUL_VPC, (network("10.1.0.0/16"),))
    shown = seen(asks(1, "active", requester=far), asks(2), room=1)
    assert accepted(shown) == [pcx(2)]


def test_a_request_that_waits_for_another_reason_takes_no_room():
    outside = asks(1, cidr="203.0.113.0/24")
    assert accepted(seen(outside, asks(2), room=1)) == [pcx(2)]


def test_two_that_ask_with_the_same_network_need_one_place():
    """The table holds a destination once: the second is told `claimed-twice` after that."""
    assert accepted(seen(asks(1), asks(2, cidr="10.1.0.0/16"), room=1)) == [pcx(1), pcx(2)]


def test_a_request_to_another_vpc_has_its_own_tables():
    other = replace(asks(2), accepter=Side(TOKYO, SECOND))
    second = table(TOKYO, id="rtb-0b31b31b31b31b302", vpc_id=SECOND)
    shown = seen(asks(1), other, vpc(id=SECOND), room=1, tables=[table(TOKYO), second])
    assert accepted(shown) == [pcx(1), pcx(2)]


def test_the_requesters_tables_count_what_it_asked_for_elsewhere():
    """Seoul's VPC asks two VPCs of Tokyo, and has room for one route."""
    own = Side(SEOUL, SEOUL_VPC, (network("10.39.0.0/16"),))
    sides = {1: Side(TOKYO, TOKYO_VPC), 2: Side(TOKYO, SECOND)}
    asked = [
        replace(asks(number, where=where), requester=own, accepter=side)
        for number, side in sides.items()
        for where in (SEOUL, TOKYO)
    ]
    second = vpc(id=SECOND, cidrs=(network("10.50.0.0/16"),))
    shown = seen(*asked, second, vpc(SEOUL), table(SEOUL), room=9)
    limit = QuotaValue(SEOUL, Quota.ROUTES.value, 2)
    shown = replace(
        shown,
        quotas={**shown.quotas, (SEOUL, limit.id): limit},
        done=shown.done | {Read(SEOUL, Describe.QUOTAS)},
    )
    assert accepted(shown) == [pcx(1)]
    # Now the accepter's side shows that the first is accepted, and the requester's does not yet.
    live = replace(asked[1], status=PeeringStatus.PROVISIONING)
    live = replace(live, accepter=replace(live.accepter, cidrs=(TOKYO_CIDR,)))
    later = replace(shown, peerings={**shown.peerings, (TOKYO, pcx(1)): live})
    assert accepted(later) == []


@pytest.mark.parametrize("kind", [Describe.QUOTAS, Describe.ROUTE_TABLES, Describe.VPCS])
def test_of_the_requesters_side_what_is_not_read_yet_is_waited_for_and_what_fails_is_not(kind):
    """A quota of the accepter's side may be read a wave before that of the requester's."""
    own = Side(SEOUL, SEOUL_VPC, (network("10.39.0.0/16"),))
    asked = [replace(asks(1, where=where), requester=own) for where in (SEOUL, TOKYO)]
    limit = QuotaValue(SEOUL, Quota.ROUTES.value, 1)  # its table has one route
    whole = seen(*asked, vpc(SEOUL), table(SEOUL), room=9)
    whole = replace(
        whole,
        quotas={**whole.quotas, (SEOUL, limit.id): limit},
        done=whole.done | {Read(SEOUL, Describe.QUOTAS)},
    )
    assert accepted(whole) == []
    not_yet = frozenset(one for one in whole.done if (one.location, one.kind) != (SEOUL, kind))
    assert accepted(replace(whole, done=not_yet)) == []
    fails = {Read(SEOUL, kind): Trouble(Meaning.PASSING, "Throttling", "", "Describe")}
    assert accepted(replace(whole, done=not_yet, unread=fails)) == [pcx(1)]


def test_a_sweep_of_one_location_hands_a_request_on_and_reads_nothing_of_the_requesters_side():
    own = Side(SEOUL, SEOUL_VPC, (network("10.39.0.0/16"),))
    asked = replace(asks(1), requester=own)
    shown = seen(asked, room=9)
    here = frozenset(one for one in shown.done if one.location == TOKYO)
    assert accepted(replace(shown, done=here)) == [pcx(1)]


def test_a_requesters_vpc_that_is_gone_holds_no_request_up():
    own = Side(SEOUL, SEOUL_VPC, (network("10.39.0.0/16"),))
    asked = [replace(asks(1, where=where), requester=own) for where in (SEOUL, TOKYO)]
    shown = seen(*asked, room=9)
    assert accepted(replace(shown, done=shown.done | {Read(SEOUL, Describe.VPCS)})) == [pcx(1)]


def test_routes_that_peerings_contest_are_not_due_since_no_one_writes_them():
    live = [asks(number, "active", cidr="10.1.0.0/16") for number in (1, 2)]
    assert accepted(seen(*live, asks(3), room=1)) == [pcx(3)]


def test_subnets_that_cannot_be_read_hold_no_request_up():
    shown = seen(asks(1), room=9, tables=[table(TOKYO, main=True, subnet_ids=())])
    reads = {one for one in shown.done if one.kind is not Describe.SUBNETS}
    unread = Read(TOKYO, Describe.SUBNETS, By.VPC, TOKYO_VPC)
    waits = replace(shown, done=frozenset(reads))
    assert accepted(waits) == []
    failed = replace(waits, unread={unread: Trouble(Meaning.PASSING, "Throttling", "", "Describe")})
    assert accepted(failed) == [pcx(1)]
    full = {key: replace(one, value=1) for key, one in failed.quotas.items()}
    assert accepted(replace(failed, quotas=full)) == []


def test_what_is_due_is_looked_for_once_a_plan_however_many_requests_there_are(monkeypatch):
    looks = []
    plain = acceptance_module.missing_routes
    monkeypatch.setattr(
        acceptance_module, "missing_routes", lambda *given: looks.append(1) or plain(*given)
    )
    shown = seen(*map(asks, range(1, 9)), room=9)
    assert len(accepted(shown)) == 8
    assert len(looks) == 1
