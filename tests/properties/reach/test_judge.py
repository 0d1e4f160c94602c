"""The judge and a brute-force oracle, over sampled packets of drawn worlds, say the same of every hop."""

import os

import pytest
from hypothesis import given
from hypothesis import settings as budget
from peerkeeper.planning.reachability.judge import judge

from tests.properties.reach.packet_oracle import judged
from tests.properties.reach.worlds import worlds

pytestmark = [pytest.mark.no_cover, pytest.mark.fuzzed]
DRAWN = int(os.environ.get("FUZZED") or 500)


@budget(max_examples=DRAWN)
@given(worlds())
def test_every_hop_and_the_verdict_are_those_of_packets_tried_one_by_one(world):
    answer = judge(*world)
    verdict, hops, tried, open_ports = judged(world)
    said = {(hop.kind.value, hop.back): (hop.state.value, hop.in_part) for hop in answer.hops}
    assert said == hops
    assert answer.verdict == verdict
    if tried is not None:
        ours = {p for p in tried if any(a <= p <= b for a, b in answer.client_ports.parts)}
        assert ours == open_ports
