"""What plain moto does otherwise than EC2: the addresses that VPCs and subnets may have."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

API = "EC2 API"
GUIDE = "VPC User Guide, VPC CIDR blocks"
RANGE = "InvalidVpc.Range"


def blocks_of_no_network(stage: Stage) -> dict[str, str]:
    cidrs = ("127.0.0.0/16", "169.254.0.0/16", "224.0.0.0/16", "0.0.0.0/16")
    return {cidr: outcome(stage.seoul.create_vpc, CidrBlock=cidr) for cidr in cidrs}


def small_subnet(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    return outcome(stage.seoul.create_subnet, VpcId=vpc, CidrBlock="10.0.1.0/29")


def _further(stage: Stage, primary: str, *cidrs: str) -> list[str]:
    call, vpc = stage.seoul.associate_vpc_cidr_block, stage.vpc(stage.seoul, primary)
    return [outcome(call, VpcId=vpc, CidrBlock=cidr) for cidr in cidrs]


def large_further_block(stage: Stage) -> list[str]:
    return _further(stage, "10.0.0.0/16", "11.0.0.0/8", "10.5.0.0/29")


def another_private_range(stage: Stage) -> dict[str, list[str]]:
    return {
        primary: _further(stage, primary, *cidrs)
        for primary, cidrs in (
            ("10.2.0.0/16", ("172.16.0.0/16", "192.168.0.0/16", "100.64.0.0/16", "10.3.0.0/16")),
            ("172.16.0.0/16", ("172.31.0.0/16", "172.17.0.0/16")),
            ("100.64.0.0/16", ("10.0.0.0/16", "198.19.0.0/16", "52.0.0.0/16")),
        )
    }


def first_of_the_tens(stage: Stage) -> list[str]:
    return _further(stage, "10.1.0.0/16", "10.0.0.0/16", "10.2.0.0/16")


def _ipv6(stage: Stage, **sent: Any) -> tuple[str, dict[str, Any]]:
    vpc = stage.vpc(stage.seoul)
    call = stage.seoul.associate_vpc_cidr_block
    reply = call(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True, **sent)
    return vpc, reply["Ipv6CidrBlockAssociation"]


def _seen(association: dict[str, Any]) -> tuple[str, bool, object]:
    return (
        association["Ipv6CidrBlockState"]["State"],
        bool(association.get("Ipv6CidrBlock")),
        association.get("NetworkBorderGroup"),
    )


def ipv6_block_on_its_way(stage: Stage) -> list[tuple[str, bool, object]]:
    """Return state, whether there is a block, and group: of the reply, of a describe, of a later one."""
    vpc, reply = _ipv6(stage)
    seen = [_seen(reply)]
    for seconds in (0, 5):
        stage.advance(seconds)
        (shown,) = stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"]
        seen.append(_seen(shown["Ipv6CidrBlockAssociationSet"][0]))
    return seen


def ipv6_block_of_a_new_vpc(stage: Stage) -> list[tuple[str, bool, object]]:
    made = stage.seoul.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
    stage.advance(5)
    (shown,) = stage.seoul.describe_vpcs(VpcIds=[made["VpcId"]])["Vpcs"]
    return [_seen(vpc["Ipv6CidrBlockAssociationSet"][0]) for vpc in (made, shown)]


def border_group_sent(stage: Stage) -> object:
    _, reply = _ipv6(stage, Ipv6CidrBlockNetworkBorderGroup="ap-northeast-2-wl1-sel-wlz-1")
    return reply.get("NetworkBorderGroup")


SEOUL = "ap-northeast-2"
ADDRESSES = (
    Deviation(
        "a VPC cannot have loopback, link-local or multicast addresses",
        f"{GUIDE} (code assumed)",
        blocks_of_no_network,
        dict.fromkeys(("127.0.0.0/16", "169.254.0.0/16", "224.0.0.0/16", "0.0.0.0/16"), RANGE),
        dict.fromkeys(("127.0.0.0/16", "169.254.0.0/16", "224.0.0.0/16", "0.0.0.0/16"), "done"),
    ),
    Deviation("a subnet is at least a /28", API, small_subnet, "InvalidSubnet.Range", "done"),
    Deviation(
        "a further block is at most a /16 and at least a /28",
        GUIDE,
        large_further_block,
        [RANGE, RANGE],
        ["done", "done"],
    ),
    Deviation(
        "a further block cannot be in another private range",
        f"{GUIDE}; observed",
        another_private_range,
        {
            "10.2.0.0/16": [RANGE, RANGE, "done", "done"],
            "172.16.0.0/16": [RANGE, "done"],
            "100.64.0.0/16": [RANGE, RANGE, "done"],
        },
        {
            "10.2.0.0/16": ["done"] * 4,
            "172.16.0.0/16": ["done"] * 2,
            "100.64.0.0/16": ["done"] * 3,
        },
    ),
    Deviation(
        "10.0.0.0/16 cannot be added to 10.1.0.0/16",
        GUIDE,
        first_of_the_tens,
        [RANGE, "done"],
        ["done", "done"],
    ),
    Deviation(
        "an IPv6 block is associating first",
        "observed",
        ipv6_block_on_its_way,
        [("associating", False, SEOUL), ("associating", False, SEOUL), ("associated", True, SEOUL)],
        [("associating", True, None), ("associated", True, None), ("associated", True, None)],
    ),
    Deviation(
        "the IPv6 block of a new VPC is associating first too",
        "assumed alike",
        ipv6_block_of_a_new_vpc,
        [("associating", False, SEOUL), ("associated", True, SEOUL)],
        [("associated", True, None), ("associated", True, None)],
    ),
    Deviation(
        "the border group is the one asked for",
        API,
        border_group_sent,
        "ap-northeast-2-wl1-sel-wlz-1",
        None,
    ),
)
