"""A whole teardown: groups, gateways and the VPC; what is not known; exit codes."""

import pytest
from peerkeeper.values.zones import ZoneVpc

from peerkeeper_cli.teardown.left import Code, left
from peerkeeper_cli.teardown.order.step import State
from peerkeeper_cli.teardown.order.teardown import teardown
from peerkeeper_cli.teardown.seen.contents import Address, Contents, Edge, Instance
from peerkeeper_cli.teardown.seen.group import Group, GroupReference
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import OwnVpc, Seen
from peerkeeper_cli.teardown.seen.unread import Unread, Unseen
from peerkeeper_cli.teardown.seen.zone import Zone
from tests.builders import PCX, SEOUL, SEOUL_VPC, THEM, TOKYO, TOKYO_VPC, US, route, table
from tests.cli.teardown.seen import commands, own_vpc, pcx, seen_of_peering, seen_of_vpc


def group(name, *, default=False):
    return Group(SEOUL, f"sg-{name}", SEOUL_VPC, default)


def rule(at, group, named, *, egress=False):
    return GroupReference(SEOUL, f"sgr-{at}", f"sg-{group}", egress, f"sg-{named}", SEOUL_VPC)


def test_rules_between_groups_are_revoked_once_a_group_and_direction():
    seen = seen_of_vpc(
        groups=(group("d", default=True), group("a"), group("b")),
        rules=(
            rule(1, "a", "b"),
            rule(2, "a", "b"),
            rule(3, "b", "a", egress=True),
            rule(4, "d", "a"),
            rule(5, "a", "a"),
            rule(6, "a", "d"),
        ),
    )
    found = [step for step in teardown(seen).steps if step.kind in (Kind.GROUP_RULE, Kind.GROUP)]
    words = [command.split() for command in commands(found)]
    assert [(one[2], one[6], *one[8:]) for one in words] == [
        ("revoke-security-group-ingress", "sg-a", "sgr-1", "sgr-2"),
        ("revoke-security-group-egress", "sg-b", "sgr-3"),
        ("revoke-security-group-ingress", "sg-d", "sgr-4"),
        ("delete-security-group", "sg-a"),
        ("delete-security-group", "sg-b"),
    ]


def test_what_a_vpc_is_built_of_goes_in_order():
    inside = {
        "subnets": ("subnet-1",),
        "tables": ("rtb-1",),
        "edges": (Edge("rtbassoc-1", "rtb-1", "igw-1"),),
        "acls": ("acl-1",),
        "internet_gateways": ("igw-1",),
        "egress_gateways": ("eigw-1",),
        "vpn_gateways": ("vgw-1",),
    }
    found = teardown(seen_of_vpc(own_vpc(**inside)))
    assert [command.split()[2] for command in commands(found.steps)] == [
        "delete-subnet",
        "disassociate-route-table",
        "delete-route-table",
        "delete-network-acl",
        "detach-internet-gateway",
        "delete-internet-gateway",
        "delete-egress-only-internet-gateway",
        "delete-vpc",
    ]
    assert [one.resource for one in found.blockers] == ["vgw-1"]


def test_a_vpc_of_another_account_blocks():
    shared = OwnVpc(SEOUL, SEOUL_VPC, THEM, default=False)
    found = teardown(seen_of_vpc(shared))
    assert [one.resource for one in found.blockers] == [SEOUL_VPC]
    assert found.steps == ()


def test_the_default_vpc_is_named_as_such():
    (step,) = teardown(seen_of_vpc(OwnVpc(SEOUL, SEOUL_VPC, US, default=True))).steps
    assert "the default VPC of the Region" in step.words


def unread(kind):
    return Unread(kind, SEOUL, SEOUL_VPC, "not read: DescribeX says UnauthorizedOperation: no")


def states(seen):
    return {step.kind: step.state for step in teardown(seen).steps}


def test_what_comes_after_something_unread_is_unknown():
    vpc = own_vpc(subnets=("subnet-1",), egress_gateways=("eigw-1",), tables=("rtb-1",))
    found = states(seen_of_vpc(vpc, unread=(unread(Kind.INTERFACE),)))
    assert found == {
        Kind.INTERFACE: State.UNKNOWN,
        Kind.SUBNET: State.UNKNOWN,
        Kind.TABLE: State.UNKNOWN,
        Kind.EGRESS_GATEWAY: State.DUE,
        Kind.VPC: State.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("kind", "after"),
    [(Kind.INTERFACE, Kind.INTERNET_GATEWAY), (Kind.TABLE, Kind.INTERNET_GATEWAY)],
)
def test_a_read_that_shows_two_kinds_leaves_both_unknown(kind, after):
    vpc = own_vpc(internet_gateways=("igw-1",))
    assert states(seen_of_vpc(vpc, unread=(unread(kind),)))[after] is State.UNKNOWN


@pytest.mark.parametrize("kind", [Kind.ROUTE, Kind.STALE_RULE, Kind.ZONE, Kind.AUTHORIZATION])
def test_what_lies_elsewhere_leaves_the_vpc_due(kind):
    found = states(seen_of_vpc(unread=(unread(kind),)))
    assert found == {kind: State.UNKNOWN, Kind.VPC: State.DUE}


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (seen_of_peering("deleted"), 0),
        (seen_of_peering(), 3),
        (seen_of_peering("provisioning"), 3),
        (seen_of_peering("deleted", unread=(unread(Kind.ROUTE),)), 4),
        (seen_of_peering("deleted", unseen=(Unseen(TOKYO, TOKYO_VPC, PCX),)), 4),
    ],
)
def test_exit_codes(seen, code):
    assert teardown(seen).exit_code == code


def test_a_side_that_was_not_asked_is_a_note_and_stops_nothing():
    seen = seen_of_peering(unseen=(Unseen(TOKYO, TOKYO_VPC, PCX),), referencing=())
    found = teardown(seen)
    assert [one.resource for one in found.notes] == [TOKYO_VPC]
    assert found.count(State.DUE) == 1


def test_rules_of_a_side_that_was_not_asked_are_named():
    seen = seen_of_vpc(referencing=(("sg-a", TOKYO_VPC, PCX),))
    assert [one.resource for one in teardown(seen).notes] == ["sg-a"]


def test_each_thing_that_is_left_has_its_code():
    tables = (table(SEOUL, routes=(route("172.31.0.0/16", PCX),)),)
    known = ZoneVpc(SEOUL.region, SEOUL_VPC)
    other = ZoneVpc(TOKYO.region, TOKYO_VPC)
    stale = GroupReference(TOKYO, "sgr-1", "sg-b", False, "sg-a", SEOUL_VPC, PCX)
    gone = Seen(
        SEOUL_VPC,
        peerings=(pcx("deleted"),),
        readable=frozenset({US}),
        tables=tables,
        rules=(stale,),
        zones=(
            Zone("Z1", "a.", US, vpcs=frozenset({known, other}), whole=True),
            Zone("Z2", "b.", US, vpcs=frozenset({known}), whole=True),
            Zone("Z3", "c.", US, authorized=frozenset({known}), whole=True),
        ),
        left_addresses=((SEOUL, Address("eipalloc-1", "192.0.2.1")),),
    )
    assert [(one.code, one.resource) for one in left(teardown(gone))] == [
        (Code.ROUTE, f"{tables[0].id} 172.31.0.0/16"),
        (Code.GROUP_RULE, "sgr-1"),
        (Code.AUTHORIZATION, "Z3"),
        (Code.ZONE, "Z1"),
        (Code.ZONE, "Z2"),
        (Code.ADDRESS, "eipalloc-1"),
    ]


def test_what_is_still_there_is_no_left_over():
    there = seen_of_vpc(own_vpc(subnets=("subnet-1",), vpn_gateways=("vgw-1",)))
    assert {one.code for one in left(teardown(there))} == {Code.STILL_THERE}
    passing = seen_of_peering("provisioning")
    assert [one.code for one in left(teardown(passing))] == [Code.STILL_THERE]


def test_what_was_not_read_is_not_left():
    seen = seen_of_peering("deleted", unread=(unread(Kind.ROUTE),))
    assert [*left(teardown(seen))] == []


def test_contents_are_empty_by_default():
    assert own_vpc().contents == Contents()
    assert Instance("i-1").scaling_group == ""
