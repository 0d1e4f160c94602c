"""What holds what: nothing goes while something else stands on it.

In: the ids of what is there. Out: nothing, or a Refusal. Never looks anything up.

| what goes      | is held by                                                                     |
|----------------|--------------------------------------------------------------------------------|
| subnet         | its interfaces: of instances, NAT gateways, endpoints, or of nobody            |
| security group | interfaces that carry it, groups of its own VPC that name it; a default always |
| VPC            | gateway endpoints, egress-only gateways, and security groups and network ACLs  |
|                | but the default ones                                                           |
| interface      | what it is attached to                                                         |
"""

from collections.abc import Collection

from peerkeeper_local.semantics.refusal import Refusal


def dependency(kind: str, id_: str) -> Refusal:
    """Return EC2's answer where something stands in the way; it never says what. Observed."""
    return Refusal(
        "DependencyViolation", f"The {kind} '{id_}' has dependencies and cannot be deleted."
    )


def check_delete_subnet(subnet_id: str, interfaces: Collection[str]) -> None:
    """Raise Refusal if the subnet has interfaces. Sources: EC2 API, DeleteSubnet; observed."""
    if interfaces:
        raise dependency("subnet", subnet_id)


def check_empty_vpc(vpc_id: str, held_by: Collection[str]) -> None:
    """Raise Refusal if anything but AWS's own furniture is in the VPC. Source: EC2 API, DeleteVpc."""
    if held_by:
        raise dependency("vpc", vpc_id)


def check_delete_group(
    group_id: str, default: bool, interfaces: Collection[str], named_by: Collection[str]
) -> None:
    """Raise Refusal unless a security group may be deleted. `named_by`: other groups of its own VPC.

    A group that only a peer VPC names may: the rules there go stale. Sources: EC2 API,
    DeleteSecurityGroup; observed (CannotDelete, and the text of DependencyViolation).
    """
    if default:
        raise Refusal(
            "CannotDelete",
            f'the specified group: "{group_id}" name: "default" cannot be deleted by a user',
        )
    if interfaces or named_by:
        raise Refusal("DependencyViolation", f"resource {group_id} has a dependent object")


def check_delete_interface(interface_id: str, attached: bool) -> None:
    """Raise Refusal if the interface is in use. Source: observed."""
    if attached:
        raise Refusal(
            "InvalidParameterValue", f"Network interface '{interface_id}' is currently in use."
        )


def check_carried(group_id: str, group_vpc: str, subnet_id: str, subnet_vpc: str) -> None:
    """Raise Refusal unless an interface in the subnet may carry the group. Source: observed."""
    if group_vpc != subnet_vpc:
        raise Refusal(
            "InvalidParameter",
            f"Security group {group_id} and subnet {subnet_id} belong to different networks.",
        )
