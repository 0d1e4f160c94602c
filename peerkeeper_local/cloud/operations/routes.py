"""Route operations: checked by EC2's rules, written by us into moto's tables. In: requests. Out: replies."""

from moto.core.responses import ActionResult, EmptyResult

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.prefix_lists import may_be_named, weights
from peerkeeper_local.cloud.routes import write_route
from peerkeeper_local.cloud.tables import table_of
from peerkeeper_local.cloud.targets import vpcs_of_target
from peerkeeper_local.semantics.associations import check_same_vpc
from peerkeeper_local.semantics.refusal import Refusal, no_such_route_table
from peerkeeper_local.semantics.route_targets import (
    by_its_kind,
    check_attached,
    check_kind,
    check_takes_routes,
    no_such_target,
)
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


class RouteOperations(Operations):
    """Create, replace and delete routes."""

    def create_route(self) -> ActionResult:
        """Add a route, if the table takes it."""
        table = self._table()
        destination, target = self._ends(table)
        counts = weights(self.world, self.location, (*table.counted, destination))
        check_create(table, destination, target, self.world.limits, counts)
        write_route(self.ec2_backend.route_tables[table.id], destination, target)
        return ActionResult({"Return": True})

    def replace_route(self) -> ActionResult:
        """Point an existing route elsewhere. It then has only the new target."""
        table = self._table()
        destination, target = self._ends(table)
        check_replace(table, destination, target)
        write_route(self.ec2_backend.route_tables[table.id], destination, target)
        return EmptyResult()

    def delete_route(self) -> ActionResult:
        """Delete a route that somebody created."""
        table = self._table()
        destination = destination_of(self.params)
        check_delete(table, destination)
        key = next(key for key in DESTINATIONS if self.params.get(key) is not None)
        self.params[key] = destination
        return super().delete_route()

    def _table(self) -> Table:
        """Return the route table named, as a plain value."""
        table_id = self.required("RouteTableId")
        stored = self.ec2_backend.route_tables.get(table_id)
        if stored is None:
            raise no_such_route_table(table_id)
        return table_of(stored)

    def _ends(self, table: Table) -> tuple[str, Target]:
        """Return the destination and the target of the route that the call names.

        Raises Refusal if either does not exist, or if the target is of another VPC.
        """
        destination, sent = destination_of(self.params), target_of(self.params)
        target = by_its_kind(sent)
        check_kind(destination, target)
        self._check_list(destination)
        vpcs = vpcs_of_target(self.world, self.location, target)
        if vpcs is None:
            raise no_such_target(sent)
        match target.kind:
            case "VpcPeeringConnectionId":
                code = self.world.peering_code(target.id) or ""
                check_peering_target(table, target.id, vpcs, code)
            case "TransitGatewayId":
                check_attached(table, target.id, vpcs)
            case _:
                check_same_vpc(table, target.id, vpcs)
        if target.kind == "VpcEndpointId":
            check_takes_routes(self.ec2_backend.vpc_end_points[target.id])
        return destination, self._reached(target)

    def _check_list(self, destination: str) -> None:
        """Raise Refusal unless the prefix list is there. Assumed: a deleted one that is still shown."""
        listed = destination.startswith("pl-")
        if listed and not may_be_named(self.world, self.location, destination):
            raise Refusal("InvalidPrefixListID.NotFound", f"The ID '{destination}' does not exist")

    def _reached(self, target: Target) -> Target:
        """Return the target that the route keeps: of an instance, its first interface.

        Source: EC2 API, Route.
        """
        if target.kind == "InstanceId":
            instance = self.ec2_backend.get_instance(target.id)
            return Target("NetworkInterfaceId", instance.nics[0].id)
        return target
