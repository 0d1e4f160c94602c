"""The promises S1 to S4 and S7 about routes, judged on every write that touches one.

In: what the run was shown, the call, the true state. Out: nothing, or a `Violation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.networks import canonical, inside
from simulator import policy as say
from simulator.desired import ALL_OF, FLOOR, SHARE, gone, leads_to_gone
from simulator.destinations import destinations
from simulator.documents import Document
from simulator.known import exempt, sided
from simulator.policy import Policy
from simulator.rows import State
from simulator.seen_by_run import (
    SeenByRun,
    destination_of,
    own_cidrs,
    place_of,
    sides_of,
    target_of,
)
from simulator.verdict import Violation, need

TWO_LOOKS = 300.0
"""Seconds between the two looks that a delete on absence rests on."""
LATE, OLD = 2.0, 7.0
"""Seconds. A delete this long after its table was read may meet another route; no delete may come after OLD.

Peerkeeper reads again after five, and waits at most two for its turn. See decisions 7 and 28.
"""
WAVE = 1.0
"""Seconds in which the calls of one wave begin. What was read before then, the plan of a delete had seen."""
TERMINAL = ("deleted", "rejected", "failed", "expired")


class RouteOracles:
    """Judges new routes and deleted ones. `runs`: all runs so far, for the first of two looks."""

    oldest = OLD

    def __init__(self, policy: Policy, runs: list[Any]) -> None:
        self.policy = policy
        self.runs = runs
        self.late = 0
        """Deletes that met another route because the table had been read too long before."""
        self._by_others: dict[tuple[Location, str, str], float] = {}
        """When others last gave a table a route, by its place and destination; epoch seconds."""

    def hear(self, call: Any) -> None:
        """Take note of a route that others make or lead elsewhere."""
        if call.run is None and call.changed and call.action in ("CreateRoute", "ReplaceRoute"):
            where = Location(call.account, call.region)
            cidr = call.params.get("DestinationCidrBlock", "")
            self._by_others[where, call.params["RouteTableId"], cidr] = call.at

    def create(self, saw: SeenByRun, where: Location, params: Any) -> None:
        pcx, table_id = params["VpcPeeringConnectionId"], params["RouteTableId"]
        cidr = canonical(params["DestinationCidrBlock"])
        run = saw.run
        need("S4", self.policy.allows(cidr), run, f"routes {cidr}, outside the allow-list")
        views = saw.peerings(pcx)
        codes = {view["Status"]["Code"] for view in views}
        need("S1", codes & {"provisioning", "active"}, run, f"routes to {pcx}: {codes}")
        reasons = {
            reason
            for table in saw.tables(table_id, where)
            for vpc in saw.vpcs(table["VpcId"], where)
            for reason in self._against(saw, where, pcx, cidr, table, vpc)
        }
        fits = any(
            not list(self._against(saw, where, pcx, cidr, table, vpc))
            for table in saw.tables(table_id, where)
            for vpc in saw.vpcs(table["VpcId"], where)
        )
        first = min(reasons, default="S5 no table or VPC was read")
        need(first.split()[0], fits, run, f"routes {cidr} to {pcx} in {table_id}: {first}")

    def _against(
        self, saw: SeenByRun, where: Location, pcx: str, cidr: str, table: Document, vpc: Document
    ) -> Iterator[str]:
        """Yield what speaks against a new route, by one reading of its table and VPC."""
        tags = say.tags_of(table)
        served = [
            item for item in table["Associations"] if item.get("Main") or item.get("SubnetId")
        ]
        edge = [item for item in table["Associations"] if item.get("GatewayId")]
        if not say.takes_routes(tags) or edge or not served or table["OwnerId"] != where.account:
            yield "S5 the table does not take our routes"
        if say.exempt(say.tags_of(vpc)):
            yield "S5 the VPC is exempt"
        if say.clash(cidr, own_cidrs(vpc)):
            yield "S4 it is our own network"
        for route in table["Routes"]:
            held, target = destination_of(route), target_of(route)
            if held == cidr:
                yield "S3 the table holds that destination"
            elif say.covers(held, cidr) and target != pcx and not self._yields(saw, held, target):
                yield f"S3 it lies inside {held}"
        sides = [
            (own, peer, view)
            for view in saw.peerings(pcx, where)
            for own, peer in sides_of(view)
            if own["VpcId"] == vpc["VpcId"] and place_of(own) == where
        ]
        if not any(sided(self.policy, where, peer, view, vpc) for own, peer, view in sides):
            yield "S1 our side has not agreed"
        if not any(self._may_reach(saw, pcx, cidr, peer, view) for _, peer, view in sides):
            yield "S4 it is not the peer's network, or more of it than our tag names"

    def _may_reach(
        self, saw: SeenByRun, pcx: str, cidr: str, peer: Document, view: Document
    ) -> bool:
        """Whether our view of the peering lets us route exactly this network of the peer."""
        where = place_of(peer)
        theirs = [s for s in saw.all("Subnets", where) if s["VpcId"] == peer["VpcId"]]
        read = [one["CidrBlock"] for one in theirs if where in self.policy.ours]
        held = {part for part in read if inside(part, cidr)}  # a later read may show one more
        tags = say.tags_of(view)
        whole, scope = [*saw.cidrs_of(peer, pcx)], self.policy.scope
        return any(cidr in destinations(tags, whole, parts, scope) for parts in (read, held))

    def _yields(self, saw: SeenByRun, cover: str, target: str) -> bool:
        """Whether a wider route is not in the way: it is listed, or its peering has ended."""
        codes = {view["Status"]["Code"] for view in saw.peerings(target)}
        return cover in self.policy.more_specific_than or bool(codes & set(TERMINAL))

    def delete(
        self, saw: SeenByRun, where: Location, params: Any, state: State, moment: Moment
    ) -> None:
        table_id = params["RouteTableId"]
        cidr, run = canonical(params["DestinationCidrBlock"]), saw.run
        held = [
            (at, table, route)
            for at, table in saw.timed_tables(table_id, where)
            for route in table["Routes"]
            if destination_of(route) == cidr and target_of(route).startswith("pcx-")
        ]
        dead = [entry for entry in held if gone(state, moment, target_of(entry[2]))]
        words = f"deletes {cidr} in {table_id}"
        need("S3", held, run, f"{words}: no route to a peering was shown there")
        need("S2", dead, run, f"{words}: its peering lives")
        at, table, route = dead[-1]
        need(
            "S3",
            moment.now - at <= self.oldest,
            run,
            f"{words}: it read that {moment.now - at:.1f} s ago",
        )
        ours = say.takes_routes(say.tags_of(table)) and not exempt(saw, where, table["VpcId"])
        need("S2", ours, run, f"{words}: not one of our tables")
        pcx = target_of(route)
        if not any(view["Status"]["Code"] in TERMINAL for view in saw.peerings(pcx)):
            self._absent(saw, where, pcx, route, words)
        changed = self._by_others.get((where, table_id, cidr), 0.0)
        shown = any(
            changed < read <= moment.now - WAVE for read, _ in saw.timed_tables(table_id, where)
        )
        late = (changed >= at and not shown) or moment.now - at > LATE
        self._true(where, table_id, cidr, state, moment, late=late, saw=saw)

    def _true(
        self,
        where: Location,
        table_id: str,
        cidr: str,
        state: State,
        moment: Moment,
        *,
        late: bool,
        saw: SeenByRun,
    ) -> None:
        """The route that is really there must be a dead one, unless it came after the reading.

        EC2's DeleteRoute names no target. So it also removes a route that others make in that moment.
        """
        table = state.places[where].tables.get(table_id)
        here = (
            [r for r in table.routes if r.destination == cidr and not r.propagated] if table else []
        )
        lives = any(not leads_to_gone(state, moment, route.target.id) for route in here)
        if lives and (late or saw.run.world.faults.knobs.stale):
            self.late += 1
        elif lives:
            raise Violation("S3", f"{saw.run} deletes {cidr} in {table_id}: it leads elsewhere now")

    def _absent(
        self, saw: SeenByRun, where: Location, pcx: str, route: Document, words: str
    ) -> None:
        """A delete that rests on absence: two looks, both whole, and the brake."""
        run = saw.run
        blackhole = route.get("State") == "blackhole"
        need("S2", blackhole, run, f"{words}: {pcx} is absent, but the route is no blackhole")
        need("S7", saw.misses(pcx, where), run, f"{words}: no whole read misses {pcx}")
        before = self.missed_before(run, pcx, where)
        need("S2", before, run, f"{words}: {pcx} was not missed five minutes ago")
        shown = {view["VpcPeeringConnectionId"] for view in saw.all("VpcPeeringConnections")}
        routes = [
            route
            for table in saw.latest_tables(where)
            for route in table["Routes"]
            if target_of(route).startswith("pcx-")
        ]
        absent = sum(
            target_of(r) not in shown
            and r.get("State") == "blackhole"
            and r["Origin"] == "CreateRoute"
            for r in routes
        )
        held = absent > max(FLOOR, SHARE * len(routes)) or absent >= len(routes) >= ALL_OF
        held = held and not self.policy.lets_go(where, absent)
        need("brake", not held, run, f"{words}: {absent} of {len(routes)} look absent")

    def missed_before(self, run: Any, pcx: str, where: Location) -> bool:
        """Whether another run missed the peering at least five minutes ago."""
        earlier = run.world.scheduler.now - TWO_LOOKS
        return any(
            other.started <= earlier
            and other is not run
            and SeenByRun(other).misses(pcx, where, earlier)
            for other in self.runs
        )
