"""What plain moto does otherwise than EC2: instances, as hosts in a network."""

from typing import Any

from peerkeeper_local.semantics.images import images
from tests.contract.fidelity.security_group_deviations import group
from tests.contract.fidelity.stage import SEOUL, Deviation, Stage, outcome

API, OBSERVED, GUIDE = "EC2 API", "observed", "EC2 User Guide, instance lifecycle"
IMAGE = images(SEOUL)[0]["ImageId"]
ONE = {"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1, "InstanceType": "t3.micro"}


def host(stage: Stage, **sent: Any) -> dict[str, Any]:
    if "SubnetId" not in sent and "NetworkInterfaces" not in sent:
        sent["SubnetId"] = stage.subnet(stage.vpc(stage.seoul))
    return dict(stage.seoul.run_instances(**{**ONE, **sent})["Instances"][0])


def shown(stage: Stage, instance_id: str) -> dict[str, Any]:
    reply = stage.seoul.describe_instances(InstanceIds=[instance_id])
    return dict(reply["Reservations"][0]["Instances"][0])


def state(stage: Stage, instance_id: str) -> str:
    return str(shown(stage, instance_id)["State"]["Name"])


def a_hosts_life(stage: Stage) -> list[str]:
    """Run, stop, start and terminate it, and look right after each call and a minute later."""
    found = host(stage)["InstanceId"]
    seen = [state(stage, found)]
    stage.advance(60)
    for act in (
        stage.seoul.stop_instances,
        stage.seoul.start_instances,
        stage.seoul.terminate_instances,
    ):
        act(InstanceIds=[found])
        seen.append(state(stage, found))
        stage.advance(60)
    return [*seen, state(stage, found)]


def terminated_for_an_hour(stage: Stage) -> str:
    found = host(stage)["InstanceId"]
    stage.seoul.terminate_instances(InstanceIds=[found])
    stage.advance(2 * 3600)
    return outcome(stage.seoul.describe_instances, InstanceIds=[found])


def started_too_early(stage: Stage) -> str:
    found = host(stage)["InstanceId"]
    stage.advance(60)
    stage.seoul.stop_instances(InstanceIds=[found])
    return outcome(stage.seoul.start_instances, InstanceIds=[found])


def started_after_its_end(stage: Stage) -> str:
    found = host(stage)["InstanceId"]
    stage.seoul.terminate_instances(InstanceIds=[found])
    stage.advance(60)
    return outcome(stage.seoul.start_instances, InstanceIds=[found])


def interface_after_its_host(stage: Stage) -> int:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    found = host(stage, SubnetId=subnet)["InstanceId"]
    stage.seoul.terminate_instances(InstanceIds=[found])
    stage.advance(60)
    asked = [{"Name": "subnet-id", "Values": [subnet]}]
    return len(stage.seoul.describe_network_interfaces(Filters=asked)["NetworkInterfaces"])


def address_after_its_host(stage: Stage) -> str:
    found = host(stage)
    stage.advance(60)
    allocation = stage.seoul.allocate_address(Domain="vpc")["AllocationId"]
    eni = found["NetworkInterfaces"][0]["NetworkInterfaceId"]
    stage.seoul.associate_address(AllocationId=allocation, NetworkInterfaceId=eni)
    stage.seoul.terminate_instances(InstanceIds=[found["InstanceId"]])
    stage.advance(60)
    (address,) = stage.seoul.describe_addresses(AllocationIds=[allocation])["Addresses"]
    return "busy" if address.get("AssociationId") else "free"


def place_of_a_terminated_host(stage: Stage) -> list[bool]:
    found = host(stage)["InstanceId"]
    stage.seoul.terminate_instances(InstanceIds=[found])
    stage.advance(60)
    return [key in shown(stage, found) for key in ("VpcId", "SubnetId", "PrivateIpAddress")]


def unknown_image(stage: Stage) -> str:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    sent = {**ONE, "ImageId": "ami-0123456789abcdef0", "SubnetId": subnet}
    return outcome(stage.seoul.run_instances, **sent)


def as_many_as_wanted(stage: Stage) -> int:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    made = stage.seoul.run_instances(**{**ONE, "MaxCount": 3, "SubnetId": subnet})
    return len(made["Instances"])


def group_of_another_vpc(stage: Stage) -> str:
    sent = {"SubnetId": stage.subnet(stage.vpc(stage.seoul)), "SecurityGroupIds": [group(stage)]}
    return outcome(stage.seoul.run_instances, **ONE, **sent)


def default_group_is_carried(stage: Stage) -> list[str]:
    return [each["GroupName"] for each in host(stage)["SecurityGroups"]]


def host_without_a_subnet(stage: Stage) -> bool:
    """It lands in the default VPC, and its address with it."""
    address = stage.seoul.run_instances(**ONE)["Instances"][0]["PrivateIpAddress"]
    return str(address).startswith("172.31.")


def route_to_a_host(stage: Stage) -> list[bool]:
    vpc = stage.vpc(stage.seoul)
    found = host(stage, SubnetId=stage.subnet(vpc))
    stage.advance(60)
    eni = found["NetworkInterfaces"][0]["NetworkInterfaceId"]
    table = stage.table(stage.seoul, vpc)
    stage.seoul.create_route(
        RouteTableId=table, DestinationCidrBlock="10.9.0.0/16", NetworkInterfaceId=eni
    )
    said = stage.routes(table)[-1]
    return [said.get("InstanceId") == found["InstanceId"], "InstanceOwnerId" in said]


def route_to_a_stopped_host(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    found = host(stage, SubnetId=stage.subnet(vpc))["InstanceId"]
    stage.advance(60)
    table = stage.table(stage.seoul, vpc)
    stage.seoul.create_route(
        RouteTableId=table, DestinationCidrBlock="10.9.0.0/16", InstanceId=found
    )
    stage.seoul.stop_instances(InstanceIds=[found])
    stage.advance(60)
    return str(stage.routes(table)[-1]["State"])


def subnet_with_a_host(stage: Stage) -> list[str]:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    found = host(stage, SubnetId=subnet)["InstanceId"]
    said = outcome(stage.seoul.delete_subnet, SubnetId=subnet)
    stage.seoul.terminate_instances(InstanceIds=[found])
    stage.advance(60)
    return [said, outcome(stage.seoul.delete_subnet, SubnetId=subnet)]


INCORRECT = "IncorrectInstanceState"
HOSTS = (
    Deviation(
        "a host passes through its states",
        GUIDE,
        a_hosts_life,
        ["pending", "stopping", "pending", "shutting-down", "terminated"],
        ["running", "stopped", "running", "terminated", "terminated"],
    ),
    Deviation(
        "a terminated host is shown for about an hour",
        API,
        terminated_for_an_hour,
        "InvalidInstanceID.NotFound",
        "done",
    ),
    Deviation("a host that stops cannot start", OBSERVED, started_too_early, INCORRECT, "done"),
    Deviation(
        "a host that is terminated cannot start", GUIDE, started_after_its_end, INCORRECT, "done"
    ),
    Deviation("an interface is deleted with its host", API, interface_after_its_host, 0, 1),
    Deviation(
        "an Elastic IP address is free once its host is terminated",
        "EC2 User Guide, delete a network interface",
        address_after_its_host,
        "free",
        "busy",
    ),
    Deviation(
        "a host that is terminated is in no network",
        OBSERVED,
        place_of_a_terminated_host,
        [False, False, False],
        [True, True, True],
    ),
    Deviation(
        "a host needs an image that exists",
        OBSERVED,
        unknown_image,
        "InvalidAMIID.NotFound",
        "done",
    ),
    Deviation("EC2 runs as many hosts as the call allows", API, as_many_as_wanted, 3, 1),
    Deviation(
        "a host's groups must be in its VPC",
        OBSERVED,
        group_of_another_vpc,
        "InvalidParameter",
        "done",
    ),
    Deviation(
        "a host has the default group by default",
        API,
        default_group_is_carried,
        ["default"],
        [],
    ),
    Deviation(
        "a host without a subnet has an address of the default VPC",
        API,
        host_without_a_subnet,
        True,
        False,
    ),
    Deviation(
        "a route to an interface shows the host behind it",
        API,
        route_to_a_host,
        [True, True],
        [False, False],
    ),
    Deviation(
        "a route to a stopped host is a blackhole",
        "assumed",
        route_to_a_stopped_host,
        "blackhole",
        "active",
    ),
    Deviation(
        "a subnet with a host cannot be deleted",
        API,
        subnet_with_a_host,
        ["DependencyViolation", "done"],
        ["done", "InvalidSubnetID.NotFound"],
    ),
)
