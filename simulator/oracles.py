"""The promises S1 to S7, judged on every write that reaches the world, before it takes effect.

In: the run that writes, the call, the true state. Out: nothing, or a `Violation`. A write must rest on what
this very run was shown, and on the truth where the truth cannot have changed back. Written from the design:
it imports nothing of Peerkeeper.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from simulator import policy as say
from simulator.destinations import destinations
from simulator.documents import Document
from simulator.endpoint_oracles import EndpointOracles
from simulator.known import exempt, sided
from simulator.policy import Policy
from simulator.room import shown_without_room
from simulator.route_oracles import TWO_LOOKS, RouteOracles
from simulator.rows import State
from simulator.seen_by_run import SeenByRun, own_cidrs, place_of, shown_cidrs, sides_of
from simulator.verdict import need

SLOWEST_CALL = 39.0
"""Seconds: three attempts of 13 s. Less left than that, and a call may outlive the invocation."""
RIGHTS = {
    "AcceptVpcPeeringConnection": "connect_peerings",
    "CreateRoute": "connect_peerings",
    "CreateTags": "connect_peerings",
    "ModifyVpcPeeringConnectionOptions": "connect_peerings",
    "DeleteRoute": "clean_routes",
    "ModifyVpcAttribute": "configure_vpcs",
    "ModifySubnetAttribute": "configure_vpcs",
    "ModifyVpcEndpoint": "keep_endpoints",
}


class Safety:
    """Judges every write of one world."""

    def __init__(self, policy: Policy, runs: list[Any]) -> None:
        self.policy = policy
        self.routes = RouteOracles(policy, runs)
        self.endpoints = EndpointOracles(policy)

    def judge(
        self, run: Any, where: Location, action: str, params: Any, state: State, moment: Moment
    ) -> None:
        """Raise Violation if this write breaks a promise."""
        need("S5", RIGHTS.get(action) == run.function.folder.name, run, action)
        need("S5", where in self.policy.ours, run, f"{action} in {where}")
        need("S6", self.policy.mode != "observe", run, action)
        off = (
            action == "DeleteRoute" or not params.get("MapPublicIpOnLaunch", {"Value": 1})["Value"]
        )
        need("S6", self.policy.mode == "full" or not off, run, f"{action} in add-only")
        need("deadline", run.remaining >= SLOWEST_CALL, run, f"{action} after the deadline")
        need("L5", not self._made_before(run, where, action, params), run, f"{action} twice")
        saw = SeenByRun(run)
        match action:
            case "AcceptVpcPeeringConnection":
                self._accept(saw, where, params)
            case "CreateRoute":
                self.routes.create(saw, where, params)
            case "DeleteRoute":
                self.routes.delete(saw, where, params, state, moment)
            case "ModifyVpcPeeringConnectionOptions":
                self._option(saw, where, params)
            case "CreateTags":
                self._tag(saw, where, params)
            case "ModifyVpcEndpoint":
                self.endpoints.judge(saw, where, params)
            case "ModifyVpcAttribute":
                self._vpc(saw, where, params)
            case _:
                self._subnet(saw, where, params)

    def hear(self, call: Any) -> None:
        """Take note of a call, also of other people's."""
        self.routes.hear(call)

    def _made_before(self, run: Any, where: Location, action: str, params: Any) -> bool:
        """Whether this run has made this very change already, and knows it."""
        if run.world.faults.lost:
            return False
        return any(
            (call.account, call.region) == (where.account, where.region)
            and (call.action, call.params) == (action, params)
            and call.changed
            for call in run.writes
        )

    def _accept(self, saw: SeenByRun, where: Location, params: Any) -> None:
        pcx = params["VpcPeeringConnectionId"]
        fits = any(
            self._acceptable(where, view, vpc)
            for view in saw.peerings(pcx, where)
            for vpc in saw.vpcs(view["AccepterVpcInfo"]["VpcId"], where)
        )
        need("S1", fits, saw.run, f"accepts {pcx}, which nothing it was shown approves")
        if self.policy.quota_check == "hold":
            for place in self.policy.ours:
                if any(call[1:3] == (place, "DescribeRouteTables") for call in saw.run.unread):
                    continue  # it was not shown all tables
                full = [self._without_room(saw, place, one) for one in saw.peerings(pcx, place)]
                room = not full or not all(full)
                need("S10", room, saw.run, f"accepts {pcx}, and {full} has no room")

    def _without_room(self, saw: SeenByRun, where: Location, view: Document) -> str:
        """Return a table of a side here that has no room for what this view of the request lets us route."""
        for own, peer in sides_of(view):
            if place_of(own) == where and self._is_routed(saw, where, view, own, peer):
                there = place_of(peer)
                known = saw.subnets_of(peer["VpcId"], there) if there in self.policy.ours else []
                parts = [one["CidrBlock"] for one in known]
                cidrs = shown_cidrs(peer) or {*saw.cidrs_of(peer, view["VpcPeeringConnectionId"])}
                scope = self.policy.scope
                theirs = destinations(say.tags_of(view), cidrs, parts, scope)
                theirs = [*filter(self.policy.allows, theirs)]
                if full := shown_without_room(saw, where, own["VpcId"], theirs):
                    return full
        return ""

    def _is_routed(
        self, saw: SeenByRun, where: Location, view: Document, own: Document, peer: Document
    ) -> bool:
        """Whether our side is to be routed, by all that was shown of its VPC; the accepter's side is."""
        if own is view["AccepterVpcInfo"]:
            return True
        shown = saw.vpcs(own["VpcId"], where)
        agree = [sided(self.policy, where, peer, view, vpc) for vpc in shown]
        return bool(agree) and all(agree) and not any(say.exempt(say.tags_of(one)) for one in shown)

    def _acceptable(self, where: Location, view: Document, vpc: Document) -> bool:
        requester, accepter = view["RequesterVpcInfo"], view["AccepterVpcInfo"]
        peer = place_of(requester)
        cidrs = shown_cidrs(requester)
        vpc_tags = say.tags_of(vpc)
        return (
            view["Status"]["Code"] == "pending-acceptance"
            and place_of(accepter) == where
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
            and self.policy.allows(cidrs[0])
            and not any(say.clash(cidr, own_cidrs(vpc)) for cidr in cidrs)
            and "MultipathResilienceStatus" not in view
        )

    def _option(self, saw: SeenByRun, where: Location, params: Any) -> None:
        pcx = params["VpcPeeringConnectionId"]
        said = {k: v for k, v in params.items() if k.endswith("Options")}
        only = list(said.values()) == [{"AllowDnsResolutionFromRemoteVpc": True}]
        need("S5", only, saw.run, f"sets more than one DNS option: {said}")
        side = "RequesterVpcInfo" if "Requester" in next(iter(said)) else "AccepterVpcInfo"
        other = {"RequesterVpcInfo": "AccepterVpcInfo"}.get(side, "RequesterVpcInfo")
        fits = any(
            view["Status"]["Code"] == "active"
            and place_of(view[side]) == where
            and not say.exempt(say.tags_of(vpc))
            and not say.leaves_dns(say.tags_of(vpc))
            and sided(self.policy, where, view[other], view, vpc)
            for view in saw.peerings(pcx, where)
            for vpc in saw.vpcs(view[side]["VpcId"], where)
        )
        need("S1", fits, saw.run, f"sets options of {pcx}, which is not ours and active")

    def _tag(self, saw: SeenByRun, where: Location, params: Any) -> None:
        keys = [tag["Key"] for tag in params["Tags"]]
        need("S5", keys == ["peerkeeper:status"], saw.run, f"sets the tags {keys}")
        (pcx,) = params["Resources"]
        ours = any(
            where in map(place_of, (view["RequesterVpcInfo"], view["AccepterVpcInfo"]))
            for view in saw.peerings(pcx, where)
        )
        need("S5", ours, saw.run, f"tags {pcx}, which it was not shown")

    def _vpc(self, saw: SeenByRun, where: Location, params: Any) -> None:
        ours = [v for v in saw.vpcs(params["VpcId"], where) if v["OwnerId"] == where.account]
        fits = any(not say.exempt(say.tags_of(vpc)) for vpc in ours)
        on = [v["Value"] for k, v in params.items() if k.startswith("EnableDns")] == [True]
        need("S5", fits and on, saw.run, f"changes {params['VpcId']}, which is not ours")
        asked = any(say.asks_for_dns(self.policy, say.tags_of(vpc)) for vpc in ours)
        need("S8", asked, saw.run, f"sets DNS of {params['VpcId']}, which nothing asks for")

    def _subnet(self, saw: SeenByRun, where: Location, params: Any) -> None:
        shown = [s for s in saw.all("Subnets", where) if s["SubnetId"] == params["SubnetId"]]
        fits = any(
            subnet["OwnerId"] == where.account
            and not say.exempt(say.tags_of(subnet))
            and not exempt(saw, where, subnet["VpcId"])
            for subnet in shown
        )
        need("S5", fits, saw.run, f"changes {params['SubnetId']}, which is not ours")
        asked = any(
            say.asks_for_public_ip(self.policy, say.tags_of(vpc))
            for subnet in shown
            for vpc in saw.vpcs(subnet["VpcId"], where)
        )
        need("S8", asked, saw.run, f"switches {params['SubnetId']}, which nothing asks for")
        if self.policy.subnet_public_ip != "never":
            self._twice(saw, where, params)

    def _twice(self, saw: SeenByRun, where: Location, params: Any) -> None:
        """A switch that follows a route: two looks, five minutes apart, at the same table."""
        subnet, wanted = params["SubnetId"], params["MapPublicIpOnLaunch"]["Value"]
        now = saw.ways_out(subnet, where)
        need("S8", (None, wanted) in {(None, leads) for _, leads in now}, saw.run, "is not so now")
        earlier = saw.run.world.scheduler.now - TWO_LOOKS
        before = {
            way
            for other in self.routes.runs
            if other.started <= earlier and other is not saw.run
            for way in SeenByRun(other).ways_out(subnet, where, earlier)
        }
        held = {way for way in now if way[1] == wanted} & before
        need("S8", held, saw.run, f"switches {subnet}, which no earlier look saw so")
