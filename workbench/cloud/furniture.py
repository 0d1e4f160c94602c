"""What AWS puts into every Region of every account. In: moto's empty store. Out: nothing.

moto makes the default VPC and its subnets, but no internet gateway and no route to it, although the
subnets give out public addresses. Source: VPC User Guide, default VPCs.
"""

from typing import Any


def furnish(backend: Any) -> None:  # noqa: ANN401 - moto is not typed
    """Give the default VPC in `backend`, if it has one, its internet gateway and default route."""
    vpc = backend.get_default_vpc()
    if vpc is None or any(gateway.vpc is vpc for gateway in backend.internet_gateways.values()):
        return
    gateway = backend.create_internet_gateway()
    backend.attach_internet_gateway(gateway.id, vpc.id)
    main = next(
        table
        for table in backend.route_tables.values()
        if table.vpc_id == vpc.id and table.main_association_id
    )
    backend.create_route(main.id, "0.0.0.0/0", gateway_id=gateway.id)
