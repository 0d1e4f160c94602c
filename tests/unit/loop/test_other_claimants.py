"""Who else claims a network: when `connect_peerings` reads it, and what it says where it did not."""

from dataclasses import replace

import pytest
from peerkeeper.values.changes import CreateRoute
from peerkeeper.values.connectivity import Upshot
from peerkeeper.values.ec2 import PeeringStatus, Side, network
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import By
from peerkeeper.values.scope import Hint, Scope
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    TOKYO,
    TOKYO_CIDR,
    TOKYO_VPC,
    peering,
    route,
    snapshot,
    table,
    vpc,
)
from tests.truth import Truth
from tests.unit.jobs import CONNECT, kinds, run

THIRD_VPC = "vpc-0c93c93c93c93c931"
THIRD_CIDR = network("10.93.0.0/16")
THIRD_TABLE = "rtb-0c93c93c93c93c901"
THIRD_PCX = "pcx-0c0ffee0c0ffee003"
HERE = Side(TOKYO, TOKYO_VPC, (TOKYO_CIDR,))
SECOND = Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,))
THIRD = Side(SEOUL, THIRD_VPC, (THIRD_CIDR,))
ASKED = Scope(frozenset({Hint(TOKYO, TOKYO_VPC)}))
VPCS = (vpc(), vpc(SEOUL), vpc(SEOUL, id=THIRD_VPC, cidrs=(THIRD_CIDR,)))


def views(pcx_id, requester, accepter):
    wheres = dict.fromkeys((requester.location, accepter.location))
    return [peering(one, id=pcx_id, requester=requester, accepter=accepter) for one in wheres]


def claims(world):
    """The VPCs whose peerings were read for their own sake."""
    return {read.value for read in world.read if read.by is By.REQUESTER_VPC}


def test_a_peering_that_came_into_sight_on_the_way_is_not_said_to_carry_nothing():
    here = route(str(TOKYO_CIDR), THIRD_PCX)
    there = [route(str(SEOUL_CIDR), PCX), route(str(THIRD_CIDR), THIRD_PCX)]
    world = Truth(
        snapshot(
            *views(PCX, SECOND, HERE),
            *views(THIRD_PCX, THIRD, HERE),
            *views(OLD_PCX, SECOND, THIRD),
            *VPCS,
            table(TOKYO, *there),
            table(SEOUL),  # lacks the way here, so all its peerings are read: OLD_PCX is seen
            table(SEOUL, here, id=THIRD_TABLE, vpc_id=THIRD_VPC),
        )
    )
    report = run(world, CONNECT, ASKED)
    assert claims(world) == {TOKYO_VPC, SEOUL_VPC}
    assert {one.code for one in report.findings} & {Code.UNEXPLAINED, Code.NOT_CARRYING} == set()
    assert "TagStatus" not in kinds(report)
    (third,) = [one for one in report.verdicts if one.pcx_id == OLD_PCX and one.vpc_id == THIRD_VPC]
    assert third.upshot is Upshot.UNKNOWN


SEEN_FROM_SEOUL = Scope(frozenset({Hint(SEOUL, SEOUL_VPC)}))
"""All peerings of Seoul's VPC are read at once; those of Tokyo's only if one of its tables lacks a route."""


def looked_at(ours, *tables, scope=SEEN_FROM_SEOUL):
    whole = table(SEOUL, route(str(TOKYO_CIDR), PCX))
    world = Truth(snapshot(*views(PCX, SECOND, HERE), ours, vpc(SEOUL), whole, *tables))
    report = run(world, CONNECT, scope)
    return world, {one.code for one in report.findings}


def test_a_table_that_somebody_else_writes_keeps_its_findings():
    theirs = table(TOKYO, route(str(SEOUL_CIDR), "nat-1"), tags=(("peerkeeper:routes", "report"),))
    world, codes = looked_at(vpc(), theirs)
    assert TOKYO_VPC in claims(world)
    assert Code.CONFLICT in codes


def test_a_table_that_stays_narrow_is_told_and_nobody_asks_who_else_claims_the_network():
    world, codes = looked_at(vpc(), table(TOKYO, route("10.39.0.0/17", PCX)))
    assert TOKYO_VPC not in claims(world)
    assert Code.NARROW in codes


@pytest.mark.parametrize(
    "ours",
    [
        vpc(tags=()),
        vpc(tags=(*vpc().tags, ("peerkeeper:exempt", "true"))),
        vpc(cidrs=(network("10.39.0.0/24"),)),
    ],
)
def test_of_a_side_that_would_get_no_route_the_other_peerings_are_not_read(ours):
    world, _ = looked_at(ours, table())
    assert TOKYO_VPC not in claims(world)


KNOWN = (("peerkeeper:status", "not-carrying"),)
OTHER = Side(SEOUL, THIRD_VPC, (SEOUL_CIDR,))
"""Its network is the one of Seoul's VPC, so Tokyo's table can route only one of the two."""
NAMES_OTHER = vpc(tags=(("peerkeeper:peers", THIRD_VPC),))


def tagged(tags, *peerings):
    """Their views in Tokyo with these tags."""
    return [replace(one, tags=tags) if one.location == TOKYO else one for one in peerings]


ONE = Scope(frozenset({Hint(TOKYO, PCX)}))


def routed(*resources, scope=ONE, shown=table()):  # noqa: B008 - a frozen value
    """The routes that connect_peerings makes in Tokyo."""
    world = Truth(snapshot(*resources, *VPCS[1:], shown))
    run(world, CONNECT, scope)
    made = [one for one in world.made if isinstance(one, CreateRoute) and one.location == TOKYO]
    return world, [(one.destination, one.pcx_id) for one in made]


@pytest.mark.parametrize(
    ("tags", "acts"),
    [(KNOWN, ()), ((), (TagAct(TOKYO, PCX, ("peerkeeper:approved",), True, "o", "now"),))],
    ids=["people know of the gap", "somebody just changed its tags"],
)
def test_a_side_that_agreed_until_now_may_have_kept_a_network_from_another_peering(tags, acts):
    """The other peering is routed at once, without a sweep."""
    first = tagged(tags, *views(PCX, SECOND, HERE))
    scope = Scope(frozenset({Hint(TOKYO, PCX)}), acts=frozenset(acts))
    _, made = routed(*first, *views(OLD_PCX, OTHER, HERE), NAMES_OTHER, scope=scope)
    assert made == [(SEOUL_CIDR, OLD_PCX)]


def test_a_peer_that_gave_up_a_network_may_have_kept_it_from_another_peering():
    """The event is of the peer's VPC, and the peering lacks nothing any more."""
    peer = replace(SECOND, cidrs=(THIRD_CIDR,))
    first = tagged(KNOWN, *views(PCX, peer, HERE))
    whole = table(TOKYO, route(str(THIRD_CIDR), PCX))
    resources = (*first, *views(OLD_PCX, OTHER, HERE), vpc())
    _, made = routed(*resources, scope=SEEN_FROM_SEOUL, shown=whole)
    assert made == [(SEOUL_CIDR, OLD_PCX)]


def test_the_other_sides_of_its_neighbours_are_not_read_for_a_new_request():
    """A hub has many of them. Its own tables show that the neighbour carries."""
    asked = [
        replace(one, status=PeeringStatus.PENDING_ACCEPTANCE) for one in views(PCX, SECOND, HERE)
    ]
    world, made = routed(
        *asked,
        *views(THIRD_PCX, THIRD, HERE),
        vpc(),
        shown=table(TOKYO, route(str(THIRD_CIDR), THIRD_PCX)),
    )
    assert made == [(SEOUL_CIDR, PCX)]
    assert claims(world) == {TOKYO_VPC, SEOUL_VPC}
    assert THIRD_VPC not in {read.value for read in world.read}


ENDED = Scope(frozenset({Hint(TOKYO, PCX, TOKYO_VPC)}))


def ended(*others, status=PeeringStatus.DELETED, **shown):
    first = [replace(one, status=status) for one in views(PCX, SECOND, HERE)]
    return routed(*first, *others, vpc(), scope=ENDED, **shown)


@pytest.mark.parametrize("status", [PeeringStatus.DELETED, PeeringStatus.DELETING])
def test_a_peering_that_ended_lets_the_one_in_that_it_held_back(status):
    world, made = ended(*tagged(KNOWN, *views(OLD_PCX, OTHER, HERE)), status=status)
    assert made == [(SEOUL_CIDR, OLD_PCX)]
    assert TOKYO_VPC in claims(world)


def test_of_a_peering_that_carries_the_other_side_is_not_read_after_the_end_of_another():
    """A hub has many of them."""
    whole = table(TOKYO, route(str(SEOUL_CIDR), OLD_PCX))
    world, made = ended(*views(OLD_PCX, OTHER, HERE), shown=whole)
    assert not made
    assert THIRD_VPC not in {read.value for read in world.read}


@pytest.mark.parametrize("meaning", [Meaning.DENIED, Meaning.PASSING])
def test_where_the_other_claimants_could_not_be_read_nothing_is_written_or_concluded(meaning):
    refused = Trouble(meaning, "SomeCode", "no", "DescribeVpcPeeringConnections")
    world = Blind(snapshot(*views(PCX, SECOND, HERE), vpc(), vpc(SEOUL), table()), refused)
    report = run(world, CONNECT, Scope(frozenset({Hint(TOKYO, PCX)})))
    (ours,) = [one for one in report.verdicts if one.vpc_id == TOKYO_VPC]
    assert (ours.upshot, ours.blocked) == (Upshot.UNKNOWN, ())
    assert "CreateRoute" not in kinds(report) and "TagStatus" not in kinds(report)
    said = {one.code for one in report.findings}
    assert Code.UNEXPLAINED not in said
    assert said & {Code.UNREAD, Code.DENIED}


class Blind(Truth):
    """Peerings can be read by id, and by VPC not."""

    def __init__(self, seen, refused):
        super().__init__(seen)
        self.refused = refused

    def observe(self, reads):
        if reads[0].by in (By.REQUESTER_VPC, By.ACCEPTER_VPC):
            return Observed(reads, trouble=self.refused)
        return super().observe(reads)
