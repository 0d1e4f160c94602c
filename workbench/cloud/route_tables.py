"""Route table operations. In: requests. Out: replies with route states that follow the peerings."""

from moto.core.responses import ActionResult

from workbench.cloud.operations import Operations
from workbench.semantics.refusal import Refusal, no_such_route_table
from workbench.semantics.vpc_calls import already_associated


class RouteTableOperations(Operations):
    """Describe, associate and delete route tables."""

    def describe_route_tables(self) -> ActionResult:
        """Describe route tables: 100 to a page."""
        return self.described(
            "RouteTables",
            "RouteTableId",
            no_such_route_table,
            self.world.limits.route_tables_page,
        )

    def associate_route_table(self) -> ActionResult:
        """Associate a subnet or gateway; one that has another table already is refused.

        Source: EC2 errors, Resource.AlreadyAssociated. moto answers with the old association.
        """
        table_id = self.required("RouteTableId")
        wanted = self.params.get("SubnetId") or self.params.get("GatewayId")
        for table in self.ec2_backend.route_tables.values():
            for each in table.associations:
                taken = wanted in (each.get("SubnetId"), each.get("GatewayId"))
                if wanted and taken and table.id != table_id:
                    raise already_associated(table_id)
        return super().associate_route_table()

    def delete_route_table(self) -> ActionResult:
        """Delete a route table that nothing uses. The main one is refused. Source: EC2 API."""
        stored = self.ec2_backend.route_tables.get(self.required("RouteTableId"))
        if stored is not None and stored.main_association_id:
            raise Refusal(
                "DependencyViolation",
                f"The routeTable '{stored.id}' has dependencies and cannot be deleted.",
            )
        return super().delete_route_table()
