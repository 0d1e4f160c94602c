"""A set of packets in words, as rules name them: `tcp/22`, `udp/1024-65535`, `icmp echo request`.

In: packets as numbers. Out: words; ranges as the CLI of AWS takes them, for a remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from peerkeeper.planning.reachability.packets import (
    ECHO,
    EVERYTHING,
    ICMP_OF,
    SPAN,
    TCP,
    UDP,
    of_icmp,
)
from peerkeeper.values.intervals import Intervals, Part

NAMES = {TCP: "tcp", UDP: "udp", ICMP_OF[4]: "icmp", ICMP_OF[6]: "icmpv6"}
MOST = 4
"""Names in one sentence; the rest is counted."""
_ECHOES = {
    of_icmp(ICMP_OF[version], kind, 0): f"{NAMES[ICMP_OF[version]]} echo {word}"
    for version, kinds in ECHO.items()
    for kind, word in zip(kinds, ("request", "reply"), strict=True)
}


@lru_cache(maxsize=1024)  # the hops of one question name the same packets
def named(packets: Intervals) -> str:
    """Return the packets in words."""
    if packets == EVERYTHING:
        return "all traffic"
    if packets in _ECHOES:
        return _ECHOES[packets]
    names = _names(packets)
    left_out = _names(EVERYTHING - packets) if len(names) > MOST else names
    if len(left_out) < len(names):
        return f"all traffic except {_some(left_out)}"
    return _some(names)


def pieces(packets: Intervals) -> Iterator[tuple[int, Part]]:
    """Yield the packets protocol by protocol: its number, and the first and the last of what follows it."""
    for first, last in packets.parts:
        for protocol in range(first // SPAN, last // SPAN + 1):
            start = max(first, protocol * SPAN) - protocol * SPAN
            yield protocol, (start, min(last - protocol * SPAN, SPAN - 1))


def _names(packets: Intervals) -> list[str]:
    return [_name(protocol, part) for protocol, part in pieces(packets)]


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def _name(protocol: int, part: Part) -> str:
    first, last = part
    name = NAMES.get(protocol, f"protocol {protocol}")
    if part == (0, SPAN - 1):
        return name
    if protocol in (TCP, UDP):
        return f"{name}/{first}" if first == last else f"{name}/{first}-{last}"
    return f"{name} types {first // 256}-{last // 256}"
