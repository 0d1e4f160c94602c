"""Which points of two ends are asked about, and what the answers of all pairs come to."""

from dataclasses import replace

import pytest
from peerkeeper.values.ec2 import network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Verdict
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import traffic

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.commands.reach import refuse_others_than_vpcs
from peerkeeper_cli.reach.end import End
from peerkeeper_cli.reach.question import family, points_of, way, worst
from peerkeeper_cli.reach.reached import Reached
from peerkeeper_cli.reach.word import Kind, Word
from tests.cli.reach.replies import SEOUL

FOUR, MORE, SIX = "10.1.0.5", "10.1.0.6", "2001:db8::5"
BLOCKED, UNKNOWN, REACHES = Verdict.BLOCKED, Verdict.UNKNOWN, Verdict.REACHES


def end(id_, *addresses, kind=Kind.INTERFACE):
    points = tuple(
        Endpoint(SEOUL, "vpc-0000000a", "subnet-0000000a", network(one), (), interface_id=id_)
        for one in addresses
    )
    return End(Word(kind, id_), kind, id_, SEOUL, "vpc-0000000a", SEOUL.account_id, points)


def test_ipv4_is_asked_about_where_both_have_it_else_ipv6():
    assert family(end("a", FOUR, SIX), end("b", MORE, SIX)) == 4
    assert family(end("a", FOUR, SIX), end("b", SIX)) == 6


def test_ends_without_a_family_in_common_say_what_each_has():
    with pytest.raises(ValueError, match=r"a has only IPv4, and b only IPv6: no packet joins them"):
        family(end("a", FOUR), end("b", SIX))


def test_of_a_host_the_first_address_of_each_interface_is_asked_about():
    one, other = end("eni-a", FOUR, MORE, SIX), end("eni-b", "10.1.1.5", "10.1.1.6")
    both = replace(one, kind=Kind.INSTANCE, points=(*one.points, *other.points))
    assert [str(point.network) for point in points_of(both, 4)] == ["10.1.0.5/32", "10.1.1.5/32"]
    assert [str(point.network) for point in points_of(both, 6)] == ["2001:db8::5/128"]


def test_of_a_vpc_every_network_is_asked_about():
    vpc = end("vpc-0000000a", "10.1.0.0/24", "10.1.1.0/24", kind=Kind.VPC)
    assert len(points_of(vpc, 4)) == 2


def test_one_address_cannot_be_both_ends():
    one = end("eni-a", FOUR)
    with pytest.raises(ValueError, match="both ends are eni-a: name two"):
        way(Surroundings(), one, one, traffic("icmp"))


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([REACHES, REACHES], REACHES),
        ([REACHES, UNKNOWN], UNKNOWN),
        ([UNKNOWN, BLOCKED, REACHES], BLOCKED),
    ],
)
def test_the_worst_answer_of_all_pairs_counts(verdicts, together):
    assert worst(verdicts) is together


def test_a_table_of_what_is_no_vpc_is_refused_once_the_name_is_known():
    one, other = end("eni-a", FOUR), end("eni-b", MORE)
    asked = way(Surroundings(), one, other, traffic("icmp"))
    found = Reached(one.word, other.word, asked.traffic, asked, asked, (), 0.0)
    with pytest.raises(ReadError, match="--matrix takes two VPCs: eni-a is no VPC, eni-b is no"):
        refuse_others_than_vpcs(found)
