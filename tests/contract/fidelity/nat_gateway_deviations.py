"""What plain moto does otherwise than EC2: NAT gateways, and the addresses that they have."""

from ipaddress import ip_address, ip_network
from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome, status

API, ERRORS, GUIDE = "EC2 API", "EC2 errors", "VPC User Guide, NAT gateways"
UNKNOWN = "nat-0123456789abcdef0"


def _vpc(stage: Stage) -> str:
    """Make a VPC with a way to the internet."""
    vpc = stage.vpc(stage.seoul)
    stage.gateway(vpc)
    return vpc


def _address(stage: Stage) -> str:
    return str(stage.seoul.allocate_address(Domain="vpc")["AllocationId"])


def _made(stage: Stage, vpc: str, **sent: Any) -> dict[str, Any]:
    subnet = sent.get("SubnetId") or stage.subnet(vpc)
    wanted = {"AllocationId": _address(stage), **sent, "SubnetId": subnet}
    return dict(stage.seoul.create_nat_gateway(**wanted)["NatGateway"])


def _shown(stage: Stage, nat: str) -> dict[str, Any]:
    there = stage.seoul.describe_nat_gateways()["NatGateways"]
    return next((dict(each) for each in there if each["NatGatewayId"] == nat), {})


def _state(stage: Stage, nat: str) -> str:
    return str(_shown(stage, nat).get("State", "gone"))


def life_of_a_gateway(stage: Stage) -> list[str]:
    nat = _made(stage, _vpc(stage))["NatGatewayId"]
    states = [_state(stage, nat)]
    stage.advance(60)
    states.append(_state(stage, nat))
    stage.seoul.delete_nat_gateway(NatGatewayId=nat)
    states.append(_state(stage, nat))
    for seconds in (60, 3600):
        stage.advance(seconds)
        states.append(_state(stage, nat))
    return states


def address_in_the_subnet(stage: Stage) -> bool:
    """moto's addresses all begin with 10, so this subnet is elsewhere."""
    vpc = stage.vpc(stage.seoul, "172.20.0.0/16")
    stage.gateway(vpc)
    nat = _made(stage, vpc, SubnetId=stage.subnet(vpc, "172.20.1.0/24"))["NatGatewayId"]
    stage.advance(60)
    (address,) = _shown(stage, nat)["NatGatewayAddresses"]
    return ip_address(address["PrivateIp"]) in ip_network("172.20.1.0/24")


def interface_of_a_gateway(stage: Stage) -> dict[str, object]:
    vpc = _vpc(stage)
    _made(stage, vpc)
    wanted = [{"Name": "vpc-id", "Values": [vpc]}]
    (found,) = stage.seoul.describe_network_interfaces(Filters=wanted)["NetworkInterfaces"]
    return {
        "type": found["InterfaceType"],
        "managed": found["RequesterManaged"],
        "checks": found["SourceDestCheck"],
        "groups": len(found["Groups"]),
    }


def address_until_deleted(stage: Stage) -> list[object]:
    vpc, address = _vpc(stage), _address(stage)
    nat = _made(stage, vpc, AllocationId=address)["NatGatewayId"]
    stage.advance(60)
    said: list[object] = []
    release = stage.seoul.release_address
    said.append(outcome(release, AllocationId=address))
    if said != ["done"]:
        said.append(status(release, AllocationId=address))
        stage.seoul.delete_nat_gateway(NatGatewayId=nat)
        said.append(outcome(release, AllocationId=address))
        stage.advance(60)
        said.append(outcome(release, AllocationId=address))
    return said


def address_in_use(stage: Stage) -> str:
    vpc, address = _vpc(stage), _address(stage)
    made = stage.seoul.create_network_interface(SubnetId=stage.subnet(vpc))
    interface = made["NetworkInterface"]["NetworkInterfaceId"]
    stage.seoul.associate_address(AllocationId=address, NetworkInterfaceId=interface)
    return outcome(stage.seoul.release_address, AllocationId=address)


def gateways_that_fail(stage: Stage) -> dict[str, list[str]]:
    closed, open_ = stage.vpc(stage.seoul, "10.8.0.0/16"), _vpc(stage)
    address = _address(stage)
    subnet = stage.subnet(open_)
    _made(stage, open_, SubnetId=subnet, AllocationId=address)
    inner = stage.subnet(closed, "10.8.1.0/24")
    made = {"no internet gateway": _made(stage, open_, SubnetId=inner)["NatGatewayId"]}
    call = stage.seoul.create_nat_gateway
    seen = {}
    try:
        reply = call(SubnetId=subnet, AllocationId=address)
        made["address is busy"] = reply["NatGateway"]["NatGatewayId"]
    except stage.seoul.exceptions.ClientError as error:
        seen["address is busy"] = [str(error.response["Error"]["Code"])]
    stage.advance(60)
    for why, nat in made.items():
        shown = _shown(stage, nat)
        seen[why] = [shown["State"], shown.get("FailureCode", "none")]
    return dict(sorted(seen.items()))


def addresses_that_are_not_given(stage: Stage) -> dict[str, str]:
    call, subnet, address = (
        stage.seoul.create_nat_gateway,
        stage.subnet(_vpc(stage)),
        _address(stage),
    )
    return {
        "public without": outcome(call, SubnetId=subnet),
        "private with": outcome(
            call, SubnetId=subnet, ConnectivityType="private", AllocationId=address
        ),
    }


def what_is_not_there(stage: Stage) -> dict[str, str]:
    seoul, address = stage.seoul, _address(stage)
    create, subnet = seoul.create_nat_gateway, "subnet-0123456789abcdef0"
    return {
        "describe": outcome(seoul.describe_nat_gateways, NatGatewayIds=[UNKNOWN]),
        "delete": outcome(seoul.delete_nat_gateway, NatGatewayId=UNKNOWN),
        "malformed": outcome(seoul.delete_nat_gateway, NatGatewayId="nonsense"),
        "subnet": outcome(create, SubnetId=subnet, AllocationId=address),
        "malformed subnet": outcome(create, SubnetId="nonsense", AllocationId=address),
        "malformed address": outcome(create, SubnetId=subnet, AllocationId="nonsense"),
    }


def pages(stage: Stage) -> list[int]:
    vpc = _vpc(stage)
    subnet = stage.subnet(vpc)
    for _ in range(6):
        _made(stage, vpc, SubnetId=subnet)
    pager = stage.seoul.get_paginator("describe_nat_gateways")
    return [len(page["NatGateways"]) for page in pager.paginate(PaginationConfig={"PageSize": 5})]


def route_to_a_deleted_gateway(stage: Stage) -> str:
    vpc = _vpc(stage)
    nat = _made(stage, vpc)["NatGatewayId"]
    stage.seoul.delete_nat_gateway(NatGatewayId=nat)
    stage.advance(60)
    table = stage.table(stage.seoul, vpc)
    sent = {"RouteTableId": table, "DestinationCidrBlock": "192.0.2.0/24"}
    return outcome(stage.seoul.create_route, NatGatewayId=nat, **sent)


NAT_GATEWAYS = (
    Deviation(
        "a NAT gateway needs time to start and to end, and is shown for an hour after",
        f"{API}; {GUIDE}",
        life_of_a_gateway,
        ["pending", "available", "deleting", "deleted", "gone"],
        ["available", "available", "deleted", "deleted", "deleted"],
    ),
    Deviation("its address is the subnet's", API, address_in_the_subnet, True, False),
    Deviation(
        "its interface is managed for it",
        "observed",
        interface_of_a_gateway,
        {"type": "nat_gateway", "managed": True, "checks": False, "groups": 0},
        {"type": "interface", "managed": False, "checks": True, "groups": 1},
    ),
    Deviation(
        "its address is busy until it is deleted",
        "observed",
        address_until_deleted,
        ["AuthFailure", 400, "AuthFailure", "done"],
        ["done"],
    ),
    Deviation(
        "an address in use is not released", API, address_in_use, "InvalidIPAddress.InUse", "done"
    ),
    Deviation(
        "a NAT gateway fails, and says why",
        API,
        gateways_that_fail,
        {
            "address is busy": ["failed", "Resource.AlreadyAssociated"],
            "no internet gateway": ["failed", "Gateway.NotAttached"],
        },
        {
            "address is busy": ["Resource.AlreadyAssociated"],
            "no internet gateway": ["available", "none"],
        },
    ),
    Deviation(
        "a public NAT gateway has an address, a private one none",
        "observed; assumed (the private one)",
        addresses_that_are_not_given,
        {"public without": "MissingParameter", "private with": "InvalidParameterCombination"},
        {"public without": "done", "private with": "done"},
    ),
    Deviation(
        "the errors for an unknown NAT gateway, and for its unknown subnet, have no dot",
        f"{ERRORS}; observed",
        what_is_not_there,
        {
            "describe": "NatGatewayNotFound",
            "delete": "NatGatewayNotFound",
            "malformed": "NatGatewayMalformed",
            "subnet": "InvalidSubnet",
            "malformed subnet": "InvalidSubnet",
            "malformed address": "InvalidElasticIpID.Malformed",
        },
        {
            "describe": "done",
            "delete": "AttributeError",
            "malformed": "AttributeError",
            "subnet": "InvalidSubnetID.NotFound",
            "malformed subnet": "InvalidSubnetID.NotFound",
            "malformed address": "InvalidSubnetID.NotFound",
        },
    ),
    Deviation("NAT gateways come in pages", API, pages, [5, 1], [6]),
    Deviation(
        "a deleted NAT gateway cannot be a target",
        "assumed",
        route_to_a_deleted_gateway,
        "InvalidNatGatewayID.NotFound",
        "done",
    ),
)
