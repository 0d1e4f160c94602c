"""What `peerkeeper:destinations` on our view of a peering says: which networks of the peer we route.

In: the tags of a peering. Out: `Destinations`. A faulty value stops all routes of this side.

    the tag, as written           says
    none                          nothing: the whole networks of the peer, unless RouteScope says other
    subnets                       each subnet of the peer
    CIDRs, separated by spaces    these networks
    anything else, or a slip      faulty: no network at all
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network

from peerkeeper.values.ec2 import Network, Tags, network
from peerkeeper.values.tag_keys import DESTINATIONS
from peerkeeper.values.tags import MOST, value_of, values_of

SUBNETS = "subnets"


@dataclass(frozen=True, slots=True)
class Destinations:
    """What the tag says. Without networks and without subnets, it is faulty."""

    networks: tuple[Network, ...] = ()
    subnets: bool = False


@lru_cache(maxsize=MOST)
def destinations(tags: Tags) -> Destinations | None:
    """Return what the tag says; None where there is no such tag."""
    said = list(values_of(tags, DESTINATIONS))
    if not said:
        return None
    exact = value_of(tags, DESTINATIONS)
    if exact is None or len(said) > 1:
        return Destinations()
    if exact == SUBNETS:
        return Destinations(subnets=True)
    words = exact.split()
    networks = tuple(one for one in map(_network, words) if one)
    return Destinations(networks if len(networks) == len(words) else ())


def wrong_words(value: str) -> Iterator[str]:
    """Yield the words of the tag that are no network, where it does not ask for subnets."""
    if value != SUBNETS:
        yield from (word for word in value.split() if not _network(word))


def _network(word: str) -> Network | None:
    """Return the network; None for a word with host bits, without a prefix length, or that is no CIDR."""
    try:
        return network(str(ip_network(word))) if "/" in word else None
    except ValueError:
        return None
