"""Which of many networks hold a given one, found by prefix instead of looking at each.

In: values, each with its network. Out: `ByPrefix`. A network holds another if it is equal or wider: then
the first bits of both are the same, so one look-up for each prefix length in use finds them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import Generic, TypeVar

T = TypeVar("T")


class ByPrefix(Generic[T]):
    """Values by the prefix of their network."""

    def __init__(self, items: Iterable[tuple[IPv4Network | IPv6Network, T]]) -> None:
        """Take in each value with its network, once."""
        self._by_length: dict[tuple[int, int], dict[int, list[T]]] = {}
        for network, value in items:
            length = network.prefixlen
            prefix = int(network.network_address) >> (network.max_prefixlen - length)
            same_length = self._by_length.setdefault((network.version, length), {})
            same_length.setdefault(prefix, []).append(value)

    def holding(self, network: IPv4Network | IPv6Network) -> Iterator[T]:
        """Yield the values whose network is equal to this one or wider."""
        version, length = network.version, network.prefixlen
        bits = int(network.network_address) >> (network.max_prefixlen - length)
        for (of_version, wider), by_prefix in self._by_length.items():
            if of_version == version and wider <= length:
                yield from by_prefix.get(bits >> (length - wider), ())
