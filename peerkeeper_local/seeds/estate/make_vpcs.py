"""The VPCs of the estate with all that is in them. In: hands, plans. Out: VPCs; no peering yet."""

from __future__ import annotations

from typing import Any

from peerkeeper_local.seeds.estate.hands import ANYWHERE, Hands, tagged
from peerkeeper_local.seeds.estate.names import name_of
from peerkeeper_local.seeds.estate.places import ACCOUNTS, REGIONS
from peerkeeper_local.seeds.estate.vpc import MAIN, Vpc
from peerkeeper_local.seeds.estate.vpc_list import FOREIGN_VPCS, VPCS
from peerkeeper_local.seeds.estate.vpc_plan import Shape, VpcPlan
from peerkeeper_local.story.handiwork import new_gateway

PUBLIC_IP = "peerkeeper:public-ip"


def make_vpcs(hands: Hands) -> None:
    """Make every VPC, ours and the foreign ones, in place of the default VPCs of our accounts."""
    for account in ACCOUNTS:
        for region in REGIONS:
            _clear(hands.stage.ec2(region, account))
    for plan in (*VPCS, *FOREIGN_VPCS):
        vpc = hands.vpc(plan, _tags(plan))
        _attributes(hands, vpc)
        {
            Shape.FLAT: _flat,
            Shape.TIERED: _tiered,
            Shape.NATTED: _natted,
            Shape.ISOLATED: _isolated,
        }[plan.shape](hands, vpc)
        _publish(hands, vpc)


def _tags(plan: VpcPlan) -> dict[str, str]:
    name = name_of(plan.key)
    named = {} if name is None else {"Name": name}
    return {
        **named,
        "Team": plan.team,
        "Owner": f"{plan.team}@example.com",
        **plan.tags,
    }


def _clear(ec2: Any) -> None:  # noqa: ANN401 - made at run time
    """Delete the default VPC, as companies do that number their networks."""
    (vpc,) = (each["VpcId"] for each in ec2.describe_vpcs()["Vpcs"])
    for subnet in ec2.describe_subnets()["Subnets"]:
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    for gateway in ec2.describe_internet_gateways()["InternetGateways"]:
        name = gateway["InternetGatewayId"]
        ec2.detach_internet_gateway(InternetGatewayId=name, VpcId=vpc)
        ec2.delete_internet_gateway(InternetGatewayId=name)
    ec2.delete_vpc(VpcId=vpc)


def _attributes(hands: Hands, vpc: Vpc) -> None:
    """Turn DNS hostnames on where they are wanted: EC2 leaves them off in a new VPC."""
    if vpc.plan.host_names:
        hands.at(vpc.plan).modify_vpc_attribute(VpcId=vpc.id, EnableDnsHostnames={"Value": True})


def _flat(hands: Hands, vpc: Vpc) -> None:
    hands.subnet(vpc, "only", 0, "a")
    hands.send(vpc, vpc.tables[MAIN], ANYWHERE, GatewayId=_gateway(hands, vpc))


def _tiered(hands: Hands, vpc: Vpc) -> None:
    hands.subnet(vpc, "public", 0, "a")
    hands.send(vpc, hands.table(vpc, "public", "public"), ANYWHERE, GatewayId=_gateway(hands, vpc))
    _isolated(hands, vpc)


def _natted(hands: Hands, vpc: Vpc) -> None:
    _tiered(hands, vpc)
    ec2 = hands.at(vpc.plan)
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    tags = {"Name": f"{vpc.plan.key}-nat"}
    reply = ec2.create_nat_gateway(
        SubnetId=vpc.subnets["public"],
        AllocationId=address,
        TagSpecifications=tagged("natgateway", tags),
    )
    vpc.nat = reply["NatGateway"]["NatGatewayId"]
    hands.send(vpc, vpc.tables["private"], ANYWHERE, NatGatewayId=vpc.nat)


def _isolated(hands: Hands, vpc: Vpc) -> None:
    for part, zone in enumerate("ac", 2):
        hands.subnet(vpc, f"private-{zone}", part, zone)
    hands.table(vpc, "private", "private-a", "private-c")


def _gateway(hands: Hands, vpc: Vpc) -> str:
    tags = tagged("internet-gateway", {"Name": f"{vpc.plan.key}-igw"})
    return new_gateway(hands.at(vpc.plan), vpc.id, TagSpecifications=tags)


def _publish(hands: Hands, vpc: Vpc) -> None:
    """Turn public IP on for public subnets, and for all of a VPC whose tag asks to have that put right."""
    for name, subnet in vpc.subnets.items():
        if PUBLIC_IP in vpc.plan.tags or not name.startswith("private"):
            hands.at(vpc.plan).modify_subnet_attribute(
                SubnetId=subnet, MapPublicIpOnLaunch={"Value": True}
            )
