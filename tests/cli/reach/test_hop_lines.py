"""An answer as lines: a line a hop, the rule that stops it, and what would open it."""

from peerkeeper.values.ec2 import network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Answer, Hop, HopKind, Opening, State, Verdict
from peerkeeper.values.traffic import traffic

from peerkeeper_cli.reach.hop_lines import hop_lines, openings, said_of, verdict_words
from tests.cli.reach.replies import SEOUL, TOKYO

A = Endpoint(SEOUL, "vpc-0000000a", "subnet-0000000a", network("10.1.0.5/32"))
B = Endpoint(TOKYO, "vpc-0000000b", "subnet-0000000b", network("10.2.0.5/32"))
OPEN = Opening("Allow it", "aws ec2 create-network-acl-entry --network-acl-id acl-0000000b")
LETS = Hop(HopKind.ACL_OUT, False, State.PASSED, "acl-0000000a", "lets tcp/22 out")
STOPS = Hop(
    HopKind.ACL_IN, True, State.BLOCKED, "acl-0000000b", "denies it", "entry 90", opening=OPEN
)


def answer(verdict, *hops):
    return Answer(A, B, traffic("tcp/22"), verdict, hops)


def test_each_hop_is_a_line_with_its_sign_and_way():
    passed, stopped = hop_lines(answer(Verdict.BLOCKED, LETS, STOPS))
    assert (passed.sign(), stopped.sign()) == ("✓", "✗")
    assert (passed.sign(plain=True), stopped.sign(plain=True)) == ("+", "!")
    assert (passed.back, stopped.back) == (False, True)


def test_a_sentence_without_id_or_rule_gets_both_before_it():
    assert said_of(STOPS) == "acl-0000000b, entry 90: denies it"
    known = Hop(HopKind.ACL_IN, True, State.BLOCKED, "acl-1", "entry 9 of acl-1 denies", "entry 9")
    assert said_of(known) == known.words


def test_the_verdict_counts_the_hops_that_stop_it():
    assert verdict_words(answer(Verdict.REACHES, LETS)) == "would reach"
    assert verdict_words(answer(Verdict.BLOCKED, LETS, STOPS)) == "is blocked at 1 of 2 hops"
    assert verdict_words(answer(Verdict.UNKNOWN)) == "is unknown"


def test_a_change_that_opens_two_answers_is_named_once():
    blocked = answer(Verdict.BLOCKED, LETS, STOPS)
    assert openings([blocked, blocked]) == [OPEN]
