"""What PrivateZones reads: whose sweep looks, which share has its turn, and what is around a tagged zone."""

import pytest
from peerkeeper.aws.zones import AT_ONCE, BATCH, shares
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.settings import FurtherLook
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.zones import HostedZone, ZonesOfAccount, ZoneVpc

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_VPC,
    THEM,
    TOKYO,
    TOKYO_VPC,
    US,
    peering,
    settings,
    snapshot,
    vpc,
)

HOME = ZoneVpc(SEOUL.region, SEOUL_VPC)
ASKS = (("peerkeeper:peers", "self"), ("peerkeeper:zones", "self"))
OF_ROUTE53 = {Describe.ZONES, Describe.ZONES_OF_VPC}


def zone(words="self", *vpcs):
    tags = (("peerkeeper:share", words),)
    return HostedZone(SEOUL, "Z1", "internal.example.", tags, frozenset({HOME, *vpcs}))


def asked(*resources, zones=(), swept=(SEOUL, TOKYO), look=FurtherLook.REPORT, now=0.0, **set_):
    seen = snapshot(
        *resources,
        zones={(SEOUL, US): ZonesOfAccount(SEOUL, US, zones)} if zones else {},
        now=now,
    )
    chosen = settings(private_zones=look, **set_)
    return list(SweepReads().follow(seen, [Hint(where) for where in swept], chosen))


def of_route53(*resources, **given):
    return [read for read in asked(*resources, **given) if read.kind in OF_ROUTE53]


@pytest.mark.parametrize(
    ("home", "where"),
    [(SEOUL.region, SEOUL), (TOKYO.region, TOKYO), ("eu-west-1", TOKYO)],
)
def test_one_region_looks_the_hubs_or_the_first(home, where):
    assert of_route53(home_region=home) == [Read(where, Describe.ZONES, value="0")]
    assert of_route53(home_region=home, swept=[SEOUL if where == TOKYO else TOKYO]) == []


def test_every_account_is_looked_at_in_the_same_region():
    there = Location(THEM, SEOUL.region)
    reads = of_route53(home_region=SEOUL.region, swept=(SEOUL, TOKYO, there))
    assert [read.location for read in reads] == [SEOUL, there]


def test_with_off_nothing_is_read():
    assert of_route53(zones=(zone(),), look=FurtherLook.OFF) == []


@pytest.mark.parametrize("number", [0, 1, 5, 6, 50, 200])
@pytest.mark.parametrize("minutes", [5, 10, 15, 30, 60])
def test_every_share_has_its_turn_however_often_the_sweep_comes(number, minutes):
    most = shares(number)
    assert number * BATCH <= most * AT_ONCE
    reads = (asked(now=7.0 + 60 * minutes * n) for n in range(most))
    turns = {
        int(read.value) % most for each in reads for read in each if read.kind is Describe.ZONES
    }
    assert turns == set(range(most))


def test_around_a_zone_its_vpcs_and_their_peerings_are_read():
    reads = asked(zones=(zone(),), swept=[TOKYO])
    assert {
        Read(SEOUL, Describe.VPCS, By.VPC, SEOUL_VPC),
        Read(SEOUL, Describe.PEERINGS, By.REQUESTER_VPC, SEOUL_VPC),
        Read(SEOUL, Describe.PEERINGS, By.ACCEPTER_VPC, SEOUL_VPC),
    } <= {*reads}


def test_a_zone_without_the_tag_leads_to_no_read():
    plain = HostedZone(SEOUL, "Z1", "internal.example.", (("Name", "a"),))
    assert asked(zones=(plain,), swept=[TOKYO]) == asked(swept=[TOKYO])


OTHER = {
    Read(TOKYO, Describe.VPCS, By.VPC, TOKYO_VPC),
    Read(TOKYO, Describe.PEERINGS, By.PEERING, PCX),
}
ZONES = Read(TOKYO, Describe.ZONES_OF_VPC, By.VPC, TOKYO_VPC)


def test_the_other_vpc_is_read_if_the_tag_names_it_and_the_peering_lives():
    home = vpc(SEOUL)
    assert {*asked(home, peering(SEOUL), zones=(zone(),), swept=[TOKYO])} >= OTHER
    assert not {*asked(home, peering(SEOUL), zones=(zone(THEM),), swept=[TOKYO])} & OTHER
    assert not {*asked(home, peering(SEOUL, "deleted"), zones=(zone(),), swept=[TOKYO])} & OTHER


def test_nothing_is_read_around_a_guest_of_the_zone():
    """The zone has Seoul's VPC, which asks for it, and a home without a peering."""
    home, guest = ZoneVpc(TOKYO.region, "vpc-0b31b31b31b31b320"), vpc(SEOUL, tags=ASKS)
    shared = zone("self", home)
    reads = asked(guest, vpc(id=home.id), peering(SEOUL), zones=(shared,), swept=[TOKYO])
    assert not {*reads} & OTHER


def test_the_zones_of_a_vpc_are_listed_only_if_it_asks_and_lacks_the_zone():
    met = (peering(SEOUL), vpc(SEOUL))
    assert ZONES in asked(*met, vpc(tags=ASKS), zones=(zone(),))
    assert ZONES not in asked(*met, vpc(), zones=(zone(),))
    having = zone("self", ZoneVpc(TOKYO.region, TOKYO_VPC))
    reads = asked(*met, vpc(tags=ASKS), zones=(having,))
    assert ZONES not in reads
    assert Read(TOKYO, Describe.DNS_SUPPORT, By.VPC, TOKYO_VPC) in reads


def test_outside_of_the_stack_nothing_is_read():
    only = frozenset({TOKYO})
    reads = asked(zones=(zone(),), swept=[TOKYO], locations=only)
    assert {read.location for read in reads} == {TOKYO}
