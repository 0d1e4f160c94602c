"""What `peerkeeper:expect` says: words of traffic; a wrong word expects nothing and is a fault."""

import pytest
from peerkeeper.values.expected import expected, wrong_words
from peerkeeper.values.tag_faults import faults
from peerkeeper.values.tag_keys import SAID, VPC

KEY = "peerkeeper:expect"


def said(value, key=KEY):
    return [str(one) for one in expected(((key, value),))]


@pytest.mark.parametrize(
    "value", ["tcp/22", "icmp", "all", "udp/53", "tcp/1024-2000", "icmp tcp/22 udp/53"]
)
def test_words_of_traffic_are_read(value):
    assert said(value) == value.split()
    assert wrong_words(value) == ()
    assert faults(((KEY, value),), SAID[VPC]) == ()


@pytest.mark.parametrize(
    ("value", "kept"),
    [("http", []), ("tcp/22 ping", ["tcp/22"]), ("TCP/22", []), ("tcp/99999", []), ("", [])],
)
def test_a_wrong_word_expects_nothing_and_is_a_fault(value, kept):
    assert said(value) == kept
    (fault,) = faults(((KEY, value),), SAID[VPC])
    assert "allowed are tcp/22, tcp/1024-2000, udp/53, icmp or all" in fault


@pytest.mark.parametrize("key", ["peerkeeper:Expect", " peerkeeper:expect", "peerkeeper:expects"])
def test_a_slip_of_the_key_expects_nothing_and_is_a_fault(key):
    assert said("tcp/22", key) == []
    assert faults(((key, "tcp/22"),), SAID[VPC])


def test_the_words_of_vpc_and_peering_are_joined_each_once():
    both = expected(((KEY, "icmp tcp/22"),), ((KEY, "tcp/22 udp/53"),))
    assert [str(one) for one in both] == ["icmp", "tcp/22", "udp/53"]
