"""A network cut where rules begin and end, so that every rule holds all addresses of a slice or none.

In: a network, and values with a network each. Out: slices, each with the values that hold it. One address is
never cut. A subnet is cut only where a rule names a part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from peerkeeper.values.ec2 import Network

T = TypeVar("T")


def meet(one: Network, other: Network) -> bool:
    """Tell whether two networks share an address: their first bits are the same, as far as both have them."""
    if one.version != other.version:
        return False
    shift = one.max_prefixlen - min(one.prefixlen, other.prefixlen)
    return not (int(one.network_address) ^ int(other.network_address)) >> shift


def slices(
    whole: Network, values: Sequence[T], network_of: Callable[[T], Network]
) -> Iterator[tuple[Network, Sequence[T]]]:
    """Yield each slice of the network with the values whose network holds it, in their order."""
    near = [value for value in values if meet(network_of(value), whole)]
    if all(network_of(value).prefixlen <= whole.prefixlen for value in near):
        yield whole, near
        return
    for half in whole.subnets():
        yield from slices(half, near, network_of)
