"""Find what words stand for: two waves of reads at most. In: words, locations, `Ask`. Out: `Found`.

First wave: what has an id or an address, and the ids behind names. Second wave: the resources of these ids.
A resource that two accounts see counts once, as its owner sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.reach.call import Ask, Call, Reply, filtered
from peerkeeper_cli.reach.end import End, Unread
from peerkeeper_cli.reach.ends_of import ends_of
from peerkeeper_cli.reach.word import KINDS, Kind, Word

TAGGED = tuple(kind.value for kind in KINDS.values())
"""The types of resources that are looked for by their tag `Name`."""
BY = {
    Kind.INTERFACE: ("DescribeNetworkInterfaces", "network-interface-id"),
    Kind.INSTANCE: ("DescribeNetworkInterfaces", "attachment.instance-id"),
    Kind.SUBNET: ("DescribeSubnets", "subnet-id"),
    Kind.VPC: ("DescribeSubnets", "vpc-id"),
}
"""The action and the filter that find a resource by its id. Source: EC2 API reference, Filters of each."""
ADDRESSES = {4: "addresses.private-ip-address", 6: "ipv6-addresses.ipv6-address"}


@dataclass
class Found:
    """The ends that each word stands for, and what could not be read on the way."""

    ends: dict[Word, list[End]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)


def find_ends(words: Iterable[Word], locations: Iterable[Location], ask: Ask) -> Found:
    """Return what the words stand for in these locations. A word without any is still a key."""
    wanted, places = [*dict.fromkeys(words)], sorted({*locations})
    found = Found({one: [] for one in wanted})
    replies = ask([call for place in places for call in _first(wanted, place)])
    _take(found, wanted, replies)
    named = [*_named(wanted, replies)]
    second = ask([*_by_ids(named)]) if named else ()
    for one, place, as_id in named:
        here = [reply for reply in second if reply.call.location == place]
        found.ends[one] += ends_of(one, as_id, here)
    found.unread += [Unread(one.call.location, one.trouble) for one in second if one.trouble]
    found.ends = {one: _each_once(ends) for one, ends in found.ends.items()}
    return found


def _take(found: Found, wanted: Sequence[Word], replies: Sequence[Reply]) -> None:
    for one in wanted:
        if one.kind is not Kind.NAME:
            found.ends[one] += ends_of(one, one, replies)
    found.unread += [Unread(one.call.location, one.trouble) for one in replies if one.trouble]


def _first(words: Sequence[Word], place: Location) -> Iterator[Call]:
    yield from _by_ids([(one, place, one) for one in words])
    for version, name in ADDRESSES.items():
        of_version = [
            one.text for one in words if one.kind is Kind.ADDRESS and one.network.version == version
        ]
        if of_version:
            yield Call(place, "DescribeNetworkInterfaces", ((name, tuple(of_version)),))
    if names := [one.text for one in words if one.kind is Kind.NAME]:
        yield filtered(place, "DescribeTags", key=("Name",), resource_type=TAGGED, value=names)


def _by_ids(named: Sequence[tuple[Word, Location, Word]]) -> Iterator[Call]:
    """Yield the calls that read resources by their ids, one call for all of a kind in a location."""
    ids: dict[tuple[Location, Kind], list[str]] = {}
    for _, place, as_id in named:
        ids.setdefault((place, as_id.kind), []).append(as_id.text)
    for (place, kind), wanted in ids.items():
        if kind in BY:
            action, name = BY[kind]
            yield Call(place, action, ((name, tuple(dict.fromkeys(wanted))),))


def _named(
    words: Sequence[Word], replies: Sequence[Reply]
) -> Iterator[tuple[Word, Location, Word]]:
    """Yield each id that has one of the names. EC2's filter reads `*` as a pattern, so we compare."""
    names = {one.text: one for one in words if one.kind is Kind.NAME}
    for reply in replies:
        if reply.call.action != "DescribeTags":
            continue
        for tag in reply.items:
            if tag["Value"] in names:
                as_id = Word(Kind(tag["ResourceType"]), tag["ResourceId"])
                yield names[tag["Value"]], reply.call.location, as_id


def _each_once(ends: Sequence[End]) -> list[End]:
    """Return the ends without those that another account sees too, or that an instance of them has."""
    kept: dict[str, End] = {}
    for one in ends:
        if one.id not in kept or one.owner_id == one.location.account_id:
            kept[one.id] = one
    carried = {
        interface.id
        for one in kept.values()
        if one.kind is Kind.INSTANCE
        for interface in one.interfaces
    }
    return [one for one in kept.values() if one.id not in carried]
