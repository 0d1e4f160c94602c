"""The promise S9, judged on every write to a VPC endpoint: only what its own tag asks for is added.

In: what the run was shown, the call. Out: nothing, or a `Violation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator import policy as say
from simulator.documents import Document
from simulator.policy import Policy
from simulator.seen_by_run import SeenByRun, target_of
from simulator.verdict import need
from simulator.wanted_endpoints import PRIVATE_DNS, TABLES


class EndpointOracles:
    """Judges what is added to endpoints."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def judge(self, saw: SeenByRun, where: Location, params: Any) -> None:
        """Raise Violation unless the call adds one table, or turns private DNS on, as a tag asks."""
        run, id_ = saw.run, params["VpcEndpointId"]
        asked = {name: value for name, value in params.items() if name != "VpcEndpointId"}
        tables = asked.get("AddRouteTableIds", ())
        only = asked == {"PrivateDnsEnabled": True} or (len(tables) == 1 and len(asked) == 1)
        need("S9", only, run, f"sends {asked} of {id_}")
        need("S9", self.policy.endpoints == "keep", run, f"changes {id_} with Endpoints unset")
        shown = saw.all("VpcEndpoints", where)
        views = [one for one in shown if one["VpcEndpointId"] == id_]
        key = TABLES if tables else PRIVATE_DNS
        willing = [one for one in views if self._willing(saw, where, one, key)]
        need("S9", willing, run, f"changes {id_}, which no view of it asks for")
        if tables:
            (table,) = tables
            against = [set(self._against(saw, where, one, table, shown)) for one in willing]
            need("S9", not all(against), run, f"adds {table} to {id_}: {against}")

    def _willing(self, saw: SeenByRun, where: Location, view: Document, key: str) -> bool:
        tags = say.tags_of(view)
        said = say.meant(tags, key)
        words = ("private", "all") if key == TABLES else ("on",)
        kind = "Gateway" if key == TABLES else "Interface"
        vpcs = saw.vpcs(view["VpcId"], where)
        return (
            view["State"] == "available"
            and view["VpcEndpointType"] == kind
            and key in tags
            and len(said) == 1
            and said[0] in words
            and any(not say.exempt(say.tags_of(vpc)) for vpc in vpcs)
        )

    def _against(
        self, saw: SeenByRun, where: Location, view: Document, table_id: str, shown: list[Document]
    ) -> Iterator[str]:
        """Yield what speaks against the table, by every view of it that the run was shown."""
        views = saw.tables(table_id, where)
        if not any(self._takes(saw, where, table, view) for table in views):
            yield "the table is not ours to change, serves nothing, or is public"
        alike = [one for one in shown if one["ServiceName"] == view["ServiceName"]]
        ids = {one["VpcEndpointId"] for one in alike if one["VpcId"] == view["VpcId"]}
        routed = [any(target_of(route) in ids for route in table["Routes"]) for table in views]
        if all(routed):
            yield "the table has a way to the service"

    def _serves_as_main(self, saw: SeenByRun, where: Location, table: Document) -> bool:
        """Whether it is main, and the run was shown a subnet without its own table, or that there is none."""
        vpc = table["VpcId"]
        asked = any(
            action == "DescribeSubnets" and place == where
            for _, place, action, _, _ in saw.run.served
        )
        tables = [one for one in saw.all("RouteTables", where) if one["VpcId"] == vpc]
        taken = {item.get("SubnetId") for one in tables for item in one["Associations"]}
        subnets = {one["SubnetId"] for one in saw.all("Subnets", where) if one["VpcId"] == vpc}
        main = any(one.get("Main") for one in table["Associations"])
        return main and asked and (not subnets or bool(subnets - taken))

    def _takes(self, saw: SeenByRun, where: Location, table: Document, view: Document) -> bool:
        own = any(one.get("SubnetId") for one in table["Associations"])
        used = own or self._serves_as_main(saw, where, table)
        edge = [one for one in table["Associations"] if one.get("GatewayId")]
        public = any(target_of(route).startswith("igw-") for route in table["Routes"])
        private = say.tags_of(view).get(TABLES) == "private"
        ours = say.takes_routes(say.tags_of(table)) and table["VpcId"] == view["VpcId"]
        return used and not edge and ours and not (private and public)
