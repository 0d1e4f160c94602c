"""Random estates to take apart: two VPCs that peer, what people put into them, and a bystander beside them.

In: a seed, a cloud. Out: `Made`. The same seed makes the same estate.
"""

import random
from dataclasses import dataclass, field
from typing import Any

from peerkeeper_local.cloud import LocalCloud

SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
OTHER = "444455556666"


@dataclass
class Net:
    """One VPC, and what its owner made in it."""

    account: str
    region: str
    cidr: str
    vpc: str = ""
    subnets: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    igw: str = ""


@dataclass
class Made:
    """The peering and its two VPCs; `others` are not to be touched."""

    pcx: str
    asking: Net
    asked: Net
    others: list[Net]


class Hands:
    """Makes estates on one cloud."""

    def __init__(self, cloud: LocalCloud, seed: int) -> None:
        self.cloud, self.chance = cloud, random.Random(seed)

    def ec2(self, net: Net) -> Any:
        return self.cloud.client("ec2", net.region, account=net.account)

    def route53(self, account: str) -> Any:
        return self.cloud.client("route53", "us-east-1", account=account)

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def estate(self) -> Made:
        far = self.maybe(0.5)
        account = OTHER if self.maybe(0.4) else self.cloud.account
        asking = self.net(self.cloud.account, SEOUL, 30)
        asked = self.net(account, TOKYO if far else SEOUL, 40)
        third = self.net(self.cloud.account, SEOUL, 50)
        for one in (asking, asked, third):
            self.furnish(one)
        pcx = self.peer(asking, asked)
        self.routes(pcx, asking, asked)
        if self.maybe(0.6):
            other = self.peer(asking, third)
            self.routes(other, asking, third)
        if self.maybe(0.3):
            self.ask(third, asked)
        if self.maybe(0.3):
            self.ask(asked, third)
        if not far:
            self.name_peers(asking, asked)
        self.zones(asking, asked)
        return Made(pcx, asking, asked, [third])

    def net(self, account: str, region: str, number: int) -> Net:
        net = Net(account, region, f"10.{number}.0.0/16")
        ec2 = self.ec2(net)
        made = ec2.create_vpc(CidrBlock=net.cidr, AmazonProvidedIpv6CidrBlock=self.maybe(0.3))
        net.vpc = made["Vpc"]["VpcId"]
        for name in ("EnableDnsSupport", "EnableDnsHostnames"):
            ec2.modify_vpc_attribute(VpcId=net.vpc, **{name: {"Value": True}})
        for at in range(self.chance.randint(1, 4)):
            cidr = f"10.{number}.{at}.0/24"
            subnet = ec2.create_subnet(VpcId=net.vpc, CidrBlock=cidr)["Subnet"]["SubnetId"]
            net.subnets.append(subnet)
        return net

    def furnish(self, net: Net) -> None:
        self.gateways(net)
        self.tables(net)
        self.acls(net)
        self.groups(net)
        self.hosts(net)
        self.nat(net)
        self.endpoints(net)

    def gateways(self, net: Net) -> None:
        ec2 = self.ec2(net)
        if self.maybe(0.7):
            net.igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
            ec2.attach_internet_gateway(InternetGatewayId=net.igw, VpcId=net.vpc)
        if self.maybe(0.3):
            ec2.create_egress_only_internet_gateway(VpcId=net.vpc)

    def tables(self, net: Net) -> None:
        ec2 = self.ec2(net)
        for subnet in net.subnets:
            if self.maybe(0.5):
                table = ec2.create_route_table(VpcId=net.vpc)["RouteTable"]["RouteTableId"]
                net.tables.append(table)
                ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
                if net.igw and self.maybe(0.7):
                    ec2.create_route(
                        RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=net.igw
                    )
        if net.igw and self.maybe(0.3):
            edge = ec2.create_route_table(VpcId=net.vpc)["RouteTable"]["RouteTableId"]
            ec2.associate_route_table(RouteTableId=edge, GatewayId=net.igw)

    def acls(self, net: Net) -> None:
        ec2 = self.ec2(net)
        for subnet in net.subnets:
            if self.maybe(0.3):
                acl = ec2.create_network_acl(VpcId=net.vpc)["NetworkAcl"]["NetworkAclId"]
                filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
                (had,) = ec2.describe_network_acls(Filters=filters)["NetworkAcls"]
                (association,) = (
                    one["NetworkAclAssociationId"]
                    for one in had["Associations"]
                    if one["SubnetId"] == subnet
                )
                ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)

    def groups(self, net: Net) -> None:
        """Groups that name one another, themselves, and are named by the default group."""
        ec2 = self.ec2(net)
        for at in range(self.chance.randint(0, 4)):
            made = ec2.create_security_group(
                GroupName=f"g{at}", Description="of a test", VpcId=net.vpc
            )
            net.groups.append(made["GroupId"])
        filters = [{"Name": "vpc-id", "Values": [net.vpc]}]
        found = ec2.describe_security_groups(Filters=filters)["SecurityGroups"]
        every = [one["GroupId"] for one in found]
        for group in every:
            for named in every:
                if self.maybe(0.4) and not (group == named and group not in net.groups):
                    self.admit(net, group, named, egress=self.maybe(0.3))

    def admit(self, net: Net, group: str, named: str, *, egress: bool = False) -> None:
        pair = {"GroupId": named}
        rule = {
            "IpProtocol": "tcp",
            "FromPort": 443,
            "ToPort": 443,
            "UserIdGroupPairs": [pair],
        }
        ec2 = self.ec2(net)
        way = "egress" if egress else "ingress"
        getattr(ec2, f"authorize_security_group_{way}")(GroupId=group, IpPermissions=[rule])

    def hosts(self, net: Net) -> None:
        ec2 = self.ec2(net)
        images = ec2.describe_images(Owners=["amazon"])["Images"]
        for subnet in net.subnets:
            for _ in range(self.chance.randint(0, 2)):
                groups = {"Groups": net.groups[:2]} if net.groups else {}
                interface = {"DeviceIndex": 0, "SubnetId": subnet, **groups}
                if self.maybe(0.3):
                    interface["DeleteOnTermination"] = False
                ran = ec2.run_instances(
                    ImageId=images[0]["ImageId"],
                    InstanceType="t3.micro",
                    MinCount=1,
                    MaxCount=1,
                    NetworkInterfaces=[interface],
                )
                (host,) = ran["Instances"]
                self.cloud.clock.advance(5)
                if net.igw and self.maybe(0.4):
                    self.address(net, host["NetworkInterfaces"][0]["NetworkInterfaceId"])
            if self.maybe(0.4):
                made = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]
                if net.igw and self.maybe(0.4):
                    self.address(net, made["NetworkInterfaceId"])

    def address(self, net: Net, interface: str) -> None:
        ec2 = self.ec2(net)
        allocation = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.associate_address(AllocationId=allocation, NetworkInterfaceId=interface)

    def nat(self, net: Net) -> None:
        ec2 = self.ec2(net)
        if not (net.igw and self.maybe(0.5)):
            return
        allocation = ec2.allocate_address(Domain="vpc")["AllocationId"]
        made = ec2.create_nat_gateway(SubnetId=net.subnets[0], AllocationId=allocation)
        self.cloud.clock.advance(120)
        if net.tables:
            ec2.create_route(
                RouteTableId=net.tables[-1],
                DestinationCidrBlock="192.0.2.0/24",
                NatGatewayId=made["NatGateway"]["NatGatewayId"],
            )

    def endpoints(self, net: Net) -> None:
        ec2 = self.ec2(net)
        if self.maybe(0.5):
            ec2.create_vpc_endpoint(
                VpcId=net.vpc,
                ServiceName=f"com.amazonaws.{net.region}.s3",
                RouteTableIds=net.tables,
            )
        if self.maybe(0.5):
            groups = {"SecurityGroupIds": net.groups[:1]} if net.groups else {}
            ec2.create_vpc_endpoint(
                VpcId=net.vpc,
                VpcEndpointType="Interface",
                ServiceName=f"com.amazonaws.{net.region}.ssm",
                SubnetIds=net.subnets[:1],
                **groups,
            )
            self.cloud.clock.advance(60)

    def ask(self, asking: Net, asked: Net) -> str:
        reply = self.ec2(asking).create_vpc_peering_connection(
            VpcId=asking.vpc,
            PeerVpcId=asked.vpc,
            PeerRegion=asked.region,
            PeerOwnerId=asked.account,
        )
        self.cloud.clock.advance(10)
        return reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    def peer(self, asking: Net, asked: Net) -> str:
        pcx = self.ask(asking, asked)
        self.ec2(asked).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        self.cloud.clock.advance(30)
        return pcx

    def routes(self, pcx: str, *sides: Net) -> None:
        for here, there in (sides, sides[::-1]):
            ec2 = self.ec2(here)
            filters = [{"Name": "vpc-id", "Values": [here.vpc]}]
            for table in ec2.describe_route_tables(Filters=filters)["RouteTables"]:
                edge = any(one.get("GatewayId") for one in table["Associations"])
                if edge or not self.maybe(0.8):
                    continue
                wanted = [there.cidr]
                if self.maybe(0.3):
                    wanted.append(there.cidr.replace("0.0/16", "128.0/20"))
                for cidr in wanted:
                    ec2.create_route(
                        RouteTableId=table["RouteTableId"],
                        DestinationCidrBlock=cidr,
                        VpcPeeringConnectionId=pcx,
                    )

    def name_peers(self, asking: Net, asked: Net) -> None:
        """Rules that name the peer's groups; they go stale with the peering."""
        for here, there in ((asking, asked), (asked, asking)):
            for group in here.groups:
                for named in there.groups:
                    if self.maybe(0.5):
                        rule = {
                            "IpProtocol": "tcp",
                            "FromPort": 22,
                            "ToPort": 22,
                            "UserIdGroupPairs": [{"GroupId": named, "UserId": there.account}],
                        }
                        self.ec2(here).authorize_security_group_ingress(
                            GroupId=group, IpPermissions=[rule]
                        )

    def zones(self, asking: Net, asked: Net) -> None:
        """Zones that the peer resolves: of the same account by their records, or authorized."""
        for here, there in ((asking, asked), (asked, asking)):
            if not self.maybe(0.6):
                continue
            own, others = self.route53(here.account), self.route53(there.account)
            keeper = self.net(here.account, here.region, 60 + self.chance.randint(0, 90))
            name = f"{here.vpc[-6:]}.internal"
            zone = own.create_hosted_zone(
                Name=name,
                CallerReference=f"{here.vpc}-{name}",
                VPC={"VPCRegion": keeper.region, "VPCId": keeper.vpc},
            )["HostedZone"]["Id"]
            for one, client in ((here, own), (there, others)):
                vpc = {"VPCRegion": one.region, "VPCId": one.vpc}
                if one.account != here.account:
                    own.create_vpc_association_authorization(HostedZoneId=zone, VPC=vpc)
                client.associate_vpc_with_hosted_zone(HostedZoneId=zone, VPC=vpc)
            record = {
                "Name": f"db.{name}",
                "Type": "A",
                "TTL": 60,
                "ResourceRecords": [{"Value": here.cidr.replace("0.0/16", "0.10")}],
            }
            own.change_resource_record_sets(
                HostedZoneId=zone,
                ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]},
            )
