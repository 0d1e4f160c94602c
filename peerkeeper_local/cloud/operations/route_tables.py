"""Route table operations. In: requests. Out: replies with route states that follow the peerings."""

from typing import Any

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.documents import document_of
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.tables import table_of, vpcs_of_gateway
from peerkeeper_local.semantics.associations import (
    check_disassociate,
    check_edge,
    check_one_table,
    check_same_vpc,
)
from peerkeeper_local.semantics.refusal import (
    Refusal,
    no_such_gateway,
    no_such_route_table,
    no_such_subnet,
)


class RouteTableOperations(Operations):
    """Create, describe, associate and delete route tables."""

    def describe_route_tables(self) -> ActionResult:
        """Describe route tables: 100 to a page."""
        return self.described(
            "RouteTables",
            "RouteTableId",
            no_such_route_table,
            self.world.limits.route_tables_page,
        )

    def create_route_table(self) -> ActionResult:
        """Create a route table, if the VPC may have one more. Source: EC2 errors."""
        vpc_id = self.vpc().id
        tables = self.ec2_backend.route_tables.values()
        most = self.world.limits.route_tables_per_vpc
        if sum(table.vpc_id == vpc_id for table in tables) >= most:
            raise Refusal(
                "RouteTableLimitExceeded",
                f"The maximum number of route tables ({most}) has been reached for {vpc_id}.",
            )
        reply = document_of("CreateRouteTable", super().create_route_table().result)
        reply["RouteTable"].setdefault("PropagatingVgws", [])
        return ActionResult(reply)

    def associate_route_table(self) -> ActionResult:
        """Associate a subnet or gateway that has no other table.

        moto answers with the old association where there is one.
        """
        table_id = self.required("RouteTableId")
        wanted = self.params.get("SubnetId") or self.params.get("GatewayId")
        if wanted is None:
            raise Refusal("MissingParameter", "The request must contain a subnet or a gateway")
        holder = next(
            (
                table.id
                for table in self.ec2_backend.route_tables.values()
                if wanted in table._associations.values()
            ),
            None,
        )
        check_one_table(table_id, holder)
        self._check_fit(table_id, wanted)
        return super().associate_route_table()

    def replace_route_table_association(self) -> ActionResult:
        """Give what has a table another one; of the main association, make it the main table."""
        association_id = self.required("AssociationId")
        for table in self.ec2_backend.route_tables.values():
            if association_id in table._associations:
                self._check_fit(self.required("RouteTableId"), table._associations[association_id])
            if association_id == table.main_association_id:
                check_same_vpc(
                    table_of(self._stored(self.required("RouteTableId"))),
                    association_id,
                    [table.vpc_id],
                )
        return super().replace_route_table_association()

    def disassociate_route_table(self) -> ActionResult:
        """Remove an association, unless it is the main one."""
        association_id = self.required("AssociationId")
        tables = self.ec2_backend.route_tables.values()
        main = any(association_id == table.main_association_id for table in tables)
        check_disassociate(association_id, main)
        return super().disassociate_route_table()

    def _stored(self, table_id: str) -> Any:  # noqa: ANN401 - moto is not typed
        """Return moto's route table. Raises Refusal (NotFound)."""
        stored = self.ec2_backend.route_tables.get(table_id)
        if stored is None:
            raise no_such_route_table(table_id)
        return stored

    def _check_fit(self, table_id: str, wanted: str) -> None:
        """Raise Refusal unless the subnet or gateway `wanted` may have the table."""
        table = table_of(self._stored(table_id))
        if wanted.startswith("subnet-"):
            zones = self.ec2_backend.subnets.values()
            found = [zone[wanted].vpc_id for zone in zones if wanted in zone]
            if not found:
                raise no_such_subnet(wanted)
            check_same_vpc(table, wanted, found)
            return
        vpcs = vpcs_of_gateway(self.ec2_backend, wanted)
        if vpcs is None:
            raise no_such_gateway(wanted)
        check_same_vpc(table, wanted, vpcs)
        check_edge(table)

    def delete_route_table(self) -> ActionResult:
        """Delete a route table that nothing uses. The main one is refused. Source: EC2 API."""
        stored = self.ec2_backend.route_tables.get(self.required("RouteTableId"))
        if stored is not None and stored.main_association_id:
            raise Refusal(
                "DependencyViolation",
                f"The routeTable '{stored.id}' has dependencies and cannot be deleted.",
            )
        return super().delete_route_table()
