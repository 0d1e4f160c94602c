"""The guard refuses what breaks a promise, whatever the planner said."""

from dataclasses import replace

import pytest
from peerkeeper.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    SetMapPublicIpOnLaunch,
)
from peerkeeper.guard import refusal
from peerkeeper.model import Side, network
from peerkeeper.reads import Kind, Read
from peerkeeper.rights import RIGHTS, owner_of
from peerkeeper.settings import Mode

from tests.builders import (
    FOREIGN,
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    SUBNET,
    THEM,
    TOKYO,
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

ACCEPT = AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")
CREATE = CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")
DELETE = DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")
OPTION = AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason="")
SUPPORT = EnableDnsSupport(SEOUL, SEOUL_VPC, reason="")
HOSTNAMES = EnableDnsHostnames(SEOUL, SEOUL_VPC, reason="")
PUBLIC_IP = SetMapPublicIpOnLaunch(SEOUL, SUBNET, True, reason="")
ROUTED = table(TOKYO, route("10.39.0.0/16", PCX, blackhole=True))
PENDING = peering(status="pending-acceptance")
EXEMPT = (("peerkeeper:exempt", "true"),)


def refused(change, *resources, settings_=None, rights=None, **changed):
    words = refusal(
        change,
        snapshot(*resources, **changed),
        settings_ or settings(),
        RIGHTS[owner_of(change)] if rights is None else rights,
    )
    return words and words[:2]


GOOD = [
    (ACCEPT, (PENDING, vpc())),
    (CREATE, (peering(), vpc(), table())),
    (DELETE, (peering(status="deleted"), vpc(), ROUTED)),
    (OPTION, (peering(), vpc())),
    (SUPPORT, (vpc(SEOUL),)),
    (HOSTNAMES, (vpc(SEOUL),)),
    (PUBLIC_IP, (vpc(SEOUL), subnet())),
]


@pytest.mark.parametrize(("change", "resources"), GOOD)
def test_what_the_read_state_calls_for_passes(change, resources):
    assert refused(change, *resources) is None


@pytest.mark.parametrize(("change", "resources"), GOOD)
def test_no_function_makes_another_functions_change(change, resources):
    assert refused(change, *resources, rights=frozenset()) == "S5"


@pytest.mark.parametrize(("change", "resources"), GOOD)
def test_nothing_happens_in_a_location_that_is_not_configured(change, resources):
    elsewhere = settings(locations=frozenset())
    assert refused(change, *resources, settings_=elsewhere) == "S5"


@pytest.mark.parametrize(("change", "resources"), GOOD)
def test_mode_observe_lets_nothing_through(change, resources):
    assert refused(change, *resources, settings_=settings(mode=Mode.OBSERVE)) == "S6"


@pytest.mark.parametrize(("change", "resources"), GOOD)
def test_nothing_happens_to_what_was_not_read(change, resources):
    assert refused(change)


def test_mode_add_only_lets_nothing_be_taken_away():
    add_only = settings(mode=Mode.ADD_ONLY)
    assert refused(DELETE, *GOOD[2][1], settings_=add_only) == "S6"
    off = replace(PUBLIC_IP, value=False)
    assert refused(off, *GOOD[6][1], settings_=add_only) == "S6"
    assert refused(PUBLIC_IP, *GOOD[6][1], settings_=add_only) is None


FOREIGN_REQUEST = replace(PENDING, requester=Side(FOREIGN, SEOUL_VPC, (SEOUL_CIDR,)))
SHARED = replace(
    PENDING,
    requester=Side(TOKYO, SEOUL_VPC, (SEOUL_CIDR,)),
    tags=(("peerkeeper:approved", "true"),),
)


@pytest.mark.parametrize(
    "resources",
    [
        (PENDING, vpc(tags=())),
        (PENDING, vpc(tags=(("peerkeeper:peers", THEM),))),
        (PENDING, vpc(tags=EXEMPT)),
        (peering(), vpc()),
        (peering(status="failed"), vpc()),
        (FOREIGN_REQUEST, vpc(tags=(("peerkeeper:peers", THEM),))),
        (SHARED, vpc(tags=())),
        (replace(PENDING, multipath=True), vpc()),
        (replace(PENDING, accepter=Side(SEOUL, TOKYO_VPC)), vpc()),
        (replace(PENDING, accepter=Side(TOKYO, SEOUL_VPC)), vpc()),
        (PENDING, vpc(cidrs=(network("10.0.0.0/8"),))),
        (replace(PENDING, requester=Side(SEOUL, SEOUL_VPC, (network("8.0.0.0/16"),))), vpc()),
        (replace(PENDING, requester=Side(SEOUL, SEOUL_VPC)), vpc()),
    ],
)
def test_s1_nothing_is_accepted_that_is_not_approved_now(resources):
    assert refused(ACCEPT, *resources) == "S1"


@pytest.mark.parametrize(
    "resources",
    [
        (peering(), vpc(), ROUTED),
        (PENDING, vpc(), ROUTED),
        (peering(status="deleting"), vpc(), ROUTED),
        (peering(status="unknown"), vpc(), ROUTED),
        (vpc(), ROUTED),
        (peering(status="deleted"), vpc(tags=EXEMPT), ROUTED),
        (peering(status="deleted"), ROUTED),
        (peering(status="deleted"), vpc(), replace(ROUTED, owner_id=THEM)),
        (peering(status="deleted"), vpc(), replace(ROUTED, tags=EXEMPT)),
        (peering(status="deleted"), vpc(), replace(ROUTED, gateway_ids=("igw-1",))),
    ],
)
def test_s2_no_route_goes_whose_peering_is_not_proven_gone(resources):
    assert refused(DELETE, *resources) == "S2"


def test_s2_absence_counts_twice_wholly_read_and_only_for_a_blackhole():
    before = frozenset({(TOKYO, PCX)})
    assert refused(DELETE, vpc(), ROUTED, absent_before=before) is None
    alive = table(TOKYO, route("10.39.0.0/16", PCX))
    assert refused(DELETE, vpc(), alive, absent_before=before) == "S2"
    half = frozenset({Read(TOKYO, Kind.PEERINGS)})
    assert refused(DELETE, vpc(), ROUTED, absent_before=before, done=half) == "S2"
    assert refused(DELETE, peering(), vpc(), ROUTED, absent_before=before) == "S2"


@pytest.mark.parametrize(
    "held",
    [
        route("10.39.0.0/16", "nat-1"),
        route("10.39.0.0/16", OLD_PCX),
        route("10.39.0.0/16", "local", static=False),
        route("10.39.0.0/16", PCX, static=False),
        route("10.40.0.0/16", PCX),
    ],
)
def test_s3_a_route_to_anything_else_is_never_deleted(held):
    assert refused(DELETE, peering(status="deleted"), vpc(), table(TOKYO, held)) == "S3"


@pytest.mark.parametrize("target", ["nat-1", OLD_PCX, PCX, "local"])
def test_s3_a_destination_that_is_held_is_never_written(target):
    held = table(TOKYO, route("10.39.0.0/16", target))
    assert refused(CREATE, peering(), vpc(), held) == "S3"


@pytest.mark.parametrize("destination", ["8.8.8.0/24", "0.0.0.0/0", "172.31.4.0/24", "::/0"])
def test_s4_no_destination_outside_the_list_or_over_our_own(destination):
    change = replace(CREATE, destination=network(destination))
    assert refused(change, peering(), vpc(), table()) == "S4"


def test_s4_a_default_route_is_never_written_even_if_the_list_would_allow_it():
    everything = settings(allowed_destinations=(network("0.0.0.0/0"),))
    change = replace(CREATE, destination=network("0.0.0.0/0"))
    assert refused(change, peering(), vpc(cidrs=()), table(), settings_=everything) == "S4"


@pytest.mark.parametrize(
    "resources",
    [
        (PENDING, vpc(), table()),
        (peering(status="deleted"), vpc(), table()),
        (peering(), vpc(tags=EXEMPT), table()),
        (peering(), vpc(), table(owner_id=THEM)),
        (peering(), vpc(), table(tags=(("peerkeeper:routes", "none"),))),
        (peering(), vpc(), table(gateway_ids=("igw-1",))),
        (peering(), vpc(), vpc(id="vpc-9"), table(vpc_id="vpc-9")),
    ],
)
def test_s5_no_route_in_a_table_that_is_not_ours_to_route(resources):
    assert refused(CREATE, *resources) == "S5"


def test_s1_no_route_for_a_side_that_has_not_agreed():
    assert refused(CREATE, peering(), vpc(tags=()), table()) == "S1"
    foreign = peering(requester=Side(FOREIGN, SEOUL_VPC, (SEOUL_CIDR,)))
    assert refused(CREATE, foreign, vpc(tags=(("peerkeeper:peers", THEM),)), table()) == "S1"


def test_s5_only_our_own_side_and_our_own_vpcs_and_subnets():
    assert refused(replace(OPTION, requester_side=True), peering(), vpc()) == "S5"
    assert refused(OPTION, peering(status="provisioning"), vpc()) == "S5"
    assert refused(OPTION, peering(), vpc(tags=EXEMPT)) == "S5"
    assert refused(OPTION, peering(), vpc(tags=())) == "S1"
    for changed in ({"owner_id": THEM}, {"tags": EXEMPT}):
        assert refused(HOSTNAMES, vpc(SEOUL, **changed)) == "S5"
        assert refused(PUBLIC_IP, vpc(SEOUL), subnet(**changed)) == "S5"
    assert refused(PUBLIC_IP, vpc(SEOUL, tags=EXEMPT), subnet()) == "S5"
    assert refused(PUBLIC_IP, subnet()) == "S5"


def test_nothing_is_made_of_a_peering_that_the_other_side_saw_end():
    ended = peering(SEOUL, "deleted")
    assert refused(CREATE, peering(), ended, vpc(), table()) == "S5"
    assert refused(OPTION, peering(), ended, vpc()) == "S5"
    assert refused(ACCEPT, PENDING, ended, vpc()) == "S1"


def test_a_stale_route_beside_a_propagated_one_may_go():
    propagated = route("10.39.0.0/16", "vgw-1", static=False)
    both = table(TOKYO, propagated, route("10.39.0.0/16", PCX, blackhole=True))
    assert refused(DELETE, peering(status="deleted"), vpc(), both) is None


def test_s4_only_a_network_of_the_peers_and_ipv6_only_where_allowed():
    elsewhere = replace(CREATE, destination=network("10.40.0.0/16"))
    assert refused(elsewhere, peering(), vpc(), table()) == "S4"
    six = network("2600:1f00:0:100::/56")
    pcx = peering(requester=Side(SEOUL, SEOUL_VPC, (six,)))
    change = replace(CREATE, destination=six)
    listed = settings(allowed_destinations=(six,))
    assert refused(change, pcx, vpc(), table(), settings_=listed) == "S4"
    assert refused(change, pcx, vpc(), table(), settings_=replace(listed, allow_ipv6=True)) is None


@pytest.mark.parametrize(("target", "verdict"), [("igw-1", "S3"), (OLD_PCX, "S3"), (PCX, None)])
def test_s3_nothing_is_written_inside_another_route(target, verdict):
    covered = table(TOKYO, route("10.0.0.0/8", target))
    assert refused(CREATE, peering(), vpc(), covered) == verdict
    listed = settings(allow_more_specific_than=frozenset({network("10.0.0.0/8")}))
    assert refused(CREATE, peering(), vpc(), covered, settings_=listed) is None
    gone = replace(peering(status="deleted"), id=OLD_PCX)
    if target == OLD_PCX:
        assert refused(CREATE, peering(), gone, vpc(), covered) is None
