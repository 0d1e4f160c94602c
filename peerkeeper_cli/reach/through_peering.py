"""An end in an account without a login, as a peering names it. In: an end, a word, `Ask`. Out: sides, `End`.

The peering shows the peer's VPC and its networks, and nothing of its subnets, tables or groups. So the judge
knows the hops on our side, and the hops on the peer's side are unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.aws.parse import peering
from peerkeeper.values.ec2 import TERMINAL, Side, inside
from peerkeeper.values.endpoints import Endpoint

from peerkeeper_cli.reach.call import Ask
from peerkeeper_cli.reach.end import End, Unread
from peerkeeper_cli.reach.read_around import peerings_of
from peerkeeper_cli.reach.word import Kind, Word


def peer_accounts(known: End, ask: Ask) -> tuple[list[Side], list[Unread]]:
    """Return the peers of an end's VPC, each once, and each read that failed. Tombstones do not count."""
    place = known.location
    calls = [peerings_of(place, [known.vpc_id]), peerings_of(place, (), [known.vpc_id])]
    replies = ask(calls)
    shown = [peering(raw, place) for one in replies for raw in one.items]
    sides = {
        (side.location, side.vpc_id): side
        for pcx in shown
        if pcx.status not in TERMINAL
        for side in (pcx.requester, pcx.accepter)
        if (side.location, side.vpc_id) != (place, known.vpc_id)
    }
    unread = [Unread(place, one.trouble) for one in replies if one.trouble]
    return [*sides.values()], unread


def through_peering(one: Word, sides: Iterable[Side]) -> list[End]:
    """Return the end in each peer's VPC that holds the address, or that is the VPC."""
    if one.kind is Kind.ADDRESS:
        address = one.network
        held = [side for side in sides if any(inside(address, cidr) for cidr in side.cidrs)]
        return [_end(one, side, Endpoint(side.location, side.vpc_id, "", address)) for side in held]
    if one.kind is not Kind.VPC:
        return []
    return [
        _end(
            one,
            side,
            *(
                Endpoint(side.location, side.vpc_id, "", cidr, any_of_subnet=True)
                for cidr in side.cidrs
            ),
        )
        for side in sides
        if side.vpc_id == one.text and side.cidrs
    ]


def _end(one: Word, side: Side, *points: Endpoint) -> End:
    owner = side.location.account_id
    kind = Kind.VPC if one.kind is Kind.VPC else Kind.ADDRESS
    id_ = side.vpc_id
    return End(one, kind, id_, side.location, side.vpc_id, owner, points, readable=False)
