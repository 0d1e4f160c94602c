"""The state of one wanted destination in one of our tables: one leg of the verdict on a peering.

In: what was seen, planned and tried; a table, a destination. Out: `Leg`. Never decides to write.

    what wins in the table for the whole destination       way       cause
    a route to this peering, provisioning or a blackhole   waits
    a route to this peering, narrower ones take all of it  blocked   diverted
    a route to this peering                                carried
    one of two prefix lists with unlike targets            unknown   prefix-list-conflict
    else, a prefix list of the table was not read          unknown
    else, the plan has CreateRoute
      not tried yet, or failed in passing                  due
      the mode does not let it                             blocked   mode
      it failed, or our guard refused it                   blocked   denied, quota-reached, …
    else, a dead route has its place
      the plan deletes it, and the mode lets it            due
      it was seen absent once, and the mode lets it go     waits     dead-route
      any other                                            blocked   dead-route
    else, its place is taken by a route to
      a peering that is being deleted                    waits
      what was not read                                  unknown
    else, a rule names a route in the way                  blocked   route-conflict, claimed-twice,
                                                                     prefix-list-conflict
    else, not all peerings of the VPC were read, or not
      all that the table routes                            unknown
    else                                                   blocked   not-carrying-unexplained
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peerkeeper.planning.dead_routes import dead_route, deletes_of, how_to_delete
from peerkeeper.planning.route_conflicts import (
    Standing,
    in_its_place,
    knows_claimants,
    standing,
)
from peerkeeper.planning.winning_route import undecided, winning
from peerkeeper.safety.guard import allowed_by
from peerkeeper.settings import Settings
from peerkeeper.values.changes import Change, CreateRoute
from peerkeeper.values.connectivity import Cause, Leg, Way
from peerkeeper.values.ec2 import (
    Network,
    PeeringConnection,
    PeeringStatus,
    Route,
    RouteTable,
    cover,
)
from peerkeeper.values.findings import Code
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.refuser import way_out, without_code
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import Meaning

FAILURES = {
    Meaning.DENIED: Cause.DENIED,
    Meaning.QUOTA: Cause.QUOTA,
    Meaning.REFUSED: Cause.FAILED,
}
"""What EC2's refusal of a route means for the verdict; any other may pass, and is tried again."""

IN_THE_WAY = {
    Code.CONFLICT: Cause.ROUTE_CONFLICT,
    Code.CLAIMED_TWICE: Cause.CLAIMED_TWICE,
    Code.PREFIX_LIST: Cause.PREFIX_LIST,
}
"""What a rule says of a route that has the place."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: what was seen, planned and tried."""

    seen: Snapshot
    settings: Settings
    planned: Mapping[Change, Change]
    tried: Mapping[Change, Outcome]
    conflicts: Mapping[tuple[str, str], Cause]
    """By table and peering: which of these a rule named."""


def leg_of(
    run: Ended, pcx: PeeringConnection, table: RouteTable, destination: Network, *, takes: bool
) -> Leg:
    """Return the state of the destination. `takes`: the table's tag takes routes of this peering."""
    winner = winning(table, destination)
    if winner and (words := undecided(table, winner, pcx)):
        return Leg(table.id, destination, Way.UNKNOWN, Cause.PREFIX_LIST, words)
    if winner and winner.target == pcx.id:
        if pcx.status is PeeringStatus.PROVISIONING or winner.blackhole:
            return Leg(table.id, destination, Way.WAITS)
        diverted = (one for one in table.within(destination) if one.target != pcx.id)
        if cover((one.destination for one in diverted), destination):
            words = f"narrower routes of {table.id} send all of {destination} elsewhere"
            return Leg(table.id, destination, Way.BLOCKED, Cause.DIVERTED, words)
        return Leg(table.id, destination, Way.CARRIED)
    if not takes:
        return Leg(table.id, destination, Way.LEFT)
    if not run.seen.knows_routes(table):
        return Leg(table.id, destination, Way.UNKNOWN)
    create = CreateRoute(table.location, table.id, destination, pcx.id, reason="")
    if create in run.planned or create in run.tried:
        way, cause, words = _write(run, create)
        words = words and f"{table.id} has no route to {destination}: {words}"
        return Leg(table.id, destination, way, cause, words)
    return _not_planned(run, pcx, table, destination)


def _write(run: Ended, create: CreateRoute) -> tuple[Way, Cause, str]:
    """Return the state of a route that the plan wants."""
    outcome = run.tried.get(create)
    if outcome is None or outcome.result in (Result.APPLIED, Result.UNCHANGED):
        if allowed_by(run.settings.mode, create):
            return Way.DUE, Cause.NONE, ""
        words = f"mode {run.settings.mode} writes no route; set Mode=add-only or Mode=full"
        return Way.BLOCKED, Cause.MODE, words
    if outcome.result is Result.REFUSED:
        return Way.BLOCKED, Cause.REFUSED, f"Peerkeeper's own guard refused it ({outcome.detail})"
    trouble = outcome.trouble
    if not trouble or trouble.unreachable or trouble.meaning not in FAILURES:
        return Way.DUE, Cause.NONE, ""
    words = f"{trouble.action} says {trouble.code}: {without_code(trouble.message)}"
    if trouble.meaning is Meaning.DENIED:  # a mail has room for so much: the way out comes first
        words = f"{way_out(trouble, create.location, run.settings.account)} ({words})"
    return Way.BLOCKED, FAILURES[trouble.meaning], words


def _not_planned(
    run: Ended, pcx: PeeringConnection, table: RouteTable, destination: Network
) -> Leg:
    """Return the verdict where no route is planned, by what has its place."""
    leg = (table.id, destination)
    others = in_its_place(table.holding(destination), pcx, destination, run.settings)
    dead = [route for route in others if dead_route(run.seen, table, route)]
    for route in dead:
        remedy = how_to_delete(table, route)
        way, why = _removal(run, table, route, remedy.clause)
        if way is not Way.DUE:
            words = (
                f"{table.id} sends {route.destination} to {route.target}, which has ended. So "
                f"{destination} is not routed to {pcx.id}: {why}"
            )
            return Leg(*leg, way, Cause.DEAD_ROUTE, words, remedy)
    if cause := run.conflicts.get((table.id, pcx.id)):
        return Leg(*leg, Way.BLOCKED, cause)
    standings = {standing(run.seen, table, route) for route in others if route not in dead}
    if Standing.ENDING in standings:
        return Leg(*leg, Way.WAITS)
    if Standing.UNKNOWN in standings:
        return Leg(*leg, Way.UNKNOWN)
    if dead:
        return Leg(*leg, Way.DUE)
    if not knows_claimants(run.seen, table):  # so the rule kept silent: another may claim it
        return Leg(*leg, Way.UNKNOWN)
    words = f"{table.id} does not send {destination} to {pcx.id}, and no rule says why"
    return Leg(*leg, Way.BLOCKED, Cause.UNEXPLAINED, words)


def _removal(run: Ended, table: RouteTable, route: Route, remedy: str) -> tuple[Way, str]:
    """Return the state of a dead route, and why it stays. `remedy` says how to delete it by hand."""
    deletes = deletes_of(table, route)
    if not deletes:
        return Way.BLOCKED, f"Peerkeeper deletes no route of a prefix list; {remedy}"
    if not allowed_by(run.settings.mode, deletes[0]):
        return (
            Way.BLOCKED,
            f"mode {run.settings.mode} deletes no route; set Mode=full, or "
            f"{remedy.removeprefix('to ')}",
        )
    for outcome in filter(None, map(run.tried.get, deletes)):
        if outcome.trouble and outcome.trouble.meaning in FAILURES:
            return Way.BLOCKED, f"DeleteRoute says {outcome.trouble.code}; {remedy}"
    if any(delete in run.planned for delete in deletes):
        return Way.DUE, ""
    if standing(run.seen, table, route) is Standing.UNKNOWN:
        why = "the peering was absent once. A second look, five minutes later, deletes the route"
        return Way.WAITS, f"{why}; {remedy}"
    return Way.BLOCKED, f"Peerkeeper withholds its deletion; {remedy}"
