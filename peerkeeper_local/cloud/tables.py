"""moto's route tables as plain values. In: moto's objects. Out: values of `semantics.routes`."""

from collections.abc import Collection
from typing import Any

from peerkeeper_local.semantics.routes import Route, Table, Target

# Where a moto route keeps each kind of target.
TARGET_FIELDS = (
    ("gateway_id", "GatewayId"),
    ("nat_gateway_id", "NatGatewayId"),
    ("transit_gateway_id", "TransitGatewayId"),
    ("vpc_peering_connection_id", "VpcPeeringConnectionId"),
    ("network_interface_id", "NetworkInterfaceId"),
    ("instance_id", "InstanceId"),
    ("egress_only_internet_gateway_id", "EgressOnlyInternetGatewayId"),
    ("carrier_gateway_id", "CarrierGatewayId"),
    ("vpc_endpoint_id", "VpcEndpointId"),
)


def table_of(stored: Any) -> Table:  # noqa: ANN401 - moto is not typed
    """Return moto's route table as a plain value."""
    edge = any(not each.startswith("subnet-") for each in stored._associations.values())
    routes = tuple(_route_of(route) for route in stored.routes)
    return Table(stored.id, stored.vpc_id, routes, edge)


def _route_of(stored: Any) -> Route:  # noqa: ANN401 - moto is not typed
    destination = (
        stored.destination_cidr_block
        or stored.destination_ipv6_cidr_block
        or stored.destination_prefix_list_id
    )
    kind, target = next(
        ((name, value) for field, name in TARGET_FIELDS if (value := getattr(stored, field))),
        ("GatewayId", ""),
    )
    return Route(destination, Target(kind, target), stored.origin)


def vpcs_of_gateway(backend: Any, gateway_id: str) -> Collection[str] | None:  # noqa: ANN401
    """Return the VPCs that an internet or VPN gateway is attached to; None if there is no such one."""
    internet = backend.internet_gateways.get(gateway_id)
    if internet is not None:
        return [] if internet.vpc is None else [internet.vpc.id]
    vpn = backend.vpn_gateways.get(gateway_id)
    if vpn is not None:
        return [vpc for vpc, each in vpn.attachments.items() if each.state == "attached"]
    return None
