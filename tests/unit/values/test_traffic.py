"""The words for traffic."""

import pytest
from peerkeeper.values.traffic import Protocol, Traffic, traffic


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tcp/22", Traffic(Protocol.TCP, 22, 22)),
        ("tcp/1024-2000", Traffic(Protocol.TCP, 1024, 2000)),
        ("udp/0-65535", Traffic(Protocol.UDP, 0, 65535)),
        ("icmp", Traffic(Protocol.ICMP)),
        ("all", Traffic(Protocol.ALL)),
    ],
)
def test_a_word_is_traffic_and_traffic_is_that_word(word, expected):
    assert traffic(word) == expected
    assert str(expected) == word


@pytest.mark.parametrize(
    "word",
    [
        *("", "tcp", "tcp/", "tcp/22-", "tcp/22-21", "tcp/65536", "tcp/999999", "tcp/22\n"),
        *("sctp/1", "TCP/22", "icmp/8", " all", "tcp/\u0662\u0662"),
    ],
)
def test_any_other_word_is_an_error_that_names_the_forms(word):
    with pytest.raises(ValueError, match="write tcp/22, tcp/1024-2000, udp/53, icmp or all"):
        traffic(word)
