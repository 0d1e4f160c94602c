"""Two agreed VPCs, the first with a public and a private subnet, to put endpoints into."""

from peerkeeper_local.story.stage import SEOUL
from tests.integration.pair import Pair

READ = "DescribeVpcEndpoints"
S3, DYNAMODB, SSM = (f"com.amazonaws.{SEOUL}.{one}" for one in ("s3", "dynamodb", "ssm"))
DNS = "peerkeeper:private-dns=on"


class Estate(Pair):
    """Seoul's VPC with a public and a private subnet, each with a table of its own, and Tokyo's."""

    def set_up(self):
        super().set_up()
        ec2 = self.ec2(SEOUL)
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=self.id("seoul"))
        for number, name in enumerate(("public", "private")):
            self.subnet(name, f"10.39.{number}.0/24")
        ec2.create_route(
            RouteTableId=self.id("table-public"),
            DestinationCidrBlock="0.0.0.0/0",
            GatewayId=gateway,
        )
        self.agree()
        self.settle()

    def subnet(self, name, cidr, zone="a"):
        """A subnet of Seoul's VPC with a table of its own."""
        ec2, vpc = self.ec2(SEOUL), self.id("seoul")
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=f"{SEOUL}{zone}")
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        self.names[name] = subnet["Subnet"]["SubnetId"]
        self.names[f"table-{name}"] = table
        ec2.associate_route_table(RouteTableId=table, SubnetId=self.names[name])

    def endpoint(self, name, service, tag="", **asked):
        """An endpoint of Seoul's VPC; return its id."""
        tags = [{"Key": key, "Value": value} for key, value in [tag.split("=")]] if tag else []
        reply = self.ec2(SEOUL).create_vpc_endpoint(
            VpcId=self.id("seoul"),
            ServiceName=service,
            TagSpecifications=[{"ResourceType": "vpc-endpoint", "Tags": tags}] if tags else [],
            **asked,
        )
        self.names[name] = reply["VpcEndpoint"]["VpcEndpointId"]
        self.settle()
        return self.names[name]

    def shown(self, name):
        """The endpoint as EC2 shows it."""
        reply = self.ec2(SEOUL).describe_vpc_endpoints(VpcEndpointIds=[self.id(name)])
        return reply["VpcEndpoints"][0]

    def swept(self):
        """Sweep; return the sweep's run."""
        self.runs.clear()
        self.reports.clear()
        with self.cloud.waves.abreast():
            self.pump.sweep()
        return next(one for one in self.runs if one.function == "Sweep")

    def found(self):
        """What the sweep finds about endpoints: code, and the name of the endpoint."""
        named = {id_: name for name, id_ in self.names.items()}
        about = self.about()
        return sorted((one["code"], named[one["subject"]]) for one in about)

    def about(self):
        findings = self.swept().report["findings"]
        return [one for one in findings if one["code"].startswith("endpoint-")]


def inside(estate, name="ssm", tag=DNS, subnets=("private",), **asked):
    """An interface endpoint; its private DNS is off unless asked for."""
    asked = {"PrivateDnsEnabled": False, "VpcEndpointType": "Interface", **asked}
    ids = [estate.id(one) for one in subnets]
    return estate.endpoint(name, SSM, tag, SubnetIds=ids, SecurityGroupIds=open_(estate), **asked)


def open_(estate):
    """A group that admits 443 from the VPC."""
    if "group" not in estate.names:
        ec2 = estate.ec2(SEOUL)
        made = ec2.create_security_group(
            GroupName="endpoints", Description="endpoints", VpcId=estate.id("seoul")
        )
        estate.names["group"] = made["GroupId"]
        admit(estate, made["GroupId"], "10.39.0.0/16")
    return [estate.id("group")]


def admit(estate, group, cidr):
    """Let a group admit 443 from a network."""
    estate.ec2(SEOUL).authorize_security_group_ingress(
        GroupId=group, IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp=cidr
    )


def host_names(estate, on):
    estate.ec2(SEOUL).modify_vpc_attribute(
        VpcId=estate.id("seoul"), EnableDnsHostnames={"Value": on}
    )
    estate.settle()


def leave_dns(estate):
    """The VPC's own tag keeps its DNS as it is."""
    tags = [{"Key": "peerkeeper:dns", "Value": "leave"}]
    estate.ec2(SEOUL).create_tags(Resources=[estate.id("seoul")], Tags=tags)
    estate.settle()
