"""Would it reach, once the peering is accepted and routed? Each row of the table."""

from dataclasses import replace

import pytest
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.peer_network import peer_network
from peerkeeper.planning.reachability.suppose import SUPPOSED, accepted_and_routed
from peerkeeper.values.ec2 import Location, PeeringStatus, Side, network
from peerkeeper.values.reachability import Verdict
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import traffic

from tests.builders import OLD_PCX, PCX, SEOUL, SEOUL_VPC, TOKYO, peering, route, table
from tests.hosts import ALL_IN_AND_OUT, Hosts, acl, end_of, group, hosts, rule, stopped

BARE = {"routes": {SEOUL: (), TOKYO: (route("0.0.0.0/0", "igw-1"),)}}
NEAR = Location("444455556666", SEOUL.region)


def supposed(made):
    return Hosts(accepted_and_routed(made.around, made.seoul, made.tokyo), made.seoul, made.tokyo)


@pytest.mark.parametrize("status", ["", "initiating-request", "pending-acceptance", "provisioning"])
@pytest.mark.parametrize("from_tokyo", [False, True])
def test_what_is_asked_for_or_does_not_exist_yet_would_reach(status, from_tokyo):
    made = hosts(status=status, **BARE)
    assert made.ask(from_tokyo=from_tokyo).verdict is Verdict.BLOCKED
    answer = supposed(made).ask(from_tokyo=from_tokyo)
    assert answer.verdict is Verdict.REACHES
    assert answer.hops[3].where == (PCX if status else SUPPOSED)


@pytest.mark.parametrize("status", ["deleting", "deleted", "rejected", "failed", "expired"])
def test_a_peering_that_has_ended_stays_so_and_a_new_one_is_supposed(status):
    answer = supposed(hosts(status=status, **BARE)).ask()
    assert answer.verdict is Verdict.REACHES
    assert answer.hops[3].where == SUPPOSED


def test_the_route_is_the_cidr_that_connect_peerings_would_route():
    second = network("100.64.0.0/16")
    pcx = replace(
        peering(SEOUL),
        accepter=Side(TOKYO, peering().accepter.vpc_id, (network("172.31.0.0/16"), second)),
    )
    made = hosts(peerings=(pcx,), tokyo=end_of(TOKYO, network=network("100.64.7.7/32")), **BARE)
    answer = supposed(made).ask()
    assert answer.hops[2].rule == f"100.64.0.0/16 -> {PCX}"


def test_without_a_peering_the_route_is_the_cidr_that_the_table_of_the_other_end_shows():
    assert supposed(hosts(status="", **BARE)).ask().hops[2].rule == f"172.31.0.0/16 -> {SUPPOSED}"


def test_without_known_cidrs_the_route_is_the_subnet_or_the_address():
    nothing = Surroundings()
    assert str(peer_network(nothing, None, end_of(TOKYO))) == "172.31.16.0/20"
    tokyo = end_of(TOKYO, subnet_network=None)
    assert str(peer_network(nothing, None, tokyo)) == "172.31.16.9/32"


def test_a_dead_route_gives_way_and_another_one_stays_in_the_way():
    dead = route("172.31.0.0/16", OLD_PCX, blackhole=True)
    routes = {TOKYO: (), SEOUL: (dead,)}
    assert supposed(hosts(routes=routes)).ask().verdict is Verdict.REACHES
    for taken in (route("172.31.0.0/16", "tgw-1"), route("172.31.16.0/24", "igw-1")):
        made = supposed(hosts(routes={TOKYO: (), SEOUL: (taken,)}))
        assert made.ask().verdict is not Verdict.REACHES


def test_only_the_tables_of_the_two_subnets_get_a_route():
    other = table(SEOUL, id="rtb-other", main=False, subnet_ids=("subnet-other",))
    third = table(SEOUL, id="rtb-third", vpc_id="vpc-third")
    made = hosts(route_tables=(table(SEOUL), other, third, table(TOKYO)))
    after = supposed(made).around.route_tables
    assert [bool(one.peering_ids) for one in after] == [True, False, False, True]


def test_acls_groups_and_what_was_not_read_stay_as_they_are():
    closed = hosts(acls=(acl(TOKYO),), status="pending-acceptance", **BARE)
    assert stopped(supposed(closed).ask()) == {
        "there acl-tokyo": "entry *",
        "back acl-tokyo": "entry *",
    }
    unread = hosts(route_tables=(table(TOKYO),), status="pending-acceptance")
    assert supposed(unread).ask().verdict is Verdict.UNKNOWN


def test_a_rule_that_went_stale_with_the_old_peering_comes_alive():
    other = end_of(TOKYO, location=NEAR)
    pcx = replace(peering(SEOUL, "deleted"), accepter=Side(NEAR, other.vpc_id))
    around = replace(
        hosts().around,
        peerings=(pcx,),
        route_tables=(table(SEOUL), table(TOKYO, location=NEAR)),
        network_acls=(
            *hosts().around.network_acls,
            acl(TOKYO, "in 1 allow all 0.0.0.0/0", "out 1 allow all 0.0.0.0/0", location=NEAR),
        ),
        security_groups=(
            group(SEOUL, "out all 0.0.0.0/0"),
            group(TOKYO, "in tcp/22 sg-seoul deleted", "in tcp/23 sg-else deleted", location=NEAR),
        ),
    )
    ends = end_of(SEOUL), other
    assert judge(around, *ends, traffic("tcp/22")).verdict is Verdict.BLOCKED
    after = accepted_and_routed(around, *ends)
    assert judge(after, *ends, traffic("tcp/22")).verdict is Verdict.REACHES
    assert judge(after, *ends, traffic("tcp/23")).verdict is Verdict.BLOCKED
    assert pcx.status is PeeringStatus.DELETED


@pytest.mark.parametrize(
    ("group_vpc", "verdict"),
    [("", Verdict.UNKNOWN), (SEOUL_VPC, Verdict.UNKNOWN), ("vpc-third", Verdict.BLOCKED)],
)
def test_a_rule_stale_by_another_peering_stays_so_whoever_has_the_group(group_vpc, verdict):
    """The groups of the other end are not known. So a rule that is alive may match."""
    near = end_of(TOKYO, location=NEAR)
    stale = replace(rule("tcp/22 sg-x deleted"), group_vpc=group_vpc)
    made = hosts(
        seoul=end_of(SEOUL, group_ids=None),
        tokyo=near,
        status="",
        route_tables=(table(SEOUL), table(TOKYO, location=NEAR)),
        network_acls=(
            acl(SEOUL, *ALL_IN_AND_OUT),
            acl(TOKYO, *ALL_IN_AND_OUT, location=NEAR),
        ),
        security_groups=(replace(group(TOKYO, location=NEAR), ingress=(stale,)),),
    )
    assert supposed(made).ask("tcp/22").verdict is verdict


def test_within_one_vpc_nothing_is_supposed():
    around = hosts().around
    assert accepted_and_routed(around, end_of(SEOUL), end_of(SEOUL, subnet_id="subnet-2")) is around
