"""Route operations: checked by EC2's rules first, then written by moto. In: requests. Out: replies.

moto knows nothing of our peerings, so a route's pcx is put on moto's route afterwards.
"""

from collections.abc import Callable
from types import SimpleNamespace

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.prefix_lists import may_be_named, weights
from peerkeeper_local.cloud.tables import table_of, transit_attachments, vpc_of, vpcs_of_gateway
from peerkeeper_local.semantics.associations import check_same_vpc
from peerkeeper_local.semantics.nat_gateways import passes_traffic
from peerkeeper_local.semantics.refusal import Refusal, no_such_route_table
from peerkeeper_local.semantics.route_targets import check_attached, check_kind
from peerkeeper_local.semantics.routes import (
    DESTINATIONS,
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
# What moto would write a route without: parameter, moto's store, code. Source: EC2 errors.
LOOKED_UP = {
    "NatGatewayId": ("nat_gateways", "InvalidNatGatewayID.NotFound"),
    "TransitGatewayId": ("transit_gateways", "InvalidTransitGatewayID.NotFound"),
    "DestinationPrefixListId": ("managed_prefix_lists", "InvalidPrefixListID.NotFound"),
}

WITHIN_ONE_VPC = frozenset(
    {"NatGatewayId", "EgressOnlyInternetGatewayId", "NetworkInterfaceId", "InstanceId"}
)


class RouteOperations(Operations):
    """Create, replace and delete routes."""

    def create_route(self) -> ActionResult:
        """Add a route, if the table takes it."""
        table = self._table()
        destination, target = destination_of(self.params), target_of(self.params)
        check_kind(destination, target)
        self._check_there(table, target)
        counts = weights(self.world, self.location, (*table.counted, destination))
        check_create(table, destination, target, self.world.limits, counts)
        return self._written(super().create_route, table, destination, target)

    def replace_route(self) -> ActionResult:
        """Point an existing route elsewhere."""
        table = self._table()
        destination, target = destination_of(self.params), target_of(self.params)
        check_kind(destination, target)
        self._check_there(table, target)
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

    def _check_there(self, table: Table, target: Target) -> None:
        """Raise Refusal if the target does not exist, or is of another VPC."""
        for parameter, (store, code) in LOOKED_UP.items():
            sent = self.params.get(parameter)
            if sent is None:
                continue
            if sent not in getattr(self.ec2_backend, store) or not self._lasts(parameter, sent):
                raise Refusal(code, f"The ID '{sent}' does not exist")
        if target.kind == PEERING:
            self._check_peering(table, target)
        if target.kind == "TransitGatewayId":
            attached = transit_attachments(self.world, self.location, target.id)
            check_attached(table, target.id, attached)
        if target.kind in WITHIN_ONE_VPC and (home := vpc_of(self.ec2_backend, target)):
            check_same_vpc(table, target.id, [home])
        if target.kind == "GatewayId":
            vpcs = vpcs_of_gateway(self.ec2_backend, target.id)
            if vpcs is not None:
                check_same_vpc(table, target.id, vpcs)
            elif target.id.startswith(("igw-", "vgw-")):
                raise Refusal(
                    "InvalidGatewayID.NotFound", f"The gateway ID '{target.id}' does not exist"
                )

    def _lasts(self, parameter: str, sent: str) -> bool:
        """Whether what a route is to name is not deleted, though still shown. Source: assumed."""
        if parameter == "NatGatewayId":
            return passes_traffic(self.ec2_backend.nat_gateways[sent], self.moment)
        if parameter == "DestinationPrefixListId":
            return may_be_named(self.world, self.location, sent)
        return True

    def _check_peering(self, table: Table, target: Target) -> None:
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
        self._reach_the_interface()
        result = write()
        self._name_the_list(table.id, destination)
        if target.kind == PEERING:
            stored = self.ec2_backend.route_tables[table.id]
            stored._routes[f"{table.id}~{destination}"].vpc_pcx = SimpleNamespace(id=target.id)
        return result

    def _name_the_list(self, table_id: str, destination: str) -> None:
        """Give a route to an interface its prefix list: moto looks lists up only for other targets."""
        routes = self.ec2_backend.route_tables[table_id]._routes
        nameless = routes.pop(f"{table_id}~None", None)
        if nameless is not None:
            nameless.id = f"{table_id}~{destination}"
            nameless.destination_prefix_list = self.ec2_backend.managed_prefix_lists[destination]
            routes[nameless.id] = nameless

    def _reach_the_interface(self) -> None:
        """Point a route to an instance at its first interface, as EC2 does. Source: EC2 API, Route."""
        instance_id = self.params.pop("InstanceId", None)
        if instance_id is None:
            return
        instance = self.ec2_backend.get_instance(instance_id)
        self.params["NetworkInterfaceId"] = instance.nics[0].id

    def _canonicalise(self, destination: str) -> None:
        key = next(key for key in DESTINATIONS if self.params.get(key) is not None)
        self.params[key] = destination
