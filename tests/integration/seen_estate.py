"""The large estate as EC2's describes show it, read once. In: a stage. Out: documents by id."""

from __future__ import annotations

from typing import Any

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.places import ACCOUNTS, FOREIGN, REGIONS
from peerkeeper_local.seeds.estate.stage import EstateStage
from peerkeeper_local.seeds.estate.vpc import Vpc

PLACES = tuple((account, region) for account in (*ACCOUNTS, *FOREIGN) for region in REGIONS)
LISTED = {
    "Vpcs": "describe_vpcs",
    "Subnets": "describe_subnets",
    "RouteTables": "describe_route_tables",
    "VpcPeeringConnections": "describe_vpc_peering_connections",
    "InternetGateways": "describe_internet_gateways",
    "NatGateways": "describe_nat_gateways",
    "NetworkInterfaces": "describe_network_interfaces",
    "PrefixLists": "describe_managed_prefix_lists",
    "SecurityGroups": "describe_security_groups",
    "NetworkAcls": "describe_network_acls",
}


def described(stage: EstateStage) -> dict[tuple[str, str], dict[str, list[dict[str, Any]]]]:
    """All that each account sees in each region."""
    return {
        (account, region): {
            name: getattr(stage.ec2(region, account), call)()[name] for name, call in LISTED.items()
        }
        for account, region in PLACES
    }


class SeenEstate:
    """What EC2 shows, and what the estate says of it."""

    def __init__(self, stage: EstateStage) -> None:
        self.stage = stage
        self.estate = stage.estate
        self.shown = described(stage)
        self._tables = {
            table["RouteTableId"]: table
            for lists in self.shown.values()
            for table in lists["RouteTables"]
        }
        self._vpcs = {vpc["VpcId"]: vpc for lists in self.shown.values() for vpc in lists["Vpcs"]}

    def vpc(self, vpc: Vpc) -> dict[str, Any]:
        return self._vpcs[vpc.id]

    def peering(self, pcx: str, side: Vpc) -> dict[str, Any] | None:
        """The peering as the account of that side sees it in its region."""
        lists = self.shown[side.plan.account, side.plan.region]
        found = (p for p in lists["VpcPeeringConnections"] if p["VpcPeeringConnectionId"] == pcx)
        return next(found, None)

    def statuses(self, kind: Kind) -> set[tuple[str | None, str | None]]:
        """The status of each of the kind, as requester and accepter see it."""
        return {
            tuple(
                shown["Status"]["Code"] if (shown := self.peering(pcx, side)) else None
                for side in self.estate.sides(pcx)
            )
            for pcx in self.estate.kinds[kind]
        }

    def used(self, vpc: Vpc) -> set[str]:
        """The tables that its subnets use."""
        own = [t for t in self._tables.values() if t["VpcId"] == vpc.id]
        by_subnet = {a["SubnetId"]: t for t in own for a in t["Associations"] if "SubnetId" in a}
        (main,) = (t for t in own if any(a.get("Main") for a in t["Associations"]))
        subnets = self.shown[vpc.plan.account, vpc.plan.region]["Subnets"]
        return {
            by_subnet.get(subnet["SubnetId"], main)["RouteTableId"]
            for subnet in subnets
            if subnet["VpcId"] == vpc.id
        }

    def routes(self, vpc: Vpc) -> list[tuple[str, dict[str, Any]]]:
        """Every route of its tables, with the table."""
        return [
            (name, route)
            for name, table in self._tables.items()
            if table["VpcId"] == vpc.id
            for route in table["Routes"]
        ]

    def routed(self, vpc: Vpc, pcx: str) -> dict[str, set[str]]:
        """By destination, the tables of the VPC that lead there by the peering."""
        found: dict[str, set[str]] = {}
        for table, route in self.routes(vpc):
            if route.get("VpcPeeringConnectionId") == pcx:
                to = route.get("DestinationCidrBlock") or route["DestinationPrefixListId"]
                found.setdefault(to, set()).add(table)
        return found

    def reaches(self, own: Vpc, peer: Vpc, pcx: str) -> bool:
        """Whether each table in use leads to the peer's first CIDR by the peering."""
        return self.routed(own, pcx).get(peer.plan.cidr) == self.used(own)

    def states(self, vpc: Vpc, pcx: str) -> set[str]:
        return {r["State"] for _, r in self.routes(vpc) if r.get("VpcPeeringConnectionId") == pcx}

    def targets(self, vpc: Vpc, to: str) -> set[str]:
        """The kinds of target of its routes to that CIDR, in each table in use."""
        found = {
            table: next(key for key in route if key.endswith("Id"))
            for table, route in self.routes(vpc)
            if route.get("DestinationCidrBlock") == to
        }
        assert set(found) == self.used(vpc)
        return set(found.values())

    def table_tags(self, vpc: Vpc) -> set[str]:
        """What `peerkeeper:routes` says on the tables in use."""
        return {tags(self._tables[name]).get("peerkeeper:routes", "") for name in self.used(vpc)}

    def agrees(self, own: Vpc, peer: Vpc, pcx: str) -> bool:
        """Whether tags of one side name the other, by VPC, account or `self`; or approve the peering."""
        keys = tags(self.vpc(own))
        words = {
            word
            for key, value in keys.items()
            if key == "peerkeeper:peers" or key.startswith("peerkeeper:peers-")
            for word in value.split()
        }
        names = {peer.id, peer.plan.account}
        if own.plan.account == peer.plan.account:
            names.add("self")
        shown = self.peering(pcx, own)
        approved = shown is not None and tags(shown).get("peerkeeper:approved") == "true"
        return approved or bool(words & names)

    def resolves(self, pcx: str) -> int:
        """On how many sides the peering has DNS resolution on."""
        roles = ("RequesterVpcInfo", "AccepterVpcInfo")
        return sum(
            shown[role].get("PeeringOptions", {}).get("AllowDnsResolutionFromRemoteVpc", False)
            for role, side in zip(roles, self.estate.sides(pcx), strict=True)
            if (shown := self.peering(pcx, side))
        )

    def host_names(self, vpc: Vpc) -> bool:
        reply = self.stage.ec2(vpc.plan.region, vpc.plan.account).describe_vpc_attribute(
            VpcId=vpc.id, Attribute="enableDnsHostnames"
        )
        return reply["EnableDnsHostnames"]["Value"]


def tags(document: dict[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in document.get("Tags", ())}
