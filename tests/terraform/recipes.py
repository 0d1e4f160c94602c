"""What Peerkeeper does about each recipe of docs/beside/terraform.md, read from EC2.

| recipe | Peerkeeper writes | and leaves |
|---|---|---|
| fight, ignored-routes, separate-routes | the own table, the peer's main table | the route to the internet |
| owned-tables | the main table | tables tagged report and none, and the side that agrees to nothing |
| settings | DNS hostnames of one VPC, public addresses of a subnet | the VPC tagged peerkeeper:dns=leave |
| status-tag | the tag, on the request | the request |
| accepter, root | both main tables, and accepts; again where Terraform emptied one | - |
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.served import SEOUL, TOKYO, Served


@dataclass(frozen=True)
class Seen:
    """The cloud, and the attributes of what Terraform made in it."""

    served: Served
    resources: Mapping[str, Mapping[str, Any]]

    def __getitem__(self, address: str) -> Mapping[str, Any]:
        return self.resources[address]

    def routes(self, peering: str, region: str = SEOUL) -> set[tuple[str, str]]:
        return self.served.targets(region, self[peering]["id"])

    def host_names(self, vpc: str) -> bool:
        asked = {"VpcId": self[vpc]["id"], "Attribute": "enableDnsHostnames"}
        reply = self.served.client("ec2", SEOUL).describe_vpc_attribute(**asked)
        return reply["EnableDnsHostnames"]["Value"]

    def public(self, subnet: str) -> bool:
        asked = [self[subnet]["id"]]
        (found,) = self.served.client("ec2", SEOUL).describe_subnets(SubnetIds=asked)["Subnets"]
        return found["MapPublicIpOnLaunch"]

    def tags(self, peering: str) -> dict[str, str]:
        (found,) = self.served.client("ec2", SEOUL).describe_vpc_peering_connections(
            VpcPeeringConnectionIds=[self[peering]["id"]]
        )["VpcPeeringConnections"]
        return {tag["Key"]: tag["Value"] for tag in found.get("Tags", [])}


def routed(seen: Seen, case: str) -> bool:
    """Whether `there`'s main table leads to `here`, and the table of `here`'s subnet to `there`.

    The main table of `here` may: Peerkeeper may look before the subnet has a table of its own.
    """
    here, there = seen[f"{case}.aws_vpc.here"], seen[f"{case}.aws_vpc.there"]
    wanted = {
        (seen[f"{case}.aws_route_table.here"]["id"], there["cidr_block"]),
        (there["main_route_table_id"], here["cidr_block"]),
    }
    found = seen.routes(f"{case}.aws_vpc_peering_connection.between")
    return (
        found - wanted <= {(here["main_route_table_id"], there["cidr_block"])} and wanted <= found
    )


def owned(seen: Seen) -> bool:
    case = "owned-tables"
    here, there = seen[f"{case}.aws_vpc.here"], seen[f"{case}.aws_vpc.there"]
    return seen.routes(f"{case}.aws_vpc_peering_connection.between") == {
        (seen[f"{case}.aws_route_table.report"]["id"], "10.37.0.0/20"),
        (here["main_route_table_id"], there["cidr_block"]),
    }


def settled(seen: Seen) -> bool:
    return (
        seen.host_names("settings.aws_vpc.here")
        and not seen.host_names("settings.aws_vpc.left")
        and seen.public("settings.aws_subnet.here")
    )


def held(seen: Seen) -> bool:
    tags = seen.tags("status-tag.aws_vpc_peering_connection.between")
    return tags == {"Name": "held", "peerkeeper:status": "held"}


def accepted(seen: Seen) -> bool:
    pcx = "accepter.aws_vpc_peering_connection.between"
    here, there = seen["accepter.aws_vpc.here"], seen["accepter.aws_vpc.there"]
    return seen.routes(pcx) == {(here["main_route_table_id"], there["cidr_block"])} and seen.routes(
        pcx, TOKYO
    ) == {(there["main_route_table_id"], here["cidr_block"])}


def both_mains(seen: Seen) -> bool:
    ours, peer = seen["root.aws_vpc.ours"], seen["root.aws_vpc.peer"]
    return seen.routes("root.aws_vpc_peering_connection.ours") == {
        (ours["main_route_table_id"], peer["cidr_block"]),
        (peer["main_route_table_id"], ours["cidr_block"]),
    }


DONE: dict[str, Callable[[Seen], bool]] = {
    **{
        case: lambda seen, case=case: routed(seen, case)
        for case in ("fight", "ignored-routes", "separate-routes")
    },
    "owned-tables": owned,
    "settings": settled,
    "status-tag": held,
    "accepter": accepted,
    "root": both_mains,
}
"""Whether Peerkeeper has done its part, by recipe."""
