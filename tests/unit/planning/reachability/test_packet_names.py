"""Packets in words."""

import pytest
from peerkeeper.planning.reachability.packet_names import named
from peerkeeper.planning.reachability.packets import (
    EVERYTHING,
    of_icmp,
    of_ports,
    of_protocol,
    replies,
    requests,
)
from peerkeeper.values.intervals import union
from peerkeeper.values.traffic import traffic


@pytest.mark.parametrize(
    ("packets", "words"),
    [
        (EVERYTHING, "all traffic"),
        (requests(traffic("tcp/22"), 4), "tcp/22"),
        (requests(traffic("udp/1000-2000"), 4), "udp/1000-2000"),
        (requests(traffic("icmp"), 4), "icmp echo request"),
        (replies(traffic("icmp"), 4), "icmp echo reply"),
        (requests(traffic("icmp"), 6), "icmpv6 echo request"),
        (replies(traffic("icmp"), 6), "icmpv6 echo reply"),
        (replies(traffic("udp/53"), 4), "udp/1024-65535"),
        (replies(traffic("all"), 4), "all traffic except tcp/0-1023, udp/0-1023"),
        (of_protocol(6), "tcp"),
        (of_protocol(47), "protocol 47"),
        (of_icmp(1, 3, -1), "icmp types 3-3"),
        (union((of_ports(6, 22, 22), of_ports(6, 80, 80), of_protocol(1))), "icmp, tcp/22, tcp/80"),
        (
            union(of_ports(6, n, n) for n in range(0, 12, 2)),
            "tcp/0, tcp/2, tcp/4, tcp/6 and 2 more",
        ),
        (EVERYTHING - of_icmp(1, 3, -1), "all traffic except icmp types 3-3"),
    ],
)
def test_packets_are_named_as_rules_name_them(packets, words):
    assert named(packets) == words
