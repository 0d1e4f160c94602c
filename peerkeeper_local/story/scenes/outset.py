"""What is there before the first scene: three VPCs, two of which agree to meet and have a host each.

In: a stage. Out: its VPCs and hosts under their names; DNS hostnames are on. No event reports it: all was
there before Peerkeeper was deployed.
"""

from __future__ import annotations

from peerkeeper_local.story.handiwork import new_vpc
from peerkeeper_local.story.hosts import build_hosts
from peerkeeper_local.story.seoul import build_seoul
from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage

LAB = "10.50.0.0/16"


def prepare(stage: Stage) -> None:
    """Make my-vpc and lab, name the default VPCs; my-vpc and default agree, and have a host each."""
    stage.pump.cut()  # all of it is older than the story
    build_seoul(stage)
    _build_lab(stage)
    for region, vpc in ((SEOUL, "unused"), (TOKYO, "default")):
        _name_default(stage, region, vpc)
    build_hosts(stage)
    for region, vpc in ((SEOUL, "my-vpc"), (TOKYO, "lab")):
        stage.ec2(region).modify_vpc_attribute(
            VpcId=stage.id(vpc), EnableDnsHostnames={"Value": True}
        )
    for region, vpc in ((SEOUL, "my-vpc"), (TOKYO, "default")):
        tags = [{"Key": "peerkeeper:peers", "Value": "self"}]
        stage.ec2(region).create_tags(Resources=[stage.id(vpc)], Tags=tags)
    stage.pump.run(until_idle=False)
    stage.pump.join()


def _build_lab(stage: Stage) -> None:
    """Make a VPC with one subnet, which uses the main route table; its owner has agreed to nothing."""
    ec2 = stage.ec2(TOKYO)
    vpc, main = new_vpc(ec2, LAB)
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.50.0.0/20")["Subnet"]["SubnetId"]
    stage.names |= {"lab": vpc, "lab-main": main, "lab-subnet": subnet}
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "lab"}])


def _name_default(stage: Stage, region: str, vpc: str) -> None:
    """Name AWS's default VPC, its main route table and its internet gateway."""
    ec2 = stage.ec2(region)
    default = [{"Name": "is-default", "Values": ["true"]}]
    (found,) = ec2.describe_vpcs(Filters=default)["Vpcs"]
    stage.names[vpc] = found["VpcId"]
    stage.name_main_table(region, vpc)
    attached = [{"Name": "attachment.vpc-id", "Values": [found["VpcId"]]}]
    (gateway,) = ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]
    stage.names[f"{vpc}-igw"] = gateway["InternetGatewayId"]
