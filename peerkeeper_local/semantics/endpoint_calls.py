"""What may be done to a VPC endpoint. In: the call, and what it touches. Out: nothing, or a Refusal.

Never writes a route or makes an interface.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.endpoint_services import GATEWAY, INTERFACE, Service
from peerkeeper_local.semantics.endpoints import Endpoint, state_of
from peerkeeper_local.semantics.limits import Limits, Moment
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.route_quota import Weights, check_room
from peerkeeper_local.semantics.routes import Table

OF_ONE_KIND = {
    INTERFACE: (
        *("SubnetIds", "SecurityGroupIds", "AddSubnetIds", "RemoveSubnetIds"),
        *("AddSecurityGroupIds", "RemoveSecurityGroupIds", "PrivateDnsEnabled"),
    ),
    GATEWAY: ("RouteTableIds", "AddRouteTableIds", "RemoveRouteTableIds", "ResetPolicy"),
}
"""The parameters that only one type of endpoint takes. Source: EC2 API, Create- and ModifyVpcEndpoint."""


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet as far as an endpoint looks at it: its id, VPC and zone."""

    id: str
    vpc_id: str
    zone: str


def check_kind(service: Service, kind: str, name: str) -> None:
    """Raise Refusal unless the service has endpoints of this type. Source: observed (code, text).

    `name`: the service's full name.
    """
    if kind not in service.kinds:
        raise _invalid(
            f"Endpoint type ({kind}) does not match available service types "
            f"([{', '.join(service.kinds)}]) of {name}."
        )


def check_parameters(kind: str, sent: Mapping[str, Any]) -> None:
    """Raise Refusal if the call has a parameter of the other type of endpoint.

    Source: EC2 API (which parameter is whose); observed (route tables); assumed (the others).
    """
    for other, names in OF_ONE_KIND.items():
        given = [name for name in names if sent.get(name)]
        if other != kind and given:
            raise _invalid(f"{given[0]} is only supported for {other} type VPC Endpoint.")


def check_policy(text: str | None) -> None:
    """Raise Refusal unless the policy, if there is one, is a JSON object. Source: EC2 errors."""
    if text is None:
        return
    try:
        policy = json.loads(text)
    except ValueError:
        policy = None
    if not isinstance(policy, dict):
        raise Refusal(
            "InvalidPolicyDocument", "The specified policy document is not a valid JSON policy."
        )


def check_quota(kind: str, vpc_id: str, others: Iterable[Endpoint], limits: Limits) -> None:
    """Raise Refusal if there may be no other endpoint of the type: in the Region, or in the VPC.

    `others`: those of the account and Region. Sources: PrivateLink guide, quotas; EC2 errors.
    """
    alike = [each for each in others if each.kind == kind]
    if kind == GATEWAY:
        full = len(alike) >= limits.gateway_endpoints
    else:
        here = sum(each.vpc_id == vpc_id for each in alike)
        full = here >= limits.interface_endpoints_per_vpc
    if full:
        raise Refusal(
            "VpcEndpointLimitExceeded", "The maximum number of VPC endpoints has been reached."
        )


def check_there(endpoint: Endpoint, moment: Moment) -> None:
    """Raise Refusal if the endpoint is on its way out: it is not modified then. Source: assumed."""
    if state_of(endpoint, moment) == "deleting":
        raise Refusal("IncorrectState", f"The endpoint {endpoint.id} is being deleted.")


def check_table(
    vpc_id: str, table: Table, prefix_list: str, limits: Limits, weights: Weights
) -> None:
    """Raise Refusal unless a gateway endpoint of `vpc_id` may bring its route into `table`.

    One endpoint of a service for each table. Sources: observed (RouteAlreadyExists and its text);
    PrivateLink guide, gateway endpoints (one VPC); VPC User Guide, gateway route tables (an edge
    table takes no prefix list); the code of the last two is assumed.
    """
    if table.vpc_id != vpc_id:
        raise _invalid(f"Route table {table.id} does not belong to the VPC {vpc_id}.")
    if table.edge:
        raise _invalid(f"Route table {table.id} is associated with a gateway.")
    if any(route.destination == prefix_list for route in table.routes):
        raise Refusal(
            "RouteAlreadyExists",
            f"route table {table.id} already has a route with "
            f"destination-prefix-list-id {prefix_list}",
        )
    check_room(table.id, table.counted, prefix_list, limits, weights)


def check_associated(endpoint: Endpoint, present: Collection[str], removed: Iterable[str]) -> None:
    """Raise Refusal unless all that is to go is there: tables, groups or subnets. Source: assumed."""
    for each in removed:
        if each not in present:
            raise _invalid(f"{each} is not associated with {endpoint.id}.")


def check_subnets(vpc_id: str, added: Sequence[Subnet], kept: Iterable[Subnet]) -> None:
    """Raise Refusal unless each subnet is of the VPC, and the only one in its zone.

    `kept`: those that the endpoint is in already. Sources: PrivateLink guide, interface endpoints;
    observed (DuplicateSubnetsInSameZone and its text); assumed (another VPC's).
    """
    zones = {subnet.zone for subnet in kept}
    for subnet in added:
        if subnet.vpc_id != vpc_id:
            raise _invalid(f"The subnet {subnet.id} does not belong to the VPC {vpc_id}.")
        if subnet.zone in zones:
            raise Refusal(
                "DuplicateSubnetsInSameZone",
                f"Found another VPC endpoint subnet in the availability zone of {subnet.id}",
            )
        zones.add(subnet.zone)


def check_groups(vpc_id: str, groups: Mapping[str, str | None]) -> None:
    """Raise Refusal unless each group, here with its VPC, is there and of the endpoint's VPC.

    Source: EC2 errors, InvalidGroup.NotFound ("in a different AWS Region or VPC than the request").
    """
    for group, home in groups.items():
        if home != vpc_id:
            raise Refusal("InvalidGroup.NotFound", f"The security group '{group}' does not exist")


def check_some_group(groups: Iterable[str]) -> None:
    """Raise Refusal if an interface endpoint would have no group left. Source: assumed."""
    if not tuple(groups):
        raise _invalid("An interface endpoint needs a security group.")


def check_private_dns(
    service: Service, region: str, vpc_id: str, dns_on: bool, others: Iterable[tuple[str, ...]]
) -> None:
    """Raise Refusal unless private DNS may be on for an endpoint of `service` in the VPC.

    `dns_on`: DNS support and DNS hostnames of the VPC are both on; `others`: the private names of
    each other endpoint of the VPC that has private DNS. Sources: EC2 API, CreateVpcEndpoint (the
    attributes); observed (all three texts).
    """
    names = service.private_names(region)
    if not names:
        raise _invalid(
            f"Private DNS can't be enabled because the service {service.full_name(region)} "
            "does not provide a private DNS name."
        )
    if not dns_on:
        raise _invalid(
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames "
            f"VPC attributes set to true for {vpc_id}"
        )
    for taken in others:
        for name in names:
            if name in taken:
                raise _invalid(
                    "private-dns-enabled cannot be set because there is already a conflicting "
                    f"DNS domain for {name} in the VPC {vpc_id}"
                )


def wants_private_dns(sent: Mapping[str, Any], service: Service) -> bool:
    """Return whether a new interface endpoint gets private DNS: if nothing is said, yes if it can.

    Source: observed (on by default); assumed (off where the service has no private name).
    """
    said = sent.get("PrivateDnsEnabled")
    return bool(service.private) if said is None else bool(said)


def no_such_vpc_for_endpoint(vpc_id: str) -> Refusal:
    """`Id`, as this call spells a malformed one. Source: observed (malformed), assumed (unknown)."""
    return Refusal("InvalidVpcId.NotFound", f"The Vpc Id {vpc_id} does not exist")


def no_such_table_for_endpoint(table_id: str) -> Refusal:
    """`Id` in the calls for endpoints. Source: observed."""
    return Refusal("InvalidRouteTableId.NotFound", f"The routeTable ID '{table_id}' does not exist")


def no_such_subnet_for_endpoint(subnet_id: str) -> Refusal:
    """`Id` in the calls for endpoints. Source: EC2 errors (both spellings); assumed (which)."""
    return Refusal("InvalidSubnetId.NotFound", f"The Subnet Id(s) [{subnet_id}] do not exist")


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidParameter", message)
