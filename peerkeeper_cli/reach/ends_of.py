"""From EC2's replies to the ends that a word stands for. In: a word, replies. Out: `End` values. Pure.

| the word names   | one end for            | its points                                      |
|------------------|------------------------|-------------------------------------------------|
| an interface     | the interface          | its addresses                                   |
| an instance      | the instance           | the addresses of all its interfaces             |
| an address       | each interface with it | this address alone                              |
| a subnet         | the subnet             | its networks, each for any interface            |
| a VPC            | the VPC                | the networks of all its subnets                 |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from peerkeeper.aws.parse import Raw
from peerkeeper.aws.parse_reachability import interface, subnet_ends
from peerkeeper.values.ec2 import Location
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.interfaces import NetworkInterface

from peerkeeper_cli.reach.call import Reply
from peerkeeper_cli.reach.end import End
from peerkeeper_cli.reach.word import Kind, Word


def ends_of(typed: Word, as_id: Word, replies: Sequence[Reply]) -> list[End]:
    """Return what the replies show of a word. `as_id`: what it is looked for by, which differs for a name."""
    if as_id.kind in (Kind.SUBNET, Kind.VPC):
        return [*_networks(typed, as_id, replies)]
    return [*_hosts(typed, as_id, _interfaces(replies))]


def _interfaces(replies: Iterable[Reply]) -> list[NetworkInterface]:
    shown = (reply for reply in replies if reply.call.action == "DescribeNetworkInterfaces")
    every = [interface(raw, reply.call.location) for reply in shown for raw in reply.items]
    return [*dict.fromkeys(every)]


def _hosts(typed: Word, as_id: Word, shown: Sequence[NetworkInterface]) -> Iterator[End]:
    if as_id.kind is Kind.INSTANCE:
        here = sorted(
            (one for one in shown if one.instance_id == as_id.text), key=lambda one: one.location
        )
        for place, own in groupby(here, key=lambda one: one.location):
            every = tuple(own)
            points = [point for one in every for point in one.endpoints()]
            first = every[0]
            yield End(
                typed,
                Kind.INSTANCE,
                as_id.text,
                place,
                first.vpc_id,
                first.owner_id,
                _in_order(points),
                every,
            )
        return
    for one in shown:
        points = [*one.endpoints()]
        if as_id.kind is Kind.ADDRESS:
            points = [point for point in points if point.network == as_id.network]
        elif one.id != as_id.text:
            continue
        if points:
            yield End(
                typed,
                Kind.INTERFACE,
                one.id,
                one.location,
                one.vpc_id,
                one.owner_id,
                _in_order(points),
                (one,),
            )


def _networks(typed: Word, as_id: Word, replies: Sequence[Reply]) -> Iterator[End]:
    """Yield the end in each location that shows a subnet of it. Two replies may show the same subnet."""
    key = "VpcId" if as_id.kind is Kind.VPC else "SubnetId"
    shown: dict[Location, list[Raw]] = {}
    for reply in replies:
        if reply.call.action == "DescribeSubnets":
            own = (raw for raw in reply.items if raw[key] == as_id.text)
            shown.setdefault(reply.call.location, []).extend(own)
    for where, raws in shown.items():
        points = [point for raw in raws for point in subnet_ends(raw, where)]
        if points:
            owner = str(raws[0].get("OwnerId") or where.account_id)
            vpc = points[0].vpc_id
            yield End(typed, as_id.kind, as_id.text, where, vpc, owner, _in_order(points))


def _in_order(points: Iterable[Endpoint]) -> tuple[Endpoint, ...]:
    """Return the points, IPv4 first, and else as they come."""
    return tuple(sorted(dict.fromkeys(points), key=lambda point: point.network.version))
