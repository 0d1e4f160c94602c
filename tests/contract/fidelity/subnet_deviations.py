"""What plain moto does otherwise than EC2: subnets, what they show and what may be changed of them."""

from ipaddress import ip_network
from typing import Any

from tests.contract.fidelity.stage import SEOUL, TOKYO, Deviation, Stage, outcome

API = "EC2 API"
ON = {"Value": True}
CHANGES: dict[str, dict[str, Any]] = {
    "EnableDns64": {"EnableDns64": ON},
    "EnableLniAtDeviceIndex": {"EnableLniAtDeviceIndex": 1},
    "MapCustomerOwnedIpOnLaunch": {
        "MapCustomerOwnedIpOnLaunch": ON,
        "CustomerOwnedIpv4Pool": "ipv4pool-coip-0123456789abcdef0",
    },
}
DNS = {
    "HostnameType": {"PrivateDnsHostnameTypeOnLaunch": "resource-name"},
    "EnableResourceNameDnsARecord": {"EnableResourceNameDnsARecordOnLaunch": ON},
    "EnableResourceNameDnsAAAARecord": {"EnableResourceNameDnsAAAARecordOnLaunch": ON},
}


def _shown(stage: Stage, subnet: str) -> dict[str, Any]:
    return dict(stage.seoul.describe_subnets(SubnetIds=[subnet])["Subnets"][0])


def _changed(stage: Stage, *changes: dict[str, Any]) -> dict[str, Any]:
    """Return what a new subnet shows after these changes, one a call."""
    subnet = stage.subnet(stage.vpc(stage.seoul))
    for change in changes:
        stage.seoul.modify_subnet_attribute(SubnetId=subnet, **change)
    return _shown(stage, subnet)


def attributes_are_kept(stage: Stage) -> dict[str, object]:
    shown = _changed(stage, *CHANGES.values())
    return {name: shown.get(name) for name in (*CHANGES, "CustomerOwnedIpv4Pool")}


def dns_options_are_kept(stage: Stage) -> dict[str, object]:
    return dict(_changed(stage, *DNS.values())["PrivateDnsNameOptionsOnLaunch"])


def local_interfaces_end(stage: Stage) -> list[object]:
    enable, disable = CHANGES["EnableLniAtDeviceIndex"], {"DisableLniAtDeviceIndex": ON}
    steps = (_changed(stage, enable), _changed(stage, enable, disable))
    return [shown.get("EnableLniAtDeviceIndex") for shown in steps]


def customer_owned_without_pool(stage: Stage) -> str:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    call = stage.seoul.modify_subnet_attribute
    return outcome(call, SubnetId=subnet, MapCustomerOwnedIpOnLaunch=ON)


def keys_of_a_new_subnet(stage: Stage) -> dict[str, object]:
    """Return what CreateSubnet's reply and DescribeSubnets say."""
    vpc = stage.vpc(stage.seoul)
    made = stage.seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    shown = _shown(stage, made["SubnetId"])
    wanted = ("EnableDns64", "MapCustomerOwnedIpOnLaunch", "BlockPublicAccessStates")
    return {key: (made.get(key), shown.get(key)) for key in wanted}


def empty_lists(stage: Stage) -> dict[str, list[str]]:
    """Return which of the lists that are empty are shown."""
    vpc = stage.vpc(stage.seoul)
    made = stage.seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    shown = {
        "CreateSubnet": made,
        "DescribeSubnets": _shown(stage, made["SubnetId"]),
        "DescribeVpcs": stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"][0],
    }
    lists = ("Ipv6CidrBlockAssociationSet", "Tags")
    return {call: [key for key in lists if key in said] for call, said in shown.items()}


def _with_ipv6(stage: Stage) -> tuple[str, str]:
    """Return a new VPC with an IPv6 block, and the first /64 of that block."""
    made = stage.seoul.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)
    vpc = str(made["Vpc"]["VpcId"])
    stage.advance(60)
    shown = stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]
    (block,) = shown["Ipv6CidrBlockAssociationSet"]
    return vpc, str(next(ip_network(block["Ipv6CidrBlock"]).subnets(new_prefix=64)))


def state_of_an_ipv6_block(stage: Stage) -> str:
    """Return what the reply of CreateSubnet says."""
    vpc, six = _with_ipv6(stage)
    made = stage.seoul.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24", Ipv6CidrBlock=six)
    (block,) = made["Subnet"]["Ipv6CidrBlockAssociationSet"]
    return str(block["Ipv6CidrBlockState"]["State"])


def ipv6_blocks(stage: Stage) -> list[str]:
    """A block outside of the VPC, one inside, and that one again: by a new subnet, and by another."""
    vpc, six = _with_ipv6(stage)
    create, other = stage.seoul.create_subnet, stage.subnet(vpc, "10.0.9.0/24")
    outside = outcome(create, VpcId=vpc, CidrBlock="10.0.1.0/24", Ipv6CidrBlock="2001:db8::/64")
    return [
        outside,
        outcome(create, VpcId=vpc, CidrBlock="10.0.2.0/24", Ipv6CidrBlock=six),
        outcome(create, VpcId=vpc, CidrBlock="10.0.3.0/24", Ipv6CidrBlock=six),
        outcome(stage.seoul.associate_subnet_cidr_block, SubnetId=other, Ipv6CidrBlock=six),
    ]


def another_regions_zone(stage: Stage) -> list[str]:
    vpc, create = stage.vpc(stage.seoul), stage.seoul.create_subnet
    return [
        outcome(create, VpcId=vpc, CidrBlock=cidr, **zone)
        for cidr, zone in (
            ("10.0.1.0/24", {"AvailabilityZone": f"{SEOUL}a"}),
            ("10.0.2.0/24", {"AvailabilityZone": f"{TOKYO}a"}),
            ("10.0.3.0/24", {"AvailabilityZoneId": "apne1-az1"}),
        )
    ]


def block_public_access_of_a_vpc(stage: Stage) -> object:
    vpc = stage.vpc(stage.seoul)
    return stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"][0].get("BlockPublicAccessStates")


BLOCK = {"InternetGatewayBlockMode": "off"}
IPV6 = "Ipv6CidrBlockAssociationSet"
BOTH = [IPV6, "Tags"]
SUBNETS = (
    Deviation(
        "every attribute of a subnet is kept",
        API,
        attributes_are_kept,
        {
            "EnableDns64": True,
            "EnableLniAtDeviceIndex": 1,
            "MapCustomerOwnedIpOnLaunch": True,
            "CustomerOwnedIpv4Pool": "ipv4pool-coip-0123456789abcdef0",
        },
        dict.fromkeys((*CHANGES, "CustomerOwnedIpv4Pool")),
    ),
    Deviation(
        "the DNS options of a subnet are kept",
        API,
        dns_options_are_kept,
        {
            "HostnameType": "resource-name",
            "EnableResourceNameDnsARecord": True,
            "EnableResourceNameDnsAAAARecord": True,
        },
        {
            "HostnameType": "ip-name",
            "EnableResourceNameDnsARecord": True,
            "EnableResourceNameDnsAAAARecord": False,
        },
    ),
    Deviation(
        "local network interfaces can be turned off",
        API,
        local_interfaces_end,
        [1, None],
        [None, None],
    ),
    Deviation(
        "customer-owned addresses need a pool",
        "EC2 API (code assumed)",
        customer_owned_without_pool,
        "MissingParameter",
        "done",
    ),
    Deviation(
        "a new subnet shows what it does not have",
        "observed",
        keys_of_a_new_subnet,
        {
            "EnableDns64": (False, False),
            "MapCustomerOwnedIpOnLaunch": (False, False),
            "BlockPublicAccessStates": (None, BLOCK),
        },
        {
            "EnableDns64": (None, None),
            "MapCustomerOwnedIpOnLaunch": (None, None),
            "BlockPublicAccessStates": (None, None),
        },
    ),
    Deviation(
        "a VPC shows what it does not block", "observed", block_public_access_of_a_vpc, BLOCK, None
    ),
    Deviation(
        "an empty list of tags is not shown",
        "observed",
        empty_lists,
        {"CreateSubnet": [IPV6], "DescribeSubnets": [IPV6], "DescribeVpcs": []},
        {"CreateSubnet": BOTH, "DescribeSubnets": BOTH, "DescribeVpcs": BOTH},
    ),
    Deviation(
        "a new subnet shows the state of its IPv6 block",
        API,
        state_of_an_ipv6_block,
        "associated",
        "{'State': 'associated'}",
    ),
    Deviation(
        "a subnet's IPv6 block is of its VPC, and free",
        "observed",
        ipv6_blocks,
        ["InvalidSubnet.Range", "done", "InvalidSubnet.Conflict", "InvalidSubnet.Conflict"],
        ["done", "done", "done", "done"],
    ),
    Deviation(
        "a subnet is in a zone of its Region",
        "observed; assumed (by id)",
        another_regions_zone,
        ["done", "InvalidParameterValue", "InvalidParameterValue"],
        ["done", "done", "done"],
    ),
)
