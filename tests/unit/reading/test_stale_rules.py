"""Which VPCs the sweep asks for stale group rules: those that have, or had, a peering within their Region."""

import pytest
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.settings import FurtherLook
from peerkeeper.values.ec2 import Location, PeeringStatus, Side
from peerkeeper.values.reads import By, Describe, Read, grouped
from peerkeeper.values.scope import Hint
from peerkeeper.values.security_groups import SecurityGroup

from tests.builders import (
    OLD_PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    THEM,
    TOKYO_CIDR,
    TOKYO_VPC,
    US,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

NEIGHBOUR = Location(THEM, SEOUL.region)
OURS = Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,))
WITHIN = Side(NEIGHBOUR, TOKYO_VPC, (TOKYO_CIDR,))
KINDS = {Describe.STALE_GROUPS, Describe.GROUP_RULES}


def within(status="active", **changed):
    return peering(SEOUL, status, requester=OURS, accepter=WITHIN, **changed)


def asked(*resources, look=FurtherLook.REPORT, swept=(SEOUL,), **changed):
    seen = snapshot(*resources, **changed)
    chosen = settings(stale_group_rules=look)
    reads = SweepReads().follow(seen, [Hint(where) for where in swept], chosen)
    return [read for read in reads if read.kind in KINDS]


OF_SEOUL = [Read(SEOUL, Describe.STALE_GROUPS, By.VPC, SEOUL_VPC)]


@pytest.mark.parametrize("status", ["provisioning", "active", "deleting", "deleted"])
def test_a_vpc_with_a_peering_within_its_region_is_asked_once(status):
    twin = within(status, id=OLD_PCX)
    assert asked(within(status), twin, vpc(SEOUL)) == OF_SEOUL


@pytest.mark.parametrize("status", sorted({*PeeringStatus} - {"provisioning", "active"}))
def test_a_peering_that_never_was_live_asks_nothing(status):
    expected = OF_SEOUL if status in ("deleting", "deleted") else []
    assert asked(within(status), vpc(SEOUL)) == expected


def test_a_peering_between_regions_asks_nothing():
    assert asked(peering(SEOUL), vpc(SEOUL)) == []


def test_a_route_to_a_peering_that_is_gone_asks_for_its_vpc():
    gone = table(SEOUL, route("172.31.0.0/16", OLD_PCX, blackhole=True))
    assert asked(gone, vpc(SEOUL)) == OF_SEOUL
    assert asked(gone, peering(SEOUL, id=OLD_PCX), vpc(SEOUL)) == []


@pytest.mark.parametrize(
    "changed", [{"owner_id": THEM}, {"tags": (("peerkeeper:exempt", "true"),)}]
)
def test_a_vpc_that_is_not_ours_or_exempt_is_not_asked(changed):
    assert asked(within(), vpc(SEOUL, **changed)) == []
    assert asked(within()) == []  # not read: whose it is, is unknown


def test_a_location_that_is_not_swept_is_not_asked():
    assert asked(within(), vpc(SEOUL), swept=()) == []


def test_with_off_nothing_is_asked():
    assert asked(within(), vpc(SEOUL), look=FurtherLook.OFF) == []


def test_the_rules_of_the_groups_that_have_stale_ones_are_asked_in_one_call():
    ids = ["sg-0000000000000000a", "sg-0000000000000000b"]
    stale = {(SEOUL, one): SecurityGroup(SEOUL, one, SEOUL_VPC, US) for one in ids}
    reads = asked(within(), vpc(SEOUL), stale_groups=stale)
    rules = [Read(SEOUL, Describe.GROUP_RULES, By.GROUP, one) for one in ids]
    assert reads == OF_SEOUL + rules
    assert [*grouped(rules)] == [tuple(rules)]


def test_each_vpc_is_a_call_of_its_own():
    reads = [of(one) for one in (SEOUL_VPC, TOKYO_VPC)]
    assert [*grouped(reads)] == [(one,) for one in reads]


def of(vpc_id):
    return OF_SEOUL[0]._replace(value=vpc_id)
