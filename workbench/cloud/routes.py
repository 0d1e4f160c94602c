"""Route operations: checked by EC2's rules first, then written by moto. In: requests. Out: replies.

moto knows nothing of our peerings, so a route's pcx is put on moto's route afterwards.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from moto.core.responses import ActionResult

from workbench.cloud.operations import Operations
from workbench.semantics.refusal import no_such_route_table
from workbench.semantics.routes import (
    DESTINATIONS,
    Route,
    Table,
    Target,
    check_create,
    check_delete,
    check_peering_target,
    check_replace,
    destination_of,
    target_of,
)

PEERING = "VpcPeeringConnectionId"
# Where a moto route keeps each kind of target.
TARGET_FIELDS = (
    ("gateway_id", "GatewayId"),
    ("nat_gateway_id", "NatGatewayId"),
    ("transit_gateway_id", "TransitGatewayId"),
    ("vpc_peering_connection_id", PEERING),
    ("network_interface_id", "NetworkInterfaceId"),
    ("instance_id", "InstanceId"),
    ("egress_only_internet_gateway_id", "EgressOnlyInternetGatewayId"),
    ("carrier_gateway_id", "CarrierGatewayId"),
)


class RouteOperations(Operations):
    """Create, replace and delete routes."""

    def create_route(self) -> ActionResult:
        """Add a route, if the table takes it."""
        table = self._table()
        destination, target = destination_of(self.params), target_of(self.params)
        self._check_peering(table, target)
        check_create(table, destination, target, self.world.limits)
        return self._written(super().create_route, table, destination, target)

    def replace_route(self) -> ActionResult:
        """Point an existing route elsewhere."""
        table = self._table()
        destination, target = destination_of(self.params), target_of(self.params)
        self._check_peering(table, target)
        check_replace(table, destination, target)
        return self._written(super().replace_route, table, destination, target)

    def delete_route(self) -> ActionResult:
        """Delete a route that somebody created."""
        table = self._table()
        destination = destination_of(self.params)
        check_delete(table, destination)
        self._canonicalise(destination)
        return super().delete_route()

    def _table(self) -> Table:
        """Return the route table named, as a plain value."""
        table_id = self.required("RouteTableId")
        stored = self.ec2_backend.route_tables.get(table_id)
        if stored is None:
            raise no_such_route_table(table_id)
        return table_of(stored)

    def _check_peering(self, table: Table, target: Target) -> None:
        if target.kind != PEERING:
            return
        peering = self.world.peering(target.id, self.location)
        code = self.world.peering_code(target.id) or ""
        # The VPC in another location says nothing about this table.
        ours = [
            side.vpc_id
            for side in (peering.requester, peering.accepter)
            if side.location == self.location
        ]
        check_peering_target(table, target.id, ours, code)

    def _written(
        self, write: Callable[[], ActionResult], table: Table, destination: str, target: Target
    ) -> ActionResult:
        """Let moto write the route without its pcx, then point it there."""
        self._canonicalise(destination)
        self.params.pop(PEERING, None)
        result = write()
        if target.kind == PEERING:
            stored = self.ec2_backend.route_tables[table.id]
            stored._routes[f"{table.id}~{destination}"].vpc_pcx = SimpleNamespace(id=target.id)
        return result

    def _canonicalise(self, destination: str) -> None:
        key = next(key for key in DESTINATIONS if self.params.get(key) is not None)
        self.params[key] = destination


def table_of(stored: Any) -> Table:  # noqa: ANN401 - moto is not typed
    """Return moto's route table as a plain value."""
    edge = any("GatewayId" in each for each in stored.associations)
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
