"""What each change rests on: its consent, what it is about, and the table that it writes."""

import pytest
from peerkeeper.reading.behind import reads_behind
from peerkeeper.values.changes import (
    KINDS,
    AcceptPeering,
    AddEndpointTable,
    AllowRemoteDnsResolution,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    EnablePrivateDns,
    SetMapPublicIpOnLaunch,
    TagStatus,
)
from peerkeeper.values.ec2 import Side
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.tags import Status

from tests.builders import (
    PCX,
    SEOUL_CIDR,
    SUBNET,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    snapshot,
    table,
    vpc,
)

SEEN = snapshot(peering(), vpc(), table())
OUR_VPC = Read(TOKYO, Describe.VPCS, By.VPC, TOKYO_VPC)
THE_PEERING = Read(TOKYO, Describe.PEERINGS, By.PEERING, PCX)
THE_TABLE = Read(TOKYO, Describe.ROUTE_TABLES, By.ROUTE_TABLE, TOKYO_TABLE)
BEHIND = {
    AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason=""): {OUR_VPC, THE_PEERING},
    CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason=""): {OUR_VPC, THE_PEERING, THE_TABLE},
    AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason=""): {OUR_VPC, THE_PEERING},
    TagStatus(TOKYO, PCX, Status.HELD, reason=""): {OUR_VPC, THE_PEERING},
    DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason=""): {THE_TABLE},
    EnableDnsSupport(TOKYO, TOKYO_VPC, reason=""): set(),
    EnableDnsHostnames(TOKYO, TOKYO_VPC, reason=""): set(),
    SetMapPublicIpOnLaunch(TOKYO, SUBNET, value=True, reason=""): set(),
    AddEndpointTable(TOKYO, "vpce-1", TOKYO_TABLE, reason=""): set(),
    EnablePrivateDns(TOKYO, "vpce-1", reason=""): set(),
}


@pytest.mark.parametrize("change", BEHIND, ids=lambda change: type(change).__name__)
def test_a_change_rests_on_these_reads(change):
    assert reads_behind(change, SEEN) == BEHIND[change]


def test_each_kind_of_change_is_here():
    assert {type(change) for change in BEHIND} == set(KINDS)


def test_the_status_of_a_peering_within_one_location_rests_on_both_vpcs():
    inside = peering(requester=Side(TOKYO, "vpc-0b31b31b31b31b319", (SEOUL_CIDR,)))
    seen = snapshot(inside, vpc(), table())
    read = reads_behind(TagStatus(TOKYO, PCX, Status.HELD, reason=""), seen)
    assert {one.value for one in read} == {PCX, TOKYO_VPC, "vpc-0b31b31b31b31b319"}
