"""What a route may point at: kinds of targets, and where a target has to be.

In: a table, what the call names, and where that is. Out: nothing, or a Refusal. Never looks a target up.
"""

from collections.abc import Container

from peerkeeper_local.semantics.endpoint_services import BALANCER
from peerkeeper_local.semantics.endpoints import Endpoint, no_such_endpoint
from peerkeeper_local.semantics.refusal import Refusal, no_such_gateway
from peerkeeper_local.semantics.routes import Table, Target

NOT_HERE = frozenset({"CoreNetworkArn", "LocalGatewayId", "OdbNetworkArn"})
"""Targets that no operation of the local cloud attaches to a VPC, so that each is refused."""
ONLY_IPV6 = "EgressOnlyInternetGatewayId"
GATEWAY, ENDPOINT = "GatewayId", "VpcEndpointId"
BY_PREFIX = {"nat": "NatGatewayId", "vpce": ENDPOINT}
"""What GatewayId may name beside internet and VPN gateways, and the parameter for it."""
NO_SUCH = {
    "NatGatewayId": ("InvalidNatGatewayID.NotFound", "The ID '{}' does not exist"),
    "TransitGatewayId": (
        *("InvalidTransitGatewayID.NotFound", "The transitGateway ID '{}' does not exist"),
    ),
    "NetworkInterfaceId": (
        *("InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '{}' does not exist"),
    ),
    "InstanceId": ("InvalidInstanceID.NotFound", "The instance ID '{}' does not exist"),
    ONLY_IPV6: ("InvalidGatewayID.NotFound", "The eigw ID '{}' does not exist"),
    "CarrierGatewayId": (
        *("InvalidCarrierGatewayID.NotFound", "The carrierGateway ID '{}' does not exist"),
    ),
}
"""Code and text for a target that does not exist, where nothing else names it, by its parameter."""


def by_its_kind(sent: Target) -> Target:
    """Return the target under the parameter that is made for it.

    Observed: GatewayId takes a NAT gateway, and the route shows it as NatGatewayId. Assumed: it takes
    a firewall endpoint too.
    """
    kind = BY_PREFIX.get(sent.id.partition("-")[0], GATEWAY)
    return Target(kind, sent.id) if sent.kind == GATEWAY else sent


def no_such_target(sent: Target) -> Refusal:
    """Return the refusal of a target that does not exist; `sent` as the call named it.

    If GatewayId names another kind, no such gateway exists. Sources: EC2 errors; observed (an
    interface as GatewayId). Assumed: other kinds as GatewayId, and `local`.
    """
    if sent.kind == GATEWAY:
        return no_such_gateway(sent.id)
    if sent.kind == ENDPOINT:
        return no_such_endpoint(sent.id)
    code, words = NO_SUCH[sent.kind]
    return Refusal(code, words.format(sent.id))


def check_takes_routes(endpoint: Endpoint) -> None:
    """Raise Refusal unless a route may lead to the endpoint: only to a firewall's.

    Source: EC2 API, CreateRoute (VpcEndpointId); the text is assumed.
    """
    if endpoint.kind != BALANCER:
        raise Refusal(
            "RouteNotSupported",
            f"Route table contains unsupported route target: {endpoint.id}. "
            "VPC Endpoints of this type cannot be used as route targets.",
        )


def check_kind(destination: str, target: Target) -> None:
    """Raise Refusal unless a route to `destination` may have this kind of target.

    Source: VPC User Guide, egress-only internet gateways (only for IPv6; the code is assumed).
    Assumed: a prefix list through an endpoint.
    """
    if target.kind in NOT_HERE:
        raise Refusal(
            "UnsupportedOperation", f"The local cloud does not do routes to a {target.kind}."
        )
    listed = destination.startswith("pl-")
    if listed and target.kind == ENDPOINT:
        raise Refusal(
            "InvalidParameterValue",
            f"{target.id} brings its routes itself: associate it with the route table instead.",
        )
    ipv4 = ":" not in destination and not listed
    if target.kind == ONLY_IPV6 and ipv4:
        raise Refusal(
            "InvalidParameterValue",
            f"{target.id} takes traffic over IPv6 alone, not to {destination}.",
        )


def check_attached(table: Table, gateway_id: str, vpc_ids: Container[str]) -> None:
    """Raise Refusal unless the transit gateway is attached to the table's VPC. `vpc_ids`: its VPCs.

    EC2 answers that any other one does not exist. Source: observed.
    """
    if table.vpc_id not in vpc_ids:
        raise Refusal(
            "InvalidTransitGatewayID.NotFound",
            f"The transitGateway ID '{gateway_id}' does not exist",
        )
