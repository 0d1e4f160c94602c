"""The hands that build the estate: one EC2 call each, in the account and region of a VPC.

In: a stage, plans. Out: ids. Every resource gets its tags with the call that makes it, as tools do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peerkeeper_local.seeds.estate.vpc import MAIN, Vpc
from peerkeeper_local.seeds.estate.vpc_plan import VpcPlan
from peerkeeper_local.story.handiwork import new_table, new_vpc
from peerkeeper_local.story.stage import Stage

ANYWHERE = "0.0.0.0/0"


class Hands:
    """EC2 clients by VPC, and what was made with them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.vpcs: dict[str, Vpc] = {}
        """By key, foreign ones too."""

    def at(self, plan: VpcPlan) -> Any:  # noqa: ANN401 - made at run time
        """Return the owner's client where that VPC is."""
        return self.stage.ec2(plan.region, plan.account)

    def of(self, key: str) -> Any:  # noqa: ANN401 - made at run time
        """Return the owner's client where the VPC with that key is."""
        return self.at(self.vpcs[key].plan)

    def wait(self, seconds: float) -> None:
        """Let virtual time pass."""
        self.stage.cloud.clock.advance(seconds)

    def vpc(self, plan: VpcPlan, tags: Mapping[str, str]) -> Vpc:
        """Make a VPC with all its CIDRs; `tags` are all it has at first."""
        ec2 = self.at(plan)
        name, main = new_vpc(ec2, plan.cidr, TagSpecifications=tagged("vpc", tags))
        for cidr in plan.secondary:
            ec2.associate_vpc_cidr_block(VpcId=name, CidrBlock=cidr)
        self.vpcs[plan.key] = Vpc(plan, name, {MAIN: main})
        return self.vpcs[plan.key]

    def subnet(self, vpc: Vpc, name: str, part: int, zone: str) -> str:
        """Make a subnet in one of the region's zones."""
        reply = self.at(vpc.plan).create_subnet(
            VpcId=vpc.id,
            CidrBlock=vpc.plan.part(part),
            AvailabilityZone=vpc.plan.region + zone,
            TagSpecifications=tagged("subnet", {"Name": f"{vpc.plan.key}-{name}"}),
        )
        vpc.subnets[name] = reply["Subnet"]["SubnetId"]
        return vpc.subnets[name]

    def table(self, vpc: Vpc, name: str, *subnets: str) -> str:
        """Make a route table, and associate the subnets of these names."""
        ec2 = self.at(vpc.plan)
        tags = tagged("route-table", {"Name": f"{vpc.plan.key}-{name}"})
        table = new_table(ec2, vpc.id, TagSpecifications=tags)
        vpc.tables[name] = table
        for subnet in subnets:
            ec2.associate_route_table(RouteTableId=table, SubnetId=vpc.subnets[subnet])
        return table

    def send(self, vpc: Vpc, table: str, to: str, **way: str) -> None:
        """Add a route to a CIDR."""
        self.at(vpc.plan).create_route(RouteTableId=table, DestinationCidrBlock=to, **way)

    def tag(self, vpc: Vpc, *resources: str, tags: Mapping[str, str]) -> None:
        """Tag resources where the VPC is."""
        words = [{"Key": key, "Value": value} for key, value in tags.items()]
        self.at(vpc.plan).create_tags(Resources=[*resources], Tags=words)


def tagged(kind: str, tags: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the parameter TagSpecifications for a resource of that kind; empty without tags."""
    words = [{"Key": key, "Value": value} for key, value in tags.items()]
    return [{"ResourceType": kind, "Tags": words}] if words else []
