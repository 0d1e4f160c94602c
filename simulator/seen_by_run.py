"""What one run was shown, found by id. In: a run. Out: documents, in the order they came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator.documents import Document


class SeenByRun:
    """What one run was shown, found by id. In: a run. Out: documents, in the order they came."""

    def __init__(self, run: Any) -> None:
        self.run = run

    def all(self, kind: str, where: Location | None = None) -> list[Document]:
        return [document for _, document in self._timed(kind, where)]

    def subnets_of(self, vpc: str, where: Location) -> list[Document]:
        """Return the subnets of a VPC; none if a read of them broke off between two pages."""
        pages = [
            (params, reply)
            for _, place, action, params, reply in self.run.served
            if place == where and action == "DescribeSubnets"
        ]
        promised = sum("NextToken" in reply for _, reply in pages)
        if promised != sum("NextToken" in params for params, _ in pages):
            return []
        return [subnet for subnet in self.all("Subnets", where) if subnet["VpcId"] == vpc]

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
        found = [
            c for v in self.peerings(pcx) for side in sides_of(v) for c in cidrs_if(side[0], peer)
        ]
        for vpc in self.all("Vpcs", place_of(peer)):
            found += own_cidrs(vpc) if vpc["VpcId"] == peer["VpcId"] else []
        return found

    def ways_out(
        self, subnet: str, where: Location, until: float = float("inf")
    ) -> set[tuple[str, bool]]:
        """Return (table, whether it leads to the internet) of each table that was shown to route it.

        If a table was shown both with the subnet and without it, the main table may route it as well.
        """
        vpcs = {s["VpcId"] for s in self.all("Subnets", where) if s["SubnetId"] == subnet}
        shown = [
            table
            for at, table in self._timed("RouteTables", where)
            if at <= until and table["VpcId"] in vpcs
        ]
        own = [t for t in shown if any(a.get("SubnetId") == subnet for a in t["Associations"])]
        without = {t["RouteTableId"] for t in shown if t not in own}
        mains = [t for t in shown if any(a.get("Main") for a in t["Associations"])]
        mains = mains if {t["RouteTableId"] for t in own} <= without else []
        return {(table["RouteTableId"], leads_out(table)) for table in (*own, *mains)}

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


def leads_out(table: Document) -> bool:
    """Whether the table's default route leads to an internet gateway; no scenario has other ways out."""
    return any(
        route.get("DestinationCidrBlock") == "0.0.0.0/0"
        and target_of(route).startswith("igw-")
        and route.get("State") == "active"
        for route in table["Routes"]
    )


def _covers(asked: str, pcx: str) -> bool:
    """Whether a read with these filters would show the peering; a read by VPC would, for its VPC."""
    return asked in ("[]", "()") or pcx in asked or "vpc-info.vpc-id" in asked


def place_of(info: Document) -> Location:
    return Location(info["OwnerId"], info["Region"])


def sides_of(view: Document) -> Iterator[tuple[Document, Document]]:
    yield view["RequesterVpcInfo"], view["AccepterVpcInfo"]
    yield view["AccepterVpcInfo"], view["RequesterVpcInfo"]


def shown_cidrs(info: Document) -> list[str]:
    return [item["CidrBlock"] for item in info.get("CidrBlockSet", ())]


def cidrs_if(info: Document, wanted: Document) -> list[str]:
    return shown_cidrs(info) if info["VpcId"] == wanted["VpcId"] else []


def own_cidrs(vpc: Document) -> list[str]:
    return [item["CidrBlock"] for item in vpc["CidrBlockAssociationSet"]]


def destination_of(route: Document) -> str:
    return str(route.get("DestinationCidrBlock") or route.get("DestinationPrefixListId") or "::/0")


def target_of(route: Document) -> str:
    return str(route.get("VpcPeeringConnectionId") or route.get("GatewayId") or "other")
