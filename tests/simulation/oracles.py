"""The promises S1 to S7, judged on every write that reaches the world, before it takes effect.

In: the run that writes, the call, the true state. Out: nothing, or a `Violation`. A write must rest on what
this very run was shown, and on the truth where the truth cannot have changed back. Written from the design:
it imports nothing of Peerkeeper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.simulation import policy as say
from tests.simulation.desired import ALL_OF, FLOOR, SHARE, gone
from tests.simulation.documents import Document
from tests.simulation.policy import Policy
from tests.simulation.rows import State
from workbench.semantics.limits import Moment
from workbench.semantics.location import Location
from workbench.semantics.networks import canonical

SLOWEST_CALL = 39.0
"""Seconds: three attempts of 13 s. Less left than that, and a call may outlive the invocation."""
TWO_LOOKS = 300.0
LATE = 2.0
"""Seconds: a delete this long after its table was read may meet another route. See decision 7."""
LONGEST_LAG = 300.0
TERMINAL = ("deleted", "rejected", "failed", "expired")
RIGHTS = {
    "AcceptVpcPeeringConnection": "connect_peerings",
    "CreateRoute": "connect_peerings",
    "ModifyVpcPeeringConnectionOptions": "connect_peerings",
    "DeleteRoute": "clean_routes",
    "ModifyVpcAttribute": "configure_vpcs",
    "ModifySubnetAttribute": "configure_vpcs",
}


class Violation(BaseException):
    """A promise is broken. Not an Exception: no handler may catch it."""

    def __init__(self, promise: str, words: str) -> None:
        super().__init__(f"{promise}: {words}")
        self.promise = promise


class Safety:
    """Judges every write of one world."""

    def __init__(self, policy: Policy, runs: list[Any]) -> None:
        self.policy = policy
        self.runs = runs
        self.late = 0
        """Deletes that met another route because the table had been read too long before."""

    def judge(
        self, run: Any, where: Location, action: str, params: Any, state: State, moment: Moment
    ) -> None:
        """Raise Violation if this write breaks a promise."""
        self._need("S5", RIGHTS.get(action) == run.function.folder.name, run, action)
        self._need("S5", where in self.policy.ours, run, f"{action} in {where}")
        self._need("S6", self.policy.mode != "observe", run, action)
        off = action == "DeleteRoute" or not params.get("MapPublicIpOnLaunch", {"Value": 1})["Value"]
        self._need("S6", self.policy.mode == "full" or not off, run, f"{action} in add-only")
        self._need("deadline", run.remaining >= SLOWEST_CALL, run, f"{action} after the deadline")
        self._need("L5", not self._made_before(run, where, action, params), run, f"{action} twice")
        told = Told(run)
        match action:
            case "AcceptVpcPeeringConnection":
                self._accept(told, where, params)
            case "CreateRoute":
                self._create(told, where, params)
            case "DeleteRoute":
                self._delete(told, where, params, state, moment)
            case "ModifyVpcPeeringConnectionOptions":
                self._option(told, where, params)
            case "ModifyVpcAttribute":
                self._vpc(told, where, params)
            case _:
                self._subnet(told, where, params)

    def _need(self, promise: str, holds: object, run: Any, words: str) -> None:
        if not holds:
            raise Violation(promise, f"{run} {words}")

    def _made_before(self, run: Any, where: Location, action: str, params: Any) -> bool:
        """Whether this run has made this very change already, and knows it."""
        if run.world.faults.lost:
            return False
        return any(
            (call.region, call.action, call.params) == (where.region, action, params) and call.changed
            for call in run.writes
        )

    def _exempt_long(self, run: Any, where: Location, vpc: str) -> bool:
        """Whether the VPC has been exempt for longer than any read may lag."""
        tags = run.world.state_at(run.started - LONGEST_LAG).places[where].tags
        now = run.world.now.places[where].tags
        return say.exempt(tags.get(vpc, {})) and say.exempt(now.get(vpc, {}))

    # --- S1 ---

    def _accept(self, told: Told, where: Location, params: Any) -> None:
        pcx = params["VpcPeeringConnectionId"]
        fits = any(
            self._acceptable(where, view, vpc)
            for view in told.peerings(pcx, where)
            for vpc in told.vpcs(view["AccepterVpcInfo"]["VpcId"], where)
        )
        self._need("S1", fits, told.run, f"accepts {pcx}, which nothing it was shown approves")

    def _acceptable(self, where: Location, view: Document, vpc: Document) -> bool:
        requester, accepter = view["RequesterVpcInfo"], view["AccepterVpcInfo"]
        peer = _place(requester)
        cidrs = _cidrs(requester)
        vpc_tags = say.tags_of(vpc)
        return (
            view["Status"]["Code"] == "pending-acceptance"
            and _place(accepter) == where
            and not say.exempt(vpc_tags)
            and say.agreed(
                self.policy,
                where,
                peer,
                requester["VpcId"],
                vpc_tags,
                say.tags_of(view),
                accepting=True,
            )
            and bool(cidrs)
            and say.allowed(cidrs[0])
            and not any(say.clash(cidr, _own_cidrs(vpc)) for cidr in cidrs)
            and "MultipathResilienceStatus" not in view
        )

    # --- S1, S3, S4 ---

    def _create(self, told: Told, where: Location, params: Any) -> None:
        pcx, table_id = params["VpcPeeringConnectionId"], params["RouteTableId"]
        cidr = canonical(params["DestinationCidrBlock"])
        run = told.run
        self._need("S4", say.allowed(cidr), run, f"routes {cidr}, outside the allow-list")
        views = told.peerings(pcx)
        codes = {view["Status"]["Code"] for view in views}
        self._need("S1", codes & {"provisioning", "active"}, run, f"routes to {pcx}: {codes}")
        reasons = {
            reason
            for table in told.tables(table_id, where)
            for vpc in told.vpcs(table["VpcId"], where)
            for reason in self._against(told, where, pcx, cidr, table, vpc)
        }
        fits = any(
            not list(self._against(told, where, pcx, cidr, table, vpc))
            for table in told.tables(table_id, where)
            for vpc in told.vpcs(table["VpcId"], where)
        )
        first = min(reasons, default="S5 no table or VPC was read")
        self._need(first.split()[0], fits, run, f"routes {cidr} to {pcx} in {table_id}: {first}")

    def _against(
        self, told: Told, where: Location, pcx: str, cidr: str, table: Document, vpc: Document
    ) -> Iterator[str]:
        """Yield what speaks against a new route, by one reading of its table and VPC."""
        tags = say.tags_of(table)
        served = [item for item in table["Associations"] if item.get("Main") or item.get("SubnetId")]
        edge = [item for item in table["Associations"] if item.get("GatewayId")]
        if not say.takes_routes(tags) or edge or not served or table["OwnerId"] != where.account:
            yield "S5 the table takes no routes of ours"
        if say.exempt(say.tags_of(vpc)):
            yield "S5 the VPC is exempt"
        if say.clash(cidr, _own_cidrs(vpc)):
            yield "S4 it is our own network"
        for route in table["Routes"]:
            held, target = _destination(route), _target(route)
            if held == cidr:
                yield "S3 the table holds that destination"
            elif say.covers(held, cidr) and target != pcx and not self._yields(told, held, target):
                yield f"S3 it lies inside {held}"
        sides = [
            (own, peer, view)
            for view in told.peerings(pcx, where)
            for own, peer in _sides(view)
            if own["VpcId"] == vpc["VpcId"] and _place(own) == where
        ]
        if not any(self._sided(where, own, peer, view, vpc) for own, peer, view in sides):
            yield "S1 our side has not agreed"
        theirs = {c for own, peer, _ in sides for c in told.cidrs_of(peer, pcx)}
        if cidr not in theirs:
            yield "S4 it is not the peer's network"

    def _yields(self, told: Told, cover: str, target: str) -> bool:
        """Whether a wider route is not in the way: it is listed, or its peering is gone."""
        codes = {view["Status"]["Code"] for view in told.peerings(target)}
        return cover in self.policy.more_specific_than or bool(codes & set(TERMINAL))

    def _sided(
        self, where: Location, own: Document, peer: Document, view: Document, vpc: Document
    ) -> bool:
        tags = (say.tags_of(vpc), say.tags_of(view))
        there = _place(peer)
        return say.agreed(self.policy, where, there, peer["VpcId"], *tags, accepting=False)

    # --- S2, S3, S7 ---

    def _delete(
        self, told: Told, where: Location, params: Any, state: State, moment: Moment
    ) -> None:
        table_id = params["RouteTableId"]
        cidr, run = canonical(params["DestinationCidrBlock"]), told.run
        held = [
            (at, table, route)
            for at, table in told.timed_tables(table_id, where)
            for route in table["Routes"]
            if _destination(route) == cidr and _target(route).startswith("pcx-")
        ]
        dead = [entry for entry in held if gone(state, moment, _target(entry[2]))]
        words = f"deletes {cidr} in {table_id}"
        self._need("S3", held, run, f"{words}: no route to a peering was shown there")
        self._need("S2", dead, run, f"{words}: its peering lives")
        at, table, route = dead[-1]
        ours = say.takes_routes(say.tags_of(table)) and not self._exempt(told, table, where)
        self._need("S2", ours, run, f"{words}: not a table of ours")
        pcx = _target(route)
        if not any(view["Status"]["Code"] in TERMINAL for view in told.peerings(pcx)):
            self._absent(told, where, pcx, route, words)
        self._true(where, table_id, cidr, state, moment, late=moment.now - at > LATE, told=told)

    def _true(
        self,
        where: Location,
        table_id: str,
        cidr: str,
        state: State,
        moment: Moment,
        *,
        late: bool,
        told: Told,
    ) -> None:
        """The route that is really there must be a dead one, unless the reading is too old to know."""
        table = state.places[where].tables.get(table_id)
        here = [r for r in table.routes if r.destination == cidr and not r.propagated] if table else []
        lives = any(not gone(state, moment, route.target.id) for route in here)
        if lives and (late or told.run.world.faults.knobs.stale):
            self.late += 1
        elif lives:
            raise Violation("S3", f"{told.run} deletes {cidr} in {table_id}: it leads elsewhere now")

    def _exempt(self, told: Told, table: Document, where: Location) -> bool:
        if self._exempt_long(told.run, where, table["VpcId"]):
            return True
        vpcs = told.vpcs(table["VpcId"], where)
        return bool(vpcs) and all(say.exempt(say.tags_of(vpc)) for vpc in vpcs)

    def _absent(
        self, told: Told, where: Location, pcx: str, route: Document, words: str
    ) -> None:
        """A delete that rests on absence: two looks, both whole, and the brake."""
        run = told.run
        blackhole = route.get("State") == "blackhole"
        self._need("S2", blackhole, run, f"{words}: {pcx} is absent, but the route is no blackhole")
        self._need("S7", told.misses(pcx, where), run, f"{words}: no whole read misses {pcx}")
        earlier = run.world.scheduler.now - TWO_LOOKS
        before = any(
            other.started <= earlier and other is not run and Told(other).misses(pcx, where, earlier)
            for other in self.runs
        )
        self._need("S2", before, run, f"{words}: {pcx} was not missed five minutes ago")
        shown = {view["VpcPeeringConnectionId"] for view in told.all("VpcPeeringConnections")}
        routes = [
            route
            for table in told.latest_tables(where)
            for route in table["Routes"]
            if _target(route).startswith("pcx-")
        ]
        absent = sum(_target(r) not in shown and r.get("State") == "blackhole" for r in routes)
        held = absent > max(FLOOR, SHARE * len(routes)) or absent >= len(routes) >= ALL_OF
        self._need("brake", not held, run, f"{words}: {absent} of {len(routes)} look absent")

    # --- options and attributes ---

    def _option(self, told: Told, where: Location, params: Any) -> None:
        pcx = params["VpcPeeringConnectionId"]
        said = {k: v for k, v in params.items() if k.endswith("Options")}
        only = list(said.values()) == [{"AllowDnsResolutionFromRemoteVpc": True}]
        self._need("S5", only, told.run, f"sets more than one DNS option: {said}")
        side = "RequesterVpcInfo" if "Requester" in next(iter(said)) else "AccepterVpcInfo"
        other = {"RequesterVpcInfo": "AccepterVpcInfo"}.get(side, "RequesterVpcInfo")
        fits = any(
            view["Status"]["Code"] == "active"
            and _place(view[side]) == where
            and not say.exempt(say.tags_of(vpc))
            and self._sided(where, view[side], view[other], view, vpc)
            for view in told.peerings(pcx, where)
            for vpc in told.vpcs(view[side]["VpcId"], where)
        )
        self._need("S1", fits, told.run, f"sets options of {pcx}, which is not ours and active")

    def _vpc(self, told: Told, where: Location, params: Any) -> None:
        ours = [v for v in told.vpcs(params["VpcId"], where) if v["OwnerId"] == where.account]
        fits = any(not say.exempt(say.tags_of(vpc)) for vpc in ours)
        on = [v["Value"] for k, v in params.items() if k.startswith("EnableDns")] == [True]
        self._need("S5", fits and on, told.run, f"changes {params['VpcId']}, which is not ours")

    def _subnet(self, told: Told, where: Location, params: Any) -> None:
        shown = [s for s in told.all("Subnets", where) if s["SubnetId"] == params["SubnetId"]]
        fits = any(
            subnet["OwnerId"] == where.account
            and not say.exempt(say.tags_of(subnet))
            and not self._exempt(told, subnet, where)
            for subnet in shown
        )
        self._need("S5", fits, told.run, f"changes {params['SubnetId']}, which is not ours")


class Told:
    """What one run was shown, found by id. In: a run. Out: documents, in the order they came."""

    def __init__(self, run: Any) -> None:
        self.run = run

    def all(self, kind: str, where: Location | None = None) -> list[Document]:
        return [document for _, document in self._timed(kind, where)]

    def _timed(self, kind: str, where: Location | None) -> list[tuple[float, Document]]:
        return [
            (at, document)
            for at, place, _, _, reply in self.run.served
            if (where is None or place == where) and kind in reply
            for document in reply[kind]
        ]

    def peerings(self, pcx: str, where: Location | None = None) -> list[Document]:
        """Return the views of a peering, those that accept replied with among them."""
        shown = self.all("VpcPeeringConnections", where)
        shown += [
            reply["VpcPeeringConnection"]
            for _, place, _, _, reply in self.run.served
            if (where is None or place == where) and "VpcPeeringConnection" in reply
        ]
        return [view for view in shown if view["VpcPeeringConnectionId"] == pcx]

    def vpcs(self, vpc: str, where: Location) -> list[Document]:
        return [document for document in self.all("Vpcs", where) if document["VpcId"] == vpc]

    def tables(self, table: str, where: Location) -> list[Document]:
        return [document for _, document in self.timed_tables(table, where)]

    def timed_tables(self, table: str, where: Location) -> list[tuple[float, Document]]:
        return [(t, d) for t, d in self._timed("RouteTables", where) if d["RouteTableId"] == table]

    def latest_tables(self, where: Location) -> list[Document]:
        return list({d["RouteTableId"]: d for d in self.all("RouteTables", where)}.values())

    def cidrs_of(self, peer: Document, pcx: str) -> list[str]:
        """Return the peer's networks, as any view of the peering or its own VPC shows them."""
        found = [c for v in self.peerings(pcx) for side in _sides(v) for c in _cidrs_if(side[0], peer)]
        for vpc in self.all("Vpcs", _place(peer)):
            found += _own_cidrs(vpc) if vpc["VpcId"] == peer["VpcId"] else []
        return found

    def misses(self, pcx: str, where: Location, until: float = float("inf")) -> bool:
        """Whether a read of peerings came whole, would have shown this one, and did not."""
        pages: dict[str, list[tuple[bool, bool, set[str]]]] = {}
        for at, place, action, params, reply in self.run.served:
            if place == where and action == "DescribeVpcPeeringConnections" and at <= until:
                ids = {view["VpcPeeringConnectionId"] for view in reply["VpcPeeringConnections"]}
                first, last = "NextToken" not in params, "NextToken" not in reply
                pages.setdefault(repr(params.get("Filters")), []).append((first, last, ids))
        whole = [read for asked, read in pages.items() if _covers(asked, pcx)]
        return any(
            read[0][0] and read[-1][1] and not any(pcx in ids for _, _, ids in read)
            for read in whole
        )


def _covers(asked: str, pcx: str) -> bool:
    """Whether a read with these filters would show the peering; a read by VPC would, for its VPC."""
    return asked in ("[]", "()") or pcx in asked or "vpc-info.vpc-id" in asked


def _place(info: Document) -> Location:
    return Location(info["OwnerId"], info["Region"])


def _sides(view: Document) -> Iterator[tuple[Document, Document]]:
    yield view["RequesterVpcInfo"], view["AccepterVpcInfo"]
    yield view["AccepterVpcInfo"], view["RequesterVpcInfo"]


def _cidrs(info: Document) -> list[str]:
    return [item["CidrBlock"] for item in info.get("CidrBlockSet", ())]


def _cidrs_if(info: Document, wanted: Document) -> list[str]:
    return _cidrs(info) if info["VpcId"] == wanted["VpcId"] else []


def _own_cidrs(vpc: Document) -> list[str]:
    return [item["CidrBlock"] for item in vpc["CidrBlockAssociationSet"]]


def _destination(route: Document) -> str:
    return str(route.get("DestinationCidrBlock") or route.get("DestinationPrefixListId") or "::/0")


def _target(route: Document) -> str:
    return str(route.get("VpcPeeringConnectionId") or route.get("GatewayId") or "other")
