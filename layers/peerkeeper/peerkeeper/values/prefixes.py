"""Which of many networks hold a given one, found by prefix instead of looking at each.

In: values, each with its network. Out: `ByPrefix`. A network holds another if it is equal or wider. Then the
first bits of both are the same, so one look-up for each prefix length in use finds them all.
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
    """Return the prefix of a network. That takes longer than to look it up: ask once for many look-ups."""
    version, length = network.version, network.prefixlen
    return version, length, int(network.network_address) >> (network.max_prefixlen - length)


class ByPrefix(Generic[T]):
    """Values by the prefix of their network."""

    def __init__(self, items: Iterable[tuple[IPv4Network | IPv6Network, T]]) -> None:
        """Take in each value with its network, once."""
        self._by_length: dict[tuple[int, int], dict[int, list[T]]] = {}
        self._sorted: dict[tuple[int, int], list[int]] = {}
        for network, value in items:
            version, length, prefix = prefix_of(network)
            same_length = self._by_length.setdefault((version, length), {})
            same_length.setdefault(prefix, []).append(value)

    def holding(self, network: IPv4Network | IPv6Network) -> list[T]:
        """Return the values whose network is equal to this one or wider."""
        return self.over(prefix_of(network))

    def over(self, prefix: Prefix) -> list[T]:
        """Return the values whose network is equal to the one of this prefix, or wider."""
        version, length, bits = prefix
        found: list[T] = []
        for (of_version, wider), by_prefix in self._by_length.items():
            if of_version == version and wider <= length:
                held = by_prefix.get(bits >> (length - wider))
                if held:
                    found += held
        return found

    def within(self, network: IPv4Network | IPv6Network) -> Iterator[T]:
        """Yield the values whose network is narrower than this one and lies inside it."""
        version, length, bits = prefix_of(network)
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
