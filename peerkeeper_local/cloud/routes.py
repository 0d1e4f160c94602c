"""Routes in moto's tables, written by us: moto knows not every target, and keeps a replaced one beside it.

In: a table, a destination and a target. Out: moto's route, which has exactly that target. Unchecked.
"""

from types import SimpleNamespace
from typing import Any

from moto.ec2.models.route_tables import Route

from peerkeeper_local.semantics.routes import Target

FIELDS = {
    "GatewayId": "gateway",
    "NatGatewayId": "nat_gateway",
    "TransitGatewayId": "transit_gateway",
    "VpcPeeringConnectionId": "vpc_pcx",
    "NetworkInterfaceId": "interface",
    "InstanceId": "instance",
    "EgressOnlyInternetGatewayId": "egress_only_igw",
    "CarrierGatewayId": "carrier_gateway",
}
"""moto's field for each kind of target. moto reads only the id in it."""


def write_route(table: Any, destination: str, target: Target) -> None:  # noqa: ANN401 - moto is not typed
    """Put a route into moto's table, in the place of one that has the same destination.

    `destination`: a canonical CIDR or the id of a prefix list. A firewall endpoint is shown as
    GatewayId. Source: EC2 API, Route (it has no VpcEndpointId).
    """
    listed = SimpleNamespace(id=destination) if destination.startswith("pl-") else None
    six = destination if listed is None and ":" in destination else None
    four = destination if listed is None and six is None else None
    local = target.id == "local"
    field = FIELDS.get(target.kind, FIELDS["GatewayId"])
    named = {} if local else {field: SimpleNamespace(id=target.id)}
    route = Route(table, four, six, listed, local=local, **named)
    table._routes[route.id] = route
