"""Which of many networks hold a given one, found by prefix instead of looking at each.

In: values, each with its network. Out: `ByPrefix`, and `Prefix`, by which to ask it. A network holds another
if it is equal or wider. Then the first bits of both are the same, so one look-up for each prefix length in
use finds them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from itertools import islice
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


Prefix: TypeAlias = tuple[int, int, int]
"""The version of a network, its prefix length, and so many of its first bits."""


def prefix_of(network: IPv4Network | IPv6Network) -> Prefix:
    """Return the prefix of a network. This takes longer than one look-up, so many look-ups share it."""
    version, length = network.version, network.prefixlen
    return version, length, int(network.network_address) >> (network.max_prefixlen - length)


class ByPrefix(Generic[T]):
    """Values by the prefix of their network."""

    def __init__(self, items: Iterable[tuple[IPv4Network | IPv6Network, T]]) -> None:
        """Take in each value with its network, once."""
        self._by_length: dict[tuple[int, int], dict[int, list[T]]] = {}
        self._sorted: dict[tuple[int, int], list[int]] = {}
        for network, value in items:
            version, length, bits = prefix_of(network)
            same_length = self._by_length.setdefault((version, length), {})
            same_length.setdefault(bits, []).append(value)

    def holding(self, network: IPv4Network | IPv6Network) -> list[T]:
        """Return the values whose network is equal to this one or wider."""
        return self.over(prefix_of(network))

    def over(self, prefix: Prefix) -> list[T]:
        """Return the values whose network is equal to the one of this prefix, or wider."""
        version, length, bits = prefix
        found: list[T] = []
        for (of_version, wider), by_bits in self._by_length.items():
            if of_version == version and wider <= length:
                held = by_bits.get(bits >> (length - wider))
                if held:
                    found += held
        return found

    def within(self, network: IPv4Network | IPv6Network) -> Iterator[T]:
        """Yield the values whose network is narrower than this one and lies inside it."""
        version, length, bits = prefix_of(network)
        for (of_version, narrower), by_bits in self._by_length.items():
            if of_version == version and narrower > length:
                for longer in self._inside(version, narrower, bits, narrower - length, by_bits):
                    yield from by_bits[longer]

    def _inside(
        self, version: int, length: int, bits: int, more: int, by_bits: dict[int, list[T]]
    ) -> Iterator[int]:
        """Yield the bits of this length that begin with these, from an index made once."""
        key = (version, length)
        if key not in self._sorted:
            self._sorted[key] = sorted(by_bits)
        start = bisect_left(self._sorted[key], bits << more)
        for longer in islice(self._sorted[key], start, None):
            if longer >> more != bits:
                return
            yield longer
