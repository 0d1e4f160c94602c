"""Which of many networks hold a given one, found by prefix instead of looking at each.

In: values, each with its network. Out: `ByPrefix`. A network holds another if it is equal or wider. Then the
first bits of both are the same, so one look-up for each prefix length in use finds them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")


class ByPrefix(Generic[T]):
    """Values by the prefix of their network."""

    def __init__(self, items: Iterable[tuple[IPv4Network | IPv6Network, T]]) -> None:
        """Take in each value with its network, once."""
        self._by_length: dict[tuple[int, int], dict[int, list[T]]] = {}
        self._sorted: dict[tuple[int, int], list[int]] = {}
        for network, value in items:
            length = network.prefixlen
            prefix = int(network.network_address) >> (network.max_prefixlen - length)
            same_length = self._by_length.setdefault((network.version, length), {})
            same_length.setdefault(prefix, []).append(value)

    def holding(self, network: IPv4Network | IPv6Network) -> list[T]:
        """Return the values whose network is equal to this one or wider."""
        version, length = network.version, network.prefixlen
        bits = int(network.network_address) >> (network.max_prefixlen - length)
        found: list[T] = []
        for (of_version, wider), by_prefix in self._by_length.items():
            if of_version == version and wider <= length:
                held = by_prefix.get(bits >> (length - wider))
                if held:
                    found += held
        return found

    def within(self, network: IPv4Network | IPv6Network) -> Iterator[T]:
        """Yield the values whose network is narrower than this one and lies inside it."""
        version, length = network.version, network.prefixlen
        bits = int(network.network_address) >> (network.max_prefixlen - length)
        for (of_version, narrower), by_prefix in self._by_length.items():
            if of_version == version and narrower > length:
                for prefix in self._inside(
                    of_version, narrower, bits, narrower - length, by_prefix
                ):
                    yield from by_prefix[prefix]

    def _inside(
        self, version: int, length: int, bits: int, more: int, by_prefix: dict[int, list[T]]
    ) -> Iterator[int]:
        """Yield the prefixes of this length that begin with these bits, from an index made once."""
        key = (version, length)
        if key not in self._sorted:
            self._sorted[key] = sorted(by_prefix)
        prefixes = self._sorted[key]
        start = bisect_left(prefixes, bits << more)
        for prefix in islice(prefixes, start, None):
            if prefix >> more != bits:
                return
            yield prefix
