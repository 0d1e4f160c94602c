"""What sends traffic in a VPC: instances, gateways, endpoints, interfaces, addresses. In: a VPC. Out: steps.

interface                                     what follows
of an instance that deletes it                nothing: it goes with the instance
of an instance, and stays                     delete it once the instance is terminated
of a NAT gateway or endpoint that is listed   nothing: it goes with that
requester-managed                             a blocker: only the service that made it deletes it
attached to anything else                     a blocker
free                                          delete it

Elastic IP address                            what follows
of a NAT gateway of the VPC                   release it once the gateway is deleted
of an interface of the VPC                    disassociate it, if no end of an instance does; release it
that a service of AWS manages                 nothing: the service releases it
any other                                     nothing

Sources: EC2 API reference, NetworkInterface, DeleteNatGateway, ReleaseAddress, TerminateInstances.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.order.blocker import Blocker
from peerkeeper_cli.teardown.order.calls import ec2, filtered, listed
from peerkeeper_cli.teardown.order.step import Step, Wait
from peerkeeper_cli.teardown.seen.contents import Address, Endpoint, Instance, Interface, NatGateway
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import OwnVpc


def host_steps(vpc: OwnVpc) -> Iterator[Step | Blocker]:
    """Yield what is done about each of them."""
    inside, where = vpc.contents, vpc.location
    for instance in inside.instances:
        yield _instance(instance, where)
    for nat in inside.nat_gateways:
        yield _nat_gateway(nat, where)
    for endpoint in inside.endpoints:
        yield _endpoint(endpoint, where)
    held = frozenset[str]().union(
        *(one.interfaces for one in inside.nat_gateways),
        *(one.interfaces for one in inside.endpoints),
    )
    for interface in inside.interfaces:
        if interface.id not in held and (not interface.instance or interface.stays):
            yield _interface(interface, where)
    yield from _addresses(vpc)


def _instance(one: Instance, where: Location) -> Step | Blocker:
    named = {"InstanceIds": [one.id]}
    if one.scaling_group:
        words = f"the Auto Scaling group {one.scaling_group} launches another one for it"
        return Blocker(where, one.id, words, "delete the group, or take the VPC's subnets from it")
    if one.protected:
        return Blocker(
            where,
            one.id,
            "somebody protected it against termination",
            f"aws ec2 modify-instance-attribute --region {where.region} --instance-id {one.id} "
            "--no-disable-api-termination",
        )
    calls = () if one.shutting_down else (ec2("TerminateInstances", where, **named),)
    words = "terminate the instance" if calls else "wait: the instance is being terminated"
    wait = Wait(
        "until it is terminated", ec2("DescribeInstances", where, **named), "instance-terminated"
    )
    return Step(Kind.INSTANCE, where, one.id, words, calls, wait, ("InvalidInstanceID.NotFound",))


def _nat_gateway(one: NatGateway, where: Location) -> Step:
    calls = () if one.deleting else (ec2("DeleteNatGateway", where, NatGatewayId=one.id),)
    words = "delete the NAT gateway" if calls else "wait: the NAT gateway is being deleted"
    read = ec2("DescribeNatGateways", where, NatGatewayIds=[one.id])
    wait = Wait(
        "until it is deleted: it keeps its address and its subnet until then",
        read,
        "nat-gateway-deleted",
    )
    return Step(Kind.NAT_GATEWAY, where, one.id, words, calls, wait, ("NatGatewayNotFound",))


def _endpoint(one: Endpoint, where: Location) -> Step | Blocker:
    if one.managed:
        words = f"a service of AWS manages this endpoint for {one.service}"
        return Blocker(where, one.id, words, "delete it in the service that made it")
    unsuccessful = "Unsuccessful[].Error.Code"
    call = listed("DeleteVpcEndpoints", where, unsuccessful, VpcEndpointIds=[one.id])
    calls = () if one.deleting else (call,)
    words = f"delete the endpoint for {one.service}" if calls else "wait: it is being deleted"
    gone = ("InvalidVpcEndpointId.NotFound", "InvalidVpcEndpoint.NotFound")
    read = listed(
        "DescribeVpcEndpoints",
        where,
        'VpcEndpoints[?State!=`"deleted"`].State',
        Filters=filtered("vpc-endpoint-id", one.id),
    )
    wait = Wait("until EC2 shows it no more: its interfaces stay until then", read)
    return Step(Kind.ENDPOINT, where, one.id, words, calls, wait, gone)


def _interface(one: Interface, where: Location) -> Step | Blocker:
    if one.managed:
        said = " ".join(word for word in (one.description, f"({one.kind})") if word)
        words = f"a service of AWS made it and holds it: {said}"
        return Blocker(where, one.id, words, "delete what it serves; the interface goes with that")
    if one.attached and not one.instance:
        words = f"it is attached to something that EC2 does not name: {one.description or one.kind}"
        return Blocker(where, one.id, words, "detach it there")
    call = ec2("DeleteNetworkInterface", where, NetworkInterfaceId=one.id)
    gone = ("InvalidNetworkInterfaceID.NotFound",)
    return Step(Kind.INTERFACE, where, one.id, "delete the interface", (call,), gone=gone)


def _addresses(vpc: OwnVpc) -> Iterator[Step]:
    inside = vpc.contents
    of_nat = frozenset[str]().union(*(one.allocations for one in inside.nat_gateways))
    interfaces = {one.id: one for one in inside.interfaces}
    for one in inside.addresses:
        if one.managed or not one.allocation:
            continue
        if one.allocation in of_nat:
            yield released(one, vpc.location)
        elif one.interface in interfaces:
            yield released(one, vpc.location, interfaces[one.interface])


def released(one: Address, where: Location, holder: Interface | None = None) -> Step:
    """Return the release of an address, first from its interface where that stays."""
    calls = [ec2("ReleaseAddress", where, AllocationId=one.allocation)]
    if holder and (not holder.instance or holder.stays):
        calls.insert(0, ec2("DisassociateAddress", where, AssociationId=one.association))
    words = f"release {one.public_ip}: it costs money until then, and AWS does not give it back"
    gone = ("InvalidAllocationID.NotFound", "InvalidAssociationID.NotFound")
    return Step(Kind.ADDRESS, where, one.allocation, words, tuple(calls), gone=gone)
