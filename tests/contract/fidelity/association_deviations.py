"""What plain moto does otherwise than EC2: which table a subnet or a gateway has."""

from tests.contract.fidelity.stage import Deviation, Stage, outcome

EDGE = "VPC User Guide, gateway route tables"
INVALID = "InvalidParameterValue"


def associated_elsewhere(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    subnet = stage.subnet(vpc)
    outcomes = [
        outcome(
            stage.seoul.associate_route_table, RouteTableId=stage.new_table(vpc), SubnetId=subnet
        )
        for _ in range(2)
    ]
    return outcomes[1]


def subnet_of_another_vpc(stage: Stage) -> str:
    subnet = stage.subnet(stage.vpc(stage.seoul))
    table = stage.new_table(stage.vpc(stage.seoul, "10.8.0.0/16"))
    return outcome(stage.seoul.associate_route_table, RouteTableId=table, SubnetId=subnet)


def replaced_by_another_vpcs(stage: Stage) -> tuple[str, str]:
    vpc = stage.vpc(stage.seoul)
    table = stage.new_table(stage.vpc(stage.seoul, "10.8.0.0/16"))
    made = stage.seoul.associate_route_table(
        RouteTableId=stage.new_table(vpc), SubnetId=stage.subnet(vpc)
    )
    call = stage.seoul.replace_route_table_association
    main = stage.main_association(vpc)
    return (
        outcome(call, AssociationId=made["AssociationId"], RouteTableId=table),
        outcome(call, AssociationId=main, RouteTableId=table),
    )


def main_taken_away(stage: Stage) -> str:
    main = stage.main_association(stage.vpc(stage.seoul))
    return outcome(stage.seoul.disassociate_route_table, AssociationId=main)


def of_a_deleted_subnet(stage: Stage) -> tuple[int, str]:
    vpc = stage.vpc(stage.seoul)
    subnet, table = stage.subnet(vpc), stage.new_table(vpc)
    stage.seoul.associate_route_table(RouteTableId=table, SubnetId=subnet)
    stage.seoul.delete_subnet(SubnetId=subnet)
    (shown,) = stage.seoul.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    return len(shown["Associations"]), outcome(stage.seoul.delete_route_table, RouteTableId=table)


def _edge_table(stage: Stage, vpc: str) -> tuple[str, str]:
    table, gateway = stage.new_table(vpc), stage.gateway(vpc)
    stage.seoul.associate_route_table(RouteTableId=table, GatewayId=gateway)
    return table, gateway


def peering_in_an_edge_table(stage: Stage) -> str:
    pcx = stage.active()
    table, _ = _edge_table(stage, stage.side(pcx))
    sent = {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": pcx}
    return outcome(stage.seoul.create_route, RouteTableId=table, **sent)


def internet_in_an_edge_table(stage: Stage) -> str:
    table, gateway = _edge_table(stage, stage.vpc(stage.seoul))
    sent = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway}
    return outcome(stage.seoul.create_route, RouteTableId=table, **sent)


def edge_table_with_routes(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    table, gateway = stage.new_table(vpc), stage.gateway(vpc)
    sent = {"RouteTableId": table, "GatewayId": gateway}
    stage.seoul.create_route(DestinationCidrBlock="0.0.0.0/0", **sent)
    return outcome(stage.seoul.associate_route_table, **sent)


def unknown_gateway(stage: Stage) -> str:
    table = stage.new_table(stage.vpc(stage.seoul))
    sent = {"RouteTableId": table, "GatewayId": "igw-0123456789abcdef0"}
    return outcome(stage.seoul.associate_route_table, **sent)


def virtual_private_gateway(stage: Stage) -> bool:
    vpc = stage.vpc(stage.seoul)
    table = stage.new_table(vpc)
    gateway = stage.seoul.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    stage.seoul.attach_vpn_gateway(VpnGatewayId=gateway, VpcId=vpc)
    stage.seoul.associate_route_table(RouteTableId=table, GatewayId=gateway)
    (shown,) = stage.seoul.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    return bool(shown["Associations"][0].get("GatewayId") == gateway)


ASSOCIATIONS = (
    Deviation(
        "a subnet has one table",
        "EC2 errors",
        associated_elsewhere,
        "Resource.AlreadyAssociated",
        "done",
    ),
    Deviation("a table is of the subnet's VPC", "assumed", subnet_of_another_vpc, INVALID, "done"),
    Deviation(
        "an association cannot move to another VPC's table",
        "assumed",
        replaced_by_another_vpcs,
        (INVALID, INVALID),
        ("done", "done"),
    ),
    Deviation(
        "the main association cannot be removed",
        "observed",
        main_taken_away,
        INVALID,
        "InvalidAssociationID.NotFound",
    ),
    Deviation(
        "an association ends with its subnet",
        "assumed",
        of_a_deleted_subnet,
        (0, "done"),
        (1, "DependencyViolation"),
    ),
    Deviation(
        "an edge table cannot route to a peering", EDGE, peering_in_an_edge_table, INVALID, "done"
    ),
    Deviation(
        "an edge table cannot route to the internet",
        EDGE,
        internet_in_an_edge_table,
        INVALID,
        "done",
    ),
    Deviation(
        "a table with other routes cannot be an edge table",
        EDGE,
        edge_table_with_routes,
        INVALID,
        "done",
    ),
    Deviation(
        "a gateway with a table must exist",
        "EC2 errors",
        unknown_gateway,
        "InvalidGatewayID.NotFound",
        "done",
    ),
    Deviation(
        "a virtual private gateway is shown with its table",
        "EC2 API",
        virtual_private_gateway,
        True,
        False,
    ),
)
