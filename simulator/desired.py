"""What should be so, from the true state: the liveness oracle.

In: a state, a moment, a policy. Out: what is not as it should be, in words, or nothing once it converged.
Written from the design, not from the code: it does not import Peerkeeper.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.networks import network
from peerkeeper_local.semantics.peering import Peering, Side
from peerkeeper_local.semantics.peering_state import TERMINAL, state_of
from peerkeeper_local.semantics.peering_view import visible
from peerkeeper_local.semantics.routes import Route
from simulator import policy as say
from simulator.destinations import destinations
from simulator.operations.peerings import dns_ready
from simulator.policy import Policy
from simulator.rows import Place, State, Subnet, Table, Vpc
from simulator.serving import serves
from simulator.wanted_endpoints import lacking_dns, lacking_tables

FLOOR, SHARE, ALL_OF = 10, 0.3, 3


def lacks(state: State, moment: Moment, policy: Policy, only: Location | None = None) -> list[str]:
    """Return what is not as it should be, in our locations or in `only` one of them."""
    if policy.mode == "observe":
        return []
    found: list[str] = []
    for where in policy.ours if only is None else (only,):
        found += _requests(state, moment, policy, where)
        found += _routes(state, moment, policy, where)
        found += _options(state, moment, policy, where)
        found += _vpcs(state, policy, where)
        if policy.endpoints == "keep":
            found += _endpoints(state.places[where], moment)
        if policy.mode == "full":
            found += _stale(state, moment, policy, where)
    return found


def sides_at(peering: Peering, where: Location) -> Iterator[tuple[Side, Side]]:
    """Yield (own side, peer side) for each side in this location."""
    both = (peering.requester, peering.accepter)
    for own, peer in (both, both[::-1]):
        if own.location == where:
            yield own, peer


def agreed(
    state: State, policy: Policy, peering: Peering, own: Side, peer: Side, *, accepting: bool
) -> bool:
    """Whether our side agrees to the peer, and its VPC is not out of every rule."""
    tags = state.places[own.location].tags
    vpc_tags = tags.get(own.vpc_id, {})
    return not say.exempt(vpc_tags) and say.agreed(
        policy,
        own.location,
        peer.location,
        peer.vpc_id,
        vpc_tags,
        tags.get(peering.id, {}),
        accepting=accepting,
    )


def _requests(state: State, moment: Moment, policy: Policy, where: Location) -> Iterator[str]:
    for peering in state.peerings.values():
        if peering.accepter.location == where and to_be_accepted(state, moment, policy, peering):
            yield f"{peering.id} waits, and should be accepted in {where.region}"


def to_be_accepted(state: State, moment: Moment, policy: Policy, peering: Peering) -> bool:
    """Whether the request waits, its accepter's side agrees to it, and nothing speaks against it."""
    own, peer = peering.accepter, peering.requester
    waits = state_of(peering, moment).code == "pending-acceptance"
    if not waits or has_twin(state, moment, peering):
        return False
    charges = peering.requester_options.multipath_resilience
    yes = agreed(state, policy, peering, own, peer, accepting=True)
    return yes and policy.allows(peer.cidrs[0]) and not charges


def has_twin(state: State, moment: Moment, peering: Peering) -> bool:
    """Two VPCs have one peering; the reversed request can never be accepted."""
    return any(
        other.id != peering.id
        and other.joins(peering.requester.vpc_id)
        and other.joins(peering.accepter.vpc_id)
        and state_of(other, moment).code in ("provisioning", "active", "deleting")
        for other in state.peerings.values()
    )


def wanted_routes(
    state: State, moment: Moment, policy: Policy, where: Location
) -> Iterator[tuple[Table, str, str]]:
    """Yield (table, destination, pcx) for each route that our sides should have, conflicts aside."""
    for peering in state.peerings.values():
        if state_of(peering, moment).code in ("provisioning", "active"):
            for table, cidr, vpc in asked_for(state, policy, where, peering):
                if not say.clash(cidr, vpc.cidrs):
                    yield table, cidr, peering.id


def asked_for(
    state: State, policy: Policy, where: Location, peering: Peering
) -> Iterator[tuple[Table, str, Vpc]]:
    """Yield (table, peer's network, own VPC) for all that a live peering should carry, overlap or not."""
    for own, peer in sides_at(peering, where):
        place = state.places[where]
        vpc = place.vpcs.get(own.vpc_id)
        if vpc is None or not agreed(state, policy, peering, own, peer, accepting=False):
            continue
        for table in place.tables.values():
            tags = place.tags.get(table.id, {})
            if table.vpc_id == vpc.id and serves(place, table) and say.takes_routes(tags):
                for cidr in of_peer(state, policy, where, peering, peer):
                    if policy.allows(cidr):
                        yield table, cidr, vpc


def of_peer(
    state: State, policy: Policy, where: Location, peering: Peering, peer: Side
) -> list[str]:
    """Return the networks of the peer that the tag on our view of the peering lets us route."""
    tags = state.places[where].tags.get(peering.id, {})
    known = state.places[peer.location].subnets if peer.location in policy.ours else {}
    subnets = [one.cidr for one in known.values() if one.vpc_id == peer.vpc_id]
    return destinations(tags, peer.cidrs, subnets, policy.scope)


def carries(table: Table, cidr: str, pcx: str) -> bool:
    """Whether the longest route that holds the whole destination leads to the peering."""
    holding = [
        route
        for route in table.routes
        if route.destination == cidr or say.covers(route.destination, cidr)
    ]
    winner = max(holding, key=lambda one: network(one.destination).prefixlen, default=None)
    return winner is not None and winner.target.id == pcx


def _routes(state: State, moment: Moment, policy: Policy, where: Location) -> Iterator[str]:
    wanted = list(wanted_routes(state, moment, policy, where))
    for table, cidr, pcx in wanted:
        held = [route for route in table.routes if route.destination == cidr]
        if any(route.target.id == pcx for route in held):
            continue
        wider = [
            route
            for route in table.routes
            if say.covers(route.destination, cidr)
            and route.target.id != pcx
            and route.destination not in policy.more_specific_than
        ]
        contested = any(
            other_table.id == table.id
            and other_pcx != pcx
            and (
                other == cidr
                or (say.covers(other, cidr) and other not in policy.more_specific_than)
            )
            for other_table, other, other_pcx in wanted
        )
        in_the_way = [r for r in (*held, *wider) if not _clearable(state, moment, policy, table, r)]
        if not in_the_way and not contested:
            yield f"{table.id} lacks {cidr} to {pcx}"


def _clearable(state: State, moment: Moment, policy: Policy, table: Table, route: Route) -> bool:
    """Whether a route in the way is stale, so that Peerkeeper deletes it."""
    where = next(
        where for where in policy.ours if state.places[where].tables.get(table.id) is table
    )
    words = _keeps(table, route)
    return policy.mode == "full" and words in _stale(state, moment, policy, where)


def gone(state: State, moment: Moment, pcx: str) -> bool:
    """Whether a peering is gone for good."""
    peering = state.peerings.get(pcx)
    return peering is None or state_of(peering, moment).code in TERMINAL


def leads_to_gone(state: State, moment: Moment, target: str) -> bool:
    """Whether the target of a route is a peering, and that is gone for good."""
    return target.startswith("pcx-") and gone(state, moment, target)


def withheld(state: State, moment: Moment, policy: Policy, where: Location) -> bool:
    """Whether too many routes look absent here: then no route may be deleted."""
    _, absent, of = _dead(state, moment, policy, where)
    count = len(absent)
    too_many = count > max(FLOOR, SHARE * of) or count >= of >= ALL_OF
    return too_many and not policy.lets_go(where, count)


def _stale(state: State, moment: Moment, policy: Policy, where: Location) -> Iterator[str]:
    seen, absent, _ = _dead(state, moment, policy, where)
    yield from seen
    if policy.senders and not withheld(state, moment, policy, where):
        yield from (words for ours, words in absent if ours)


def _dead(
    state: State, moment: Moment, policy: Policy, where: Location
) -> tuple[list[str], list[tuple[bool, str]], int]:
    """Return the dead routes whose peering EC2 shows, those with an absent one, and a count of routes."""
    place = state.places[where]
    seen: list[str] = []
    absent: list[tuple[bool, str]] = []
    of = 0
    for table in place.tables.values():
        ours = say.takes_routes(place.tags.get(table.id, {}))
        ours = ours and not say.exempt(place.tags.get(table.vpc_id, {}))
        for route in table.routes:
            pcx = route.target.id
            if not pcx.startswith("pcx-"):
                continue
            of += 1
            if not gone(state, moment, pcx) or route.propagated:
                continue
            shown = any(
                visible(peering, view, moment)
                for peering in (state.peerings.get(pcx),)
                if peering
                for view in policy.ours
            )
            words = _keeps(table, route)
            if not shown:
                absent.append((ours, words))
            elif ours:
                seen.append(words)
    return seen, absent, of


def _keeps(table: Table, route: Route) -> str:
    return f"{table.id} keeps a stale route {route.destination} to {route.target.id}"


def _options(state: State, moment: Moment, policy: Policy, where: Location) -> Iterator[str]:
    for peering in state.peerings.values():
        if state_of(peering, moment).code != "active":
            continue
        for own, peer in sides_at(peering, where):
            is_requester = own is peering.requester
            options = peering.requester_options if is_requester else peering.accepter_options
            yes = agreed(state, policy, peering, own, peer, accepting=False)
            left = say.leaves_dns(state.places[where].tags.get(own.vpc_id, {}))
            if dns_ready(state, own) and yes and not left and not options.dns_from_remote_vpc:
                yield f"{peering.id} does not resolve names of {own.vpc_id}"


def _endpoints(place: Place, moment: Moment) -> Iterator[str]:
    for endpoint, table in lacking_tables(place, moment):
        yield f"{endpoint.id} is not in {table.id}"
    for endpoint in lacking_dns(place, moment):
        yield f"{endpoint.id} has private DNS off"


def _vpcs(state: State, policy: Policy, where: Location) -> Iterator[str]:
    place = state.places[where]
    for vpc in place.vpcs.values():
        asked = say.asks_for_dns(policy, place.tags.get(vpc.id, {}))
        if asked and not vpc.dns_hostnames:
            yield f"{vpc.id} has DNS hostnames off"
    for subnet in place.subnets.values():
        tags = place.tags
        asked = say.asks_for_public_ip(policy, tags.get(subnet.vpc_id, {}))
        if say.exempt(tags.get(subnet.id, {})) or not asked:
            continue
        public = _public(place, policy, subnet)
        held = policy.mode == "add-only" and subnet.public
        if public is not None and subnet.public is not public and not held:
            yield f"{subnet.id} gives public addresses: {subnet.public}, and should: {public}"


def _public(place: Place, policy: Policy, subnet: Subnet) -> bool | None:
    """Return whether a subnet should give public addresses, or None if it stays as it is."""
    if policy.subnet_public_ip in ("leave", "never"):
        return None if policy.subnet_public_ip == "leave" else False
    if not policy.senders:
        return None  # no look can prove that it was the second
    tables = [table for table in place.tables.values() if table.vpc_id == subnet.vpc_id]
    own = [table for table in tables if subnet.id in table.subnet_ids]
    table = (own or [table for table in tables if table.main])[0]
    internet = any(
        route.destination == "0.0.0.0/0" and route.target.id.startswith("igw-")
        for route in table.routes
    )
    if internet and policy.subnet_public_ip == "off-where-private":
        return None
    return internet
