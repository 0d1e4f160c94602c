"""The two hosts that want to ping each other, one in each VPC, each with its security group.

In: a stage with my-vpc and default. Out: instances and groups under their names. Each group lets the other
network ping its host, and sign in by SSH. Between Regions a rule must name a CIDR.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peerkeeper_local.story.seoul import CIDR
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

DEFAULT_CIDR = "172.31.0.0/16"
"""Source: VPC User Guide, default VPCs."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host, and whom its group admits."""

    name: str
    region: str
    vpc: str
    peer: str
    """The CIDR of the other network."""

    @property
    def group(self) -> str:
        """The name of the host's security group."""
        return f"{self.name}-host"


HOSTS = (Host("seoul", SEOUL, "my-vpc", DEFAULT_CIDR), Host("tokyo", TOKYO, "default", CIDR))


def pings_from(cidr: str) -> dict[str, Any]:
    """Return the group rule that admits every ICMP packet from a network."""
    return {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": cidr}]}


def build_hosts(stage: Stage) -> None:
    """Run a host in each VPC, each with its own group."""
    for host in HOSTS:
        stage.names[host.group] = _group(stage, host)
        stage.names[host.name] = _instance(stage, host)


def _group(stage: Stage, host: Host) -> str:
    ec2 = stage.ec2(host.region)
    made: str = ec2.create_security_group(
        GroupName=host.group,
        Description=f"pings and SSH from {host.peer}",
        VpcId=stage.id(host.vpc),
    )["GroupId"]
    ssh = {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        "IpRanges": [{"CidrIp": host.peer}],
    }
    ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=[pings_from(host.peer), ssh])
    return made


def _instance(stage: Stage, host: Host) -> str:
    ec2 = stage.ec2(host.region)
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    tags = [{"Key": "Name", "Value": host.name}]
    (made,) = ec2.run_instances(
        ImageId=image,
        InstanceType="t3.micro",
        MinCount=1,
        MaxCount=1,
        SubnetId=_subnet(stage, host),
        SecurityGroupIds=[stage.id(host.group)],
        TagSpecifications=[{"ResourceType": "instance", "Tags": tags}],
    )["Instances"]
    return str(made["InstanceId"])


def _subnet(stage: Stage, host: Host) -> str:
    """Return a public subnet in Seoul. In Tokyo it is the last zone's: the first one gets its own table."""
    if host.region == SEOUL:
        return stage.id("my-pub-2a")
    ours = [{"Name": "vpc-id", "Values": [stage.id(host.vpc)]}]
    subnets = stage.ec2(host.region).describe_subnets(Filters=ours)["Subnets"]
    return str(max(subnets, key=lambda each: each["AvailabilityZone"])["SubnetId"])
