"""Which networks of the peer a side routes, by the tag on its own view of the peering: read a second time.

In: tags, networks, subnets, RouteScope. Out: networks. Written from the design: it imports nothing of
Peerkeeper.

    the tag                  the networks
    none                     those of the peer, whole; with RouteScope=subnets, as if the tag said so
    subnets                  what the peer's subnets fill in each of its networks, neighbours as one; none
                             where no one may read them
    CIDRs                    those inside a network of the peer
    anything else, a slip    none
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, collapse_addresses, ip_network

from peerkeeper_local.semantics.networks import inside
from simulator.policy import meant

KEY, SUBNETS = "peerkeeper:destinations", "subnets"


def destinations(
    tags: Mapping[str, str], whole: Iterable[str], subnets: Iterable[str], scope: str
) -> list[str]:
    """Return the networks that a side with these tags on the peering routes."""
    said, whole, subnets = meant(tags, KEY), [*whole], [*subnets]
    if len(said) > 1 or (said and KEY not in tags):
        return []
    if by_subnets(tags, scope):
        return [one for wide in whole for one in filled(_within(subnets, [wide]))]
    if not said:
        return whole
    words = said[0].split()
    return _within(words, whole) if all(map(_is_network, words)) else []


def by_subnets(tags: Mapping[str, str], scope: str) -> bool:
    """Whether the tag, or RouteScope without a tag, says to route the subnets of the peer."""
    return (meant(tags, KEY) or [scope]) == [SUBNETS]


def filled(parts: Iterable[str]) -> list[str]:
    """Return the fewest networks that hold exactly the addresses of the parts. It takes IPv4."""
    return [str(one) for one in collapse_addresses(IPv4Network(part) for part in parts)]


def _within(parts: Iterable[str], whole: list[str]) -> list[str]:
    return [part for part in parts if any(inside(part, wide) for wide in whole)]


def _is_network(word: str) -> bool:
    try:
        ip_network(word)
    except ValueError:
        return False
    return "/" in word
