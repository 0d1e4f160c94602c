"""What may be done to a VPC endpoint. In: the call, and what it touches. Out: nothing, or a Refusal.

Never writes a route or makes an interface.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from peerkeeper_local.semantics.endpoint_services import BALANCER, GATEWAY, INTERFACE, Service
from peerkeeper_local.semantics.endpoints import Endpoint, state_of
from peerkeeper_local.semantics.limits import Limits, Moment
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.route_quota import Weights, check_room
from peerkeeper_local.semantics.routes import Table

OF_SOME_KINDS = {
    (INTERFACE, BALANCER): ("SubnetIds", "AddSubnetIds", "RemoveSubnetIds"),
    (INTERFACE,): (
        *("SecurityGroupIds", "AddSecurityGroupIds", "RemoveSecurityGroupIds"),
        "PrivateDnsEnabled",
    ),
    (GATEWAY,): ("RouteTableIds", "AddRouteTableIds", "RemoveRouteTableIds", "ResetPolicy"),
}
"""The parameters that only some types of endpoints take. Source: EC2 API, Create- and ModifyVpcEndpoint."""


def check_kind(service: Service, kind: str, name: str) -> None:
    """Raise Refusal unless the service has endpoints of this type. Source: observed (code, text).

    `name`: the service's full name.
    """
    if kind not in service.kinds:
        raise invalid(
            f"Endpoint type ({kind}) does not match available service types "
            f"([{', '.join(service.kinds)}]) of {name}."
        )


def check_parameters(kind: str, sent: Mapping[str, Any]) -> None:
    """Raise Refusal if the call has a parameter of another type of endpoint.

    A Gateway Load Balancer endpoint is in one subnet. Source: EC2 API (which parameter is whose, one
    subnet). Observed: code and text for route tables. Assumed: the others.
    """
    for kinds, names in OF_SOME_KINDS.items():
        given = [name for name in names if sent.get(name)]
        if kind not in kinds and given:
            raise invalid(f"{given[0]} is only supported for {kinds[0]} type VPC Endpoint.")
    if kind == BALANCER and len(sent.get("SubnetIds") or ()) > 1:
        raise invalid("A Gateway Load Balancer endpoint can be in one subnet only.")


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
    """Raise Refusal if there may be no other endpoint: in the Region of gateways, in the VPC of the others.

    `others`: the endpoints of the account and Region. Sources: PrivateLink guide, quotas; EC2 errors.
    """
    alike = [each for each in others if each.gateway == (kind == GATEWAY)]
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

    One endpoint of a service for each table. Observed: RouteAlreadyExists and its text. Sources:
    PrivateLink guide, gateway endpoints (one VPC); VPC User Guide, gateway route tables (an edge
    table takes no prefix list). Assumed: the code of the last two.
    """
    if table.vpc_id != vpc_id:
        raise invalid(f"Route table {table.id} does not belong to the VPC {vpc_id}.")
    if table.edge:
        raise invalid(f"Route table {table.id} is associated with a gateway.")
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
            raise invalid(f"{each} is not associated with {endpoint.id}.")


def no_such_vpc_for_endpoint(vpc_id: str) -> Refusal:
    """`Id`, as this call spells a malformed one. Source: observed (malformed), assumed (unknown)."""
    return Refusal("InvalidVpcId.NotFound", f"The Vpc Id {vpc_id} does not exist")


def no_such_table_for_endpoint(table_id: str) -> Refusal:
    """`Id` in the calls for endpoints. Source: observed."""
    return Refusal("InvalidRouteTableId.NotFound", f"The routeTable ID '{table_id}' does not exist")


def no_such_subnet_for_endpoint(subnet_id: str) -> Refusal:
    """`Id` in the calls for endpoints. Source: EC2 errors (both spellings); assumed (which)."""
    return Refusal("InvalidSubnetId.NotFound", f"The Subnet Id(s) [{subnet_id}] do not exist")


def invalid(message: str) -> Refusal:
    """Return the refusal that most calls for endpoints know. Source: observed."""
    return Refusal("InvalidParameter", message)
