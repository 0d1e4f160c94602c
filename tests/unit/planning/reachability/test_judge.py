"""The hops of a question, their order, and the verdict."""

from dataclasses import replace

import pytest
from peerkeeper.planning.reachability.judge import judge, verdict
from peerkeeper.planning.reachability.out_of_sight import OUT_OF_SIGHT
from peerkeeper.values.ec2 import Location, network
from peerkeeper.values.reachability import Hop, HopKind, State, Verdict
from peerkeeper.values.traffic import traffic

from tests.builders import SEOUL, TOKYO
from tests.hosts import acl, end_of, group, hosts, shown, subnet_of

NEAR = Location("444455556666", SEOUL.region)
THERE = ["security groups, out", "network ACL, out", "route table", "peering connection"]
THERE += ["network ACL, in", "security groups, in"]
BACK = ["network ACL, out", "route table", "network ACL, in"]


def ways(answer):
    return [(hop.kind.value, hop.back) for hop in answer.hops]


@pytest.mark.parametrize("word", ["icmp", "tcp/22", "tcp/22-22"])
@pytest.mark.parametrize("from_tokyo", [False, True])
def test_the_seeds_hosts_ping_and_reach_each_other_by_ssh(word, from_tokyo):
    answer = hosts().ask(word, from_tokyo=from_tokyo)
    assert answer.verdict is Verdict.REACHES
    assert not answer.blocking
    assert not answer.unknown
    assert not answer.notes


def test_two_vpcs_have_six_hops_there_and_three_back():
    answer = hosts().ask()
    assert ways(answer) == [*((kind, False) for kind in THERE), *((kind, True) for kind in BACK)]


def test_within_one_vpc_there_is_no_peering():
    other = end_of(SEOUL, subnet_id="subnet-2", network=network("10.39.2.5/32"))
    around = replace(
        hosts().around,
        network_acls=(
            acl(SEOUL, "in 1 allow all 0.0.0.0/0", "out 1 allow all 0.0.0.0/0"),
            acl(
                SEOUL,
                "in 1 allow all 0.0.0.0/0",
                "out 1 allow all 0.0.0.0/0",
                subnet_ids=("subnet-2",),
            ),
        ),
        security_groups=(group(SEOUL, "in all sg-seoul", "out all sg-seoul"),),
    )
    answer = judge(around, end_of(SEOUL), other, traffic("all"))
    assert answer.verdict is Verdict.REACHES
    assert ("peering connection", False) not in ways(answer)
    assert len(answer.hops) == 8


def test_within_one_subnet_only_groups_judge():
    """An ACL that denies everything, and an empty table, are not asked."""
    other = end_of(SEOUL, network=network("10.39.1.6/32"))
    around = replace(hosts().around, network_acls=(acl(SEOUL),), route_tables=())
    answer = judge(around, end_of(SEOUL), other, traffic("tcp/22"))
    assert ways(answer) == [("security groups, out", False), ("security groups, in", False)]
    assert answer.verdict is Verdict.BLOCKED
    assert answer.blocking[0].kind is HopKind.GROUPS_IN
    assert str(answer.client_ports) == "1024-65535"


def test_addresses_whose_subnets_are_not_known_are_not_in_one_subnet():
    one, other = (
        end_of(SEOUL, subnet_id="", network=network(ip)) for ip in ("10.39.1.5", "10.39.1.6")
    )
    answer = judge(hosts().around, one, other, traffic("tcp/22"))
    assert ("network ACL, out", False) in ways(answer)
    assert answer.verdict is not Verdict.REACHES


def test_an_interface_of_a_participant_is_in_the_owners_vpc():
    """A shared subnet: the other account's tables and ACLs were not read, so the way back is unknown."""
    other = end_of(SEOUL, location=NEAR, subnet_id="subnet-shared", network=network("10.39.2.5/32"))
    answer = judge(hosts().around, end_of(SEOUL), other, traffic("tcp/22"))
    assert ("peering connection", False) not in ways(answer)
    assert answer.hops[2].rule == "10.39.0.0/16 -> local"
    assert answer.verdict is Verdict.UNKNOWN


def test_any_interface_of_a_subnet_has_no_groups_and_the_answer_says_so():
    answer = hosts(seoul=subnet_of(SEOUL), tokyo=subnet_of(TOKYO)).ask("tcp/22")
    assert [kind for kind, _ in ways(answer)] == [*THERE[1:5], *BACK]
    assert answer.notes == (
        "no security group of subnet-0a39a39a39a39a311 is judged, since the question names the subnet",
        "no security group of subnet-0b31b31b31b31b311 is judged, since the question names the subnet",
    )


def test_two_address_families_are_no_question():
    six = end_of(TOKYO, network=network("fd00::1/128"))
    with pytest.raises(ValueError, match="two address families"):
        judge(hosts().around, end_of(SEOUL), six, traffic("icmp"))


P, B, U = State.PASSED, State.BLOCKED, State.UNKNOWN


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((P, P), Verdict.REACHES),
        ((P, U), Verdict.UNKNOWN),
        ((P, B), Verdict.BLOCKED),
        ((U, B), Verdict.BLOCKED),
        ((), Verdict.REACHES),
    ],
)
def test_a_hop_that_blocks_decides_then_one_that_is_unknown(states, expected):
    hops = tuple(Hop(HopKind.ROUTE, False, state, "", "") for state in states)
    assert verdict(hops) is expected


def test_all_hops_that_block_are_named_and_not_the_first_alone():
    answer = hosts(
        acls=(acl(SEOUL), acl(TOKYO)),
        groups=(group(SEOUL), group(TOKYO)),
        routes={SEOUL: (), TOKYO: ()},
        status="pending-acceptance",
    ).ask("tcp/22")
    assert len(answer.blocking) == 9
    assert all(": blocked" in one for one in shown(answer))


def test_what_nobody_reads_is_said():
    assert len(OUT_OF_SIGHT) == 5


def test_an_answer_as_json_has_every_hop_and_the_client_ports():
    plain = hosts().ask("tcp/443").to_dict()
    assert plain["verdict"] == "blocked"
    assert plain["replies"] == "all clients"
    assert plain["client_ports"] == "1024-65535"
    assert plain["from"] == "eni-seoul (10.39.1.5)"
    stopped = [hop for hop in plain["hops"] if hop["state"] == "blocked"]
    assert [hop["at"] for hop in stopped] == ["sg-tokyo"]
    assert stopped[0]["opening"]["command"].startswith("aws ec2 authorize-security-group-ingress")
    assert "replies" not in hosts().ask("icmp").to_dict()
