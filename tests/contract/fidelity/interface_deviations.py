"""What plain moto does otherwise than EC2: interfaces, and what they and others hold."""

from typing import Any

from tests.contract.fidelity.network_acl_deviations import acl
from tests.contract.fidelity.security_group_deviations import group
from tests.contract.fidelity.stage import Deviation, Stage, outcome

API, OBSERVED, HELD = "EC2 API", "observed", "DependencyViolation"
INVALID = "InvalidParameterValue"


def interface(stage: Stage, subnet: str, **sent: Any) -> dict[str, Any]:
    made = stage.seoul.create_network_interface(SubnetId=subnet, **sent)
    return dict(made["NetworkInterface"])


def subnet_with_an_interface(stage: Stage) -> list[str]:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    eni = interface(stage, subnet)["NetworkInterfaceId"]
    said = outcome(stage.seoul.delete_subnet, SubnetId=subnet)
    outcome(stage.seoul.delete_network_interface, NetworkInterfaceId=eni)
    return [said, outcome(stage.seoul.delete_subnet, SubnetId=subnet)]


def subnet_with_a_nat_gateway(stage: Stage) -> str:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    stage.seoul.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")
    return outcome(stage.seoul.delete_subnet, SubnetId=subnet)


def vpc_with_a_group(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    group(stage, vpc)
    return outcome(stage.seoul.delete_vpc, VpcId=vpc)


def vpc_with_an_acl(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    acl(stage, vpc)
    return outcome(stage.seoul.delete_vpc, VpcId=vpc)


def vpc_with_an_endpoint(stage: Stage) -> str:
    vpc, service = stage.vpc(stage.seoul), "com.amazonaws.ap-northeast-2.s3"
    stage.seoul.create_vpc_endpoint(VpcId=vpc, ServiceName=service, VpcEndpointType="Gateway")
    return outcome(stage.seoul.delete_vpc, VpcId=vpc)


def vpc_with_an_egress_gateway(stage: Stage) -> list[str]:
    vpc = stage.vpc(stage.seoul)
    made = stage.seoul.create_egress_only_internet_gateway(VpcId=vpc)
    gateway = made["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
    said = outcome(stage.seoul.delete_vpc, VpcId=vpc)
    stage.seoul.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=gateway)
    return [said, outcome(stage.seoul.delete_vpc, VpcId=vpc)]


def gateway_of_a_public_address(stage: Stage) -> list[str]:
    """Detach while an interface has a public address, and once it is disassociated."""
    vpc = stage.vpc(stage.seoul)
    gateway = stage.seoul.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    stage.seoul.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    eni = interface(stage, stage.subnet(vpc))["NetworkInterfaceId"]
    allocation = stage.seoul.allocate_address(Domain="vpc")["AllocationId"]
    made = stage.seoul.associate_address(AllocationId=allocation, NetworkInterfaceId=eni)
    detach = stage.seoul.detach_internet_gateway
    said = outcome(detach, InternetGatewayId=gateway, VpcId=vpc)
    stage.seoul.disassociate_address(AssociationId=made["AssociationId"])
    return [said, outcome(detach, InternetGatewayId=gateway, VpcId=vpc)]


def address_of_a_deleted_interface(stage: Stage) -> str:
    eni = interface(stage, stage.subnet(stage.vpc(stage.seoul)))["NetworkInterfaceId"]
    allocation = stage.seoul.allocate_address(Domain="vpc")["AllocationId"]
    stage.seoul.associate_address(AllocationId=allocation, NetworkInterfaceId=eni)
    stage.seoul.delete_network_interface(NetworkInterfaceId=eni)
    (address,) = stage.seoul.describe_addresses(AllocationIds=[allocation])["Addresses"]
    return "busy" if address.get("AssociationId") else "free"


def route_to_an_interface(stage: Stage) -> list[str]:
    vpc = stage.vpc(stage.seoul)
    eni = interface(stage, stage.subnet(vpc))["NetworkInterfaceId"]
    table = stage.table(stage.seoul, vpc)
    stage.seoul.create_route(
        RouteTableId=table, DestinationCidrBlock="10.9.0.0/16", NetworkInterfaceId=eni
    )
    said = [stage.routes(table)[-1]["State"]]
    stage.seoul.delete_network_interface(NetworkInterfaceId=eni)
    return [*said, stage.routes(table)[-1]["State"]]


def address_of_the_subnet(stage: Stage) -> list[str]:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    call = stage.seoul.create_network_interface
    wanted = ("10.0.2.9", "10.0.1.9", "10.0.1.9", "10.0.1.1")
    return [outcome(call, SubnetId=subnet, PrivateIpAddress=each) for each in wanted]


def unknown_group_on_an_interface(stage: Stage) -> str:
    subnet, named = stage.subnet(stage.vpc(stage.seoul)), "sg-0123456789abcdef0"
    return outcome(stage.seoul.create_network_interface, SubnetId=subnet, Groups=[named])


def group_of_another_vpc(stage: Stage) -> str:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    call = stage.seoul.create_network_interface
    return outcome(call, SubnetId=subnet, Groups=[group(stage)])


def pages(stage: Stage) -> list[int]:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    for _ in range(6):
        interface(stage, subnet)
    asked = {"Filters": [{"Name": "subnet-id", "Values": [subnet]}]}
    reading = stage.seoul.get_paginator("describe_network_interfaces")
    return [
        len(page["NetworkInterfaces"])
        for page in reading.paginate(**asked, PaginationConfig={"PageSize": 5})
    ]


def filters(stage: Stage) -> list[str]:
    names = ("interface-type", "attachment.status", "association.public-ip", "operator.managed")
    call = stage.seoul.describe_network_interfaces
    interface(stage, stage.subnet(stage.vpc(stage.seoul)))
    return [outcome(call, Filters=[{"Name": name, "Values": ["x"]}]) for name in names]


INTERFACES = (
    Deviation(
        "a subnet with an interface cannot be deleted",
        OBSERVED,
        subnet_with_an_interface,
        [HELD, "done"],
        ["done", "InvalidSubnetID.NotFound"],
    ),
    Deviation(
        "a subnet with a NAT gateway cannot be deleted",
        OBSERVED,
        subnet_with_a_nat_gateway,
        HELD,
        "done",
    ),
    Deviation("a VPC with its own group cannot be deleted", API, vpc_with_a_group, HELD, "done"),
    Deviation("a VPC with its own ACL cannot be deleted", API, vpc_with_an_acl, HELD, "done"),
    Deviation(
        "a VPC with a gateway endpoint cannot be deleted", API, vpc_with_an_endpoint, HELD, "done"
    ),
    Deviation(
        "a VPC with an egress-only internet gateway cannot be deleted",
        OBSERVED,
        vpc_with_an_egress_gateway,
        [HELD, "done"],
        ["done", "InvalidVpcID.NotFound"],
    ),
    Deviation(
        "an internet gateway stays attached while its VPC has a public address",
        OBSERVED,
        gateway_of_a_public_address,
        [HELD, "done"],
        ["done", "Gateway.NotAttached"],
    ),
    Deviation(
        "an Elastic IP address is free once its interface is deleted",
        "EC2 User Guide, delete a network interface",
        address_of_a_deleted_interface,
        "free",
        "busy",
    ),
    Deviation(
        "a route to a detached or deleted interface is a blackhole",
        OBSERVED,
        route_to_an_interface,
        ["blackhole", "blackhole"],
        ["active", "active"],
    ),
    Deviation(
        "an interface's address must be free, and in its subnet",
        "EC2 errors; VPC User Guide, subnet sizing",
        address_of_the_subnet,
        [INVALID, "done", "InvalidIPAddress.InUse", INVALID],
        ["done", "done", "done", "done"],
    ),
    Deviation(
        "an interface's groups must exist",
        "EC2 errors",
        unknown_group_on_an_interface,
        "InvalidGroup.NotFound",
        "done",
    ),
    Deviation(
        "an interface's groups must be in its VPC",
        OBSERVED,
        group_of_another_vpc,
        "InvalidParameter",
        "done",
    ),
    Deviation("interfaces come in pages", API, pages, [5, 1], [6]),
    Deviation(
        "the filters of interfaces are the documented ones",
        API,
        filters,
        ["done"] * 4,
        ["done", *["FilterNotImplementedError"] * 3],
    ),
)
