"""A local cloud on which an owner builds VPCs as reports describe them, and what people hear of it.

Whatever a finding tells people to do there must be in the list of remedies.
"""

from __future__ import annotations

import json

import pytest

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import Announced, FunctionReturned, Noticed, Pump
from peerkeeper_local.story.stage import ROOT, SEOUL, Stage, target_of
from tests.integration.pair import AGREED, QUICK
from tests.reports.advice import unlisted
from tests.topics import open_topic, page_policy

TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:peering-notices"
ANYWHERE = "0.0.0.0/0"


def _stages(name, **stage):
    return pytest.mark.parametrize("estate", [stage], indirect=True, ids=[name])


add_only = _stages("add-only", mode="add-only")
with_a_topic = _stages("topic", NoticeTopicArn=TOPIC)


class Estate(Stage):
    """The owner's hands in Seoul, unless a region is named."""

    def __init__(self, mode="full", **parameters):
        super().__init__(mode, QUICK, **parameters)
        self.mails, self.events, self.metrics, self.unlisted = [], [], [], []

    def set_up(self):
        super().set_up()
        self.pump.on_step(self._hear)
        if "NoticeTopicArn" in self.parameters:
            open_topic(self.cloud, TOPIC, page_policy())
        self.owner = self.ec2(SEOUL)

    def __exit__(self, kind, *rest):
        super().__exit__(kind, *rest)
        if not kind and self.unlisted:
            raise AssertionError(f"told to do what is in no list: {set(self.unlisted)}")

    def _hear(self, step):
        if isinstance(step, Noticed):
            self.mails.append(step.text)
        if isinstance(step, Announced):
            self.events.append(step.event)
        if isinstance(step, FunctionReturned):
            self.metrics += [json.loads(line) for line in step.printed if line.startswith("{")]
            said = [line["report"]["findings"] for line in step.logs if "report" in line]
            found = (unlisted(one["code"], one["message"]) for each in said for one in each)
            self.unlisted += filter(None, found)

    def redeploy(self, **parameters):
        """Deploy the stack again with these parameters as well; what was under way is lost."""
        self.parameters = {**self.parameters, **parameters}
        for bus in self.pump.hub.buses:
            self.cloud.client("events", SEOUL).delete_event_bus(Name=bus)
        self.pump = Pump(self.cloud, Deployment(ROOT), self.parameters, self.delivery)
        self.pump.on_step(self._note)
        self.pump.on_step(self._hear)

    def sweep(self, seconds=60):
        """Sweep, and let happen what is due in the time after it."""
        self.pump.sweep()
        self.pump.advance(seconds)

    def naming(self, resource):
        """The findings that name the resource, of those nobody has taken yet."""
        return [finding for finding in self.findings() if resource in str(finding)]

    def vpc(self, cidr, tags=(), region=SEOUL):
        tagged = [{"ResourceType": "vpc", "Tags": list(tags)}] if tags else []
        made = self.ec2(region).create_vpc(CidrBlock=cidr, TagSpecifications=tagged)
        return made["Vpc"]["VpcId"]

    def agreed(self, *cidrs):
        """A VPC for each CIDR, tagged to agree with peers of its own account."""
        return [self.vpc(cidr, AGREED) for cidr in cidrs]

    def peered(self, *cidrs):
        """Two VPCs that agree, and their live peering."""
        one, other = self.agreed(*cidrs)
        pcx = self.ask(one, other)
        self.pump.advance(120)
        return one, other, pcx

    def ask(self, one, other, here=SEOUL, there=SEOUL, tags=()):
        """Ask for a peering of the two; return its id."""
        tagged = [{"ResourceType": "vpc-peering-connection", "Tags": list(tags)}] if tags else []
        reply = self.ec2(here).create_vpc_peering_connection(
            VpcId=one, PeerVpcId=other, PeerRegion=there, TagSpecifications=tagged
        )
        return reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    def asked_again(self, one, other):
        """Peer two VPCs, delete the peering, ask again, and sweep; return the old peering and the new one."""
        old = self.ask(one, other)
        self.pump.advance(120)
        self.delete(old)
        new = self.ask(one, other)
        self.pump.advance(300)
        self.reports.clear()
        self.sweep(600)
        return old, new

    def status(self, pcx):
        found = self.owner.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])
        return found["VpcPeeringConnections"][0]["Status"]["Code"]

    def found(self, code):
        """The findings of that code that nobody has taken yet; and forget all the others."""
        return [finding for finding in self.findings() if finding["code"] == code]

    def tag(self, resource, key, value):
        self.owner.create_tags(Resources=[resource], Tags=[{"Key": key, "Value": value}])

    def route(self, vpc, to, target=None):
        """Send a network somewhere: to the peering, or else to an internet gateway."""
        way = {"VpcPeeringConnectionId": target} if target else {}
        self.owner.create_route(
            RouteTableId=self.only_table(vpc),
            DestinationCidrBlock=to,
            **(way or {"GatewayId": self.internet_gateway(vpc)}),
        )

    def unroute(self, vpc, to):
        self.owner.delete_route(RouteTableId=self.only_table(vpc), DestinationCidrBlock=to)

    def turn_on_dns(self, vpc):
        for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
            self.owner.modify_vpc_attribute(VpcId=vpc, **{attribute: {"Value": True}})

    def is_quiet(self):
        """Sweep twice, and tell whether the second sweep finds nothing at all."""
        self.sweep(600)
        self.reports.clear()
        self.sweep(60)
        return not self.findings()

    def delete(self, pcx):
        self.owner.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)

    def tables(self, vpc):
        found = self.owner.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
        return found["RouteTables"]

    def only_table(self, vpc):
        (table,) = self.tables(vpc)
        return table["RouteTableId"]

    def targets(self, vpc, cidr):
        """Where the tables of the VPC send the CIDR."""
        return [
            target_of(route)
            for table in self.tables(vpc)
            for route in table["Routes"]
            if route.get("DestinationCidrBlock") == cidr
        ]

    def subnet(self, vpc, cidr):
        return self.owner.create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]["SubnetId"]

    def internet_gateway(self, vpc):
        gateway = self.owner.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.owner.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        return gateway

    def public_vpc(self, cidr):
        """A VPC whose only table leads to the internet."""
        vpc = self.vpc(cidr)
        self.owner.create_route(
            RouteTableId=self.only_table(vpc),
            DestinationCidrBlock=ANYWHERE,
            GatewayId=self.internet_gateway(vpc),
        )
        return vpc

    def switch_public_ip(self, subnet, on):
        self.owner.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": on})

    def has_public_ip(self, subnet):
        (found,) = self.owner.describe_subnets(SubnetIds=[subnet])["Subnets"]
        return found["MapPublicIpOnLaunch"]

    def has_host_names(self, vpc):
        reply = self.owner.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
        return reply["EnableDnsHostnames"]["Value"]
