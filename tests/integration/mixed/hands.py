"""The owners' hands: VPCs, subnets and tables, as a console or Terraform makes them.

In: a stage. Out: what was made, by number and name. Never tags: that is the estate's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from peerkeeper_local.cloud import Delays
from peerkeeper_local.pump import Delivery
from peerkeeper_local.story.handiwork import new_gateway, new_table, new_vpc
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

ANYWHERE, PODS = "0.0.0.0/0", "100.64.0.0/16"
GWLB = "com.amazonaws.vpce.{}.vpce-svc-0123456789abcdef0"


@dataclass
class Vpc:
    """One VPC: its tables and its subnets, each by a name of its owner's."""

    number: int
    id: str
    gateway: str = ""
    tables: dict[str, str] = field(default_factory=dict)
    subnets: dict[str, str] = field(default_factory=dict)
    associations: dict[str, str] = field(default_factory=dict)

    @property
    def region(self) -> str:
        return SEOUL if self.number % 2 else TOKYO

    @property
    def cidr(self) -> str:
        return f"10.{self.number}.0.0/16"

    def part(self, number: int) -> str:
        return f"10.{self.number}.{number}.0/24"


class Hands(Stage):
    """Two regions, and events that come late, in another order, and one in ten twice."""

    def __init__(self, **parameters: str) -> None:
        quick = Delays(initiating=0.0, provisioning=12.0, deleting=0.0)
        late = Delivery(delay=3.0, jitter=20.0, duplicates=0.1, seed=1)
        super().__init__("full", quick, late, **parameters)
        self.vpcs: dict[int, Vpc] = {}

    def of(self, number: int) -> Any:
        """The owner's client where that VPC is."""
        return self.ec2(SEOUL if number % 2 else TOKYO)

    def vpc(self, number: int) -> Vpc:
        made, main = new_vpc(self.of(number), f"10.{number}.0.0/16")
        self.vpcs[number] = Vpc(number, made, tables={"main": main})
        return self.vpcs[number]

    def host_names(self, number: int, *, on: bool) -> None:
        vpc = self.vpcs[number].id
        self.of(number).modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": on})

    def has_host_names(self, number: int) -> bool:
        reply = self.of(number).describe_vpc_attribute(
            VpcId=self.vpcs[number].id, Attribute="enableDnsHostnames"
        )
        return bool(reply["EnableDnsHostnames"]["Value"])

    def subnet(self, number: int, name: str, part: int) -> str:
        """Make a subnet with public IP on."""
        ec2, vpc = self.of(number), self.vpcs[number]
        made = ec2.create_subnet(VpcId=vpc.id, CidrBlock=vpc.part(part))["Subnet"]["SubnetId"]
        ec2.modify_subnet_attribute(SubnetId=made, MapPublicIpOnLaunch={"Value": True})
        vpc.subnets[name] = made
        return str(made)

    def new_table(self, number: int, name: str) -> None:
        """Make a table, and associate the subnet of that name."""
        vpc = self.vpcs[number]
        vpc.tables[name] = new_table(self.of(number), vpc.id)
        self.associate(number, name, name)

    def associate(self, number: int, subnet: str, table: str) -> None:
        vpc = self.vpcs[number]
        reply = self.of(number).associate_route_table(
            RouteTableId=vpc.tables[table], SubnetId=vpc.subnets[subnet]
        )
        vpc.associations[subnet] = reply["AssociationId"]

    def move(self, number: int, subnet: str, table: str) -> None:
        vpc = self.vpcs[number]
        self.of(number).replace_route_table_association(
            AssociationId=vpc.associations[subnet], RouteTableId=vpc.tables[table]
        )

    def send(self, number: int, table: str, to: str, **way: str) -> None:
        """Add a route by hand."""
        self.of(number).create_route(
            RouteTableId=self.vpcs[number].tables[table], DestinationCidrBlock=to, **way
        )

    def lead_out(self, number: int, table: str) -> None:
        self.send(number, table, ANYWHERE, GatewayId=self.vpcs[number].gateway)

    def drop(self, number: int, table: str, to: str = ANYWHERE) -> None:
        self.of(number).delete_route(
            RouteTableId=self.vpcs[number].tables[table], DestinationCidrBlock=to
        )

    def attach(self, number: int) -> None:
        ec2, vpc = self.of(number), self.vpcs[number]
        if vpc.gateway:
            ec2.attach_internet_gateway(InternetGatewayId=vpc.gateway, VpcId=vpc.id)
        else:
            vpc.gateway = new_gateway(ec2, vpc.id)

    def detach(self, number: int) -> None:
        vpc = self.vpcs[number]
        self.of(number).detach_internet_gateway(InternetGatewayId=vpc.gateway, VpcId=vpc.id)

    def firewall(self, number: int) -> None:
        """Make a firewall's subnet, and one behind it; what comes in passes the firewall too."""
        vpc, ec2 = self.vpcs[number], self.of(number)
        subnet = self.public(number, "firewall", 2)
        reply = ec2.create_vpc_endpoint(
            VpcEndpointType="GatewayLoadBalancer",
            VpcId=vpc.id,
            ServiceName=GWLB.format(vpc.region),
            SubnetIds=[subnet],
        )
        endpoint = reply["VpcEndpoint"]["VpcEndpointId"]
        self.subnet(number, "behind", 3)
        self.new_table(number, "behind")
        self.send(number, "behind", ANYWHERE, VpcEndpointId=endpoint)
        edge = new_table(ec2, vpc.id)
        vpc.tables["edge"] = edge
        ec2.associate_route_table(RouteTableId=edge, GatewayId=vpc.gateway)
        self.send(number, "edge", vpc.part(3), VpcEndpointId=endpoint)

    def public(self, number: int, name: str, part: int) -> str:
        """Make a subnet with a table of its own that leads to the internet."""
        subnet = self.subnet(number, name, part)
        self.new_table(number, name)
        self.lead_out(number, name)
        return subnet
