"""Compare networks, never strings. In: CIDR text. Out: parsed networks, through a cache.

Parsing costs fifty times a look in the cache, and a simulation asks millions of times.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from peerkeeper_local.semantics.refusal import Refusal, invalid_value

Network = IPv4Network | IPv6Network


@lru_cache(maxsize=65536)
def network(cidr: str) -> Network:
    """Return the network of `cidr`; host bits are dropped. Raises ValueError if it is not one."""
    return ip_network(cidr, strict=False)


@lru_cache(maxsize=65536)
def canonical(cidr: str, parameter: str = "destinationCidrBlock") -> str:
    """Return `cidr` as EC2 stores it: 100.68.0.18/18 becomes 100.68.0.0/18, IPv6 is compressed.

    Raises Refusal (InvalidParameterValue) on text that is no CIDR. Source: EC2 API, CreateRoute.
    """
    try:
        return str(network(cidr))
    except ValueError:
        raise no_cidr(cidr, parameter) from None


def no_cidr(text: str, parameter: str) -> Refusal:
    """Return the refusal of text that is no CIDR of the family that `parameter` takes."""
    return invalid_value(text, parameter, "This is not a valid CIDR block.")


@lru_cache(maxsize=65536)
def overlap(one: str, other: str) -> bool:
    """Whether two CIDRs share an address; networks of different families never do."""
    a, b = network(one), network(other)
    return a.version == b.version and a.overlaps(b)


@lru_cache(maxsize=65536)
def inside(inner: str, outer: str) -> bool:
    """Whether `inner` is `outer` or lies within it."""
    a, b = network(inner), network(outer)
    if isinstance(a, IPv4Network) and isinstance(b, IPv4Network):
        return a.subnet_of(b)
    if isinstance(a, IPv6Network) and isinstance(b, IPv6Network):
        return a.subnet_of(b)
    return False


def any_overlap(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether any CIDR of `ours` overlaps any CIDR of `theirs`."""
    others = tuple(theirs)
    return any(overlap(one, other) for one in ours for other in others)
