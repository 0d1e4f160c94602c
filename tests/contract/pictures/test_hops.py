"""The picture of the hops has the hops that the judge takes, in its order."""

from peerkeeper.values.reachability import HopKind

from tests.contract.pictures.hops import LINES, PICTURES, SLOTS, hops, pictures


def test_the_picture_drawn_anew_is_the_same():
    for file, drawn in pictures().items():
        assert (PICTURES / file).read_text() == drawn, "run `make pictures`"


def test_every_hop_of_the_judge_has_its_place():
    assert [(hop.back, hop.kind) for hop in hops()] == [*SLOTS]
    assert {*LINES} == {*HopKind}
