"""moto's network interfaces as EC2 has them. In: moto's objects. Out: ids, and documents."""

from collections.abc import Collection
from typing import Any

from peerkeeper_local.cloud.documents import Document, document_of
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location


def interfaces_in(backend: Any, subnet_id: str) -> list[str]:  # noqa: ANN401 - moto is not typed
    """Return the ids of the interfaces in a subnet."""
    return [each.id for each in backend.enis.values() if each.subnet.id == subnet_id]


def interfaces_with(backend: Any, group_id: str) -> list[str]:  # noqa: ANN401 - moto is not typed
    """Return the ids of the interfaces that carry a security group."""
    return [
        each.id
        for each in backend.enis.values()
        if any(group.id == group_id for group in each.group_set)
    ]


def described_interfaces(world: World, location: Location) -> list[Document]:
    """Return every interface of a location as DescribeNetworkInterfaces shows it."""
    backend = world.backend(location)
    kept = list(backend.enis.values())
    documents: list[Document] = document_of(
        "DescribeNetworkInterfaces", {"NetworkInterfaces": kept}
    )["NetworkInterfaces"]
    for stored, each in zip(kept, documents, strict=True):
        each["AvailabilityZoneId"] = stored.subnet.availability_zone_id
        each["Operator"] = {"Managed": False}
        _name_by_region(each, location.region)
        # moto keeps groups in a set: their order is chance
        each["Groups"] = sorted(each.get("Groups") or [], key=lambda group: group["GroupId"])
    return documents


def public_addresses_in(world: World, location: Location, vpc_id: str) -> list[str]:
    """Return the public addresses that interfaces of a VPC have."""
    return [
        each["Association"]["PublicIp"]
        for each in described_interfaces(world, location)
        if each["VpcId"] == vpc_id and (each.get("Association") or {}).get("PublicIp")
    ]


def leave_addresses(backend: Any, interface_ids: Collection[str]) -> None:  # noqa: ANN401 - as above
    """End the associations of Elastic IP addresses with interfaces that are deleted.

    The addresses stay with the account. Source: EC2 User Guide, delete a network interface.
    """
    for address in backend.addresses:
        if address.eni is not None and address.eni.id in interface_ids:
            address.eni = address.instance = address.association_id = None


def _name_by_region(interface: Document, region: str) -> None:
    """Give addresses the names of their Region: moto's are all of us-east-1. Source: VPC User Guide."""
    inside, outside = (
        ("ec2", "compute-1")
        if region == "us-east-1"
        else (f"{region}.compute", f"{region}.compute")
    )
    for each in (interface, *interface.get("PrivateIpAddresses", ())):
        if "PrivateDnsName" in each:
            host = each["PrivateDnsName"].partition(".")[0]
            each["PrivateDnsName"] = f"{host}.{inside}.internal"
        if association := each.get("Association"):
            host = f"ec2-{association['PublicIp'].replace('.', '-')}"
            association["PublicDnsName"] = f"{host}.{outside}.amazonaws.com"


def with_instance(backend: Any, route: Document) -> None:  # noqa: ANN401 - moto is not typed
    """Complete a route to an interface: EC2 shows its instance too, and whose that is.

    Source: EC2 API, Route.
    """
    interface = backend.enis.get(route.get("NetworkInterfaceId"))
    if interface is not None and interface.instance is not None:
        instance = interface.instance
        route |= {"InstanceId": instance.id, "InstanceOwnerId": instance.owner_id}


def carries(world: World, location: Location, interface_id: str) -> bool:
    """Whether an interface can take traffic: there, in use, and its instance not stopped.

    One that a saved cloud did not keep counts as there. Source: EC2 API, Route (State). Observed:
    deleted, not attached. Assumed: stopped.
    """
    interface = world.backend(location).enis.get(interface_id)
    if interface is None:
        return interface_id not in world.deleted_interfaces
    if interface.status != "in-use":
        return False
    return interface.instance is None or interface.instance.state in ("pending", "running")
