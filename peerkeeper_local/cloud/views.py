"""What describes show in a location, before filters and paging. In: the world. Out: documents.

A frozen location goes on showing what it showed then: EC2's reads are only eventually consistent.
"""

from collections.abc import Callable

from moto.core.utils import camelcase_to_underscores

from peerkeeper_local.cloud.acls import described_acls
from peerkeeper_local.cloud.documents import Document, document_of
from peerkeeper_local.cloud.furniture import as_shown, with_dhcp_options, with_ipv6_states
from peerkeeper_local.cloud.group_documents import described_groups, described_rules
from peerkeeper_local.cloud.interfaces import carries, described_interfaces, with_instance
from peerkeeper_local.cloud.world import FrozenView, World
from peerkeeper_local.semantics.attributes import VPC_ATTRIBUTES
from peerkeeper_local.semantics.cidr_association import on_its_way
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.nat_gateways import passes_traffic
from peerkeeper_local.semantics.peering_view import description, visible
from peerkeeper_local.semantics.routes import state_through
from peerkeeper_local.semantics.subnet_attributes import AT_FIRST

EMPTY_OF_A_VPC = ("Tags", "Ipv6CidrBlockAssociationSet")
"""Lists that DescribeVpcs leaves out where there is nothing in them. Source: observed."""
NOT_BLOCKED = {"BlockPublicAccessStates": {"InternetGatewayBlockMode": "off"}}
"""What describes show of VPCs and subnets alike. Source: observed."""


def shown(world: World, location: Location, kind: str) -> list[Document]:
    """Return the documents of `kind` (a key of `LIVE`) as describes in `location` show them now."""
    view = world.frozen_view(location)
    return view.documents[kind] if view else LIVE[kind](world, location)


def frozen(world: World, location: Location, until: float) -> FrozenView:
    """Return a view of `location` as it is now, to be held until `until`."""
    return FrozenView(until, {kind: live(world, location) for kind, live in LIVE.items()})


def _peerings(world: World, location: Location) -> list[Document]:
    moment = world.moment()
    return [
        description(
            world.refreshed(peering),
            location,
            moment,
            world.peering_tags(location, peering.id),
        )
        for peering in world.peerings.values()
        if visible(peering, location, moment)
    ]


def _route_tables(world: World, location: Location) -> list[Document]:
    tables = world.backend(location).describe_route_tables()
    documents: list[Document] = document_of("DescribeRouteTables", {"RouteTables": tables})[
        "RouteTables"
    ]
    for stored, table in zip(tables, documents, strict=True):
        table.setdefault("PropagatingVgws", [])
        for each in table["Associations"]:
            # moto knows the internet gateways of edge tables, not the virtual private ones.
            target = stored._associations.get(each["RouteTableAssociationId"], "")
            if not target.startswith("subnet-") and target:
                each["GatewayId"] = target
        for route in table["Routes"]:
            with_instance(world.backend(location), route)
            route["State"] = _route_state(world, location, table["VpcId"], route)
    return documents


def _route_state(world: World, location: Location, vpc_id: str, route: Document) -> str:
    """Return blackhole if the target is deleted, detached or not active yet.

    Source: EC2 API, Route (State).
    """
    backend = world.backend(location)
    if "VpcPeeringConnectionId" in route:
        return state_through(world.peering_code(route["VpcPeeringConnectionId"]))
    gateway = route.get("GatewayId", "")
    if gateway.startswith("igw-"):
        stored = backend.internet_gateways.get(gateway)
        attached = stored is not None and stored.vpc is not None and stored.vpc.id == vpc_id
        return "active" if attached else "blackhole"
    if "NatGatewayId" in route:
        nat = backend.nat_gateways.get(route["NatGatewayId"])
        return "active" if passes_traffic(nat, world.moment()) else "blackhole"
    if "NetworkInterfaceId" in route:
        return "active" if carries(world, location, route["NetworkInterfaceId"]) else "blackhole"
    return "active"


def _vpcs(world: World, location: Location) -> list[Document]:
    backend = world.backend(location)
    shown_by_moto = document_of("DescribeVpcs", {"Vpcs": backend.describe_vpcs()})["Vpcs"]
    documents = [
        as_shown(with_dhcp_options(backend, vpc), NOT_BLOCKED, EMPTY_OF_A_VPC)
        for vpc in shown_by_moto
    ]
    for vpc in documents:
        born = world.vpc_born.get(vpc["VpcId"], 0.0)
        if world.clock.now() < born + world.delays.vpc_pending:
            vpc["State"] = "pending"
        for number, each in enumerate(vpc.get("Ipv6CidrBlockAssociationSet", ())):
            if not world.ipv6_settled(each["AssociationId"]):
                vpc["Ipv6CidrBlockAssociationSet"][number] = on_its_way(each)
    return documents


def _subnets(world: World, location: Location) -> list[Document]:
    subnets = world.backend(location).describe_subnets()
    documents: list[Document] = document_of("DescribeSubnets", {"Subnets": subnets})["Subnets"]
    at_first = {**AT_FIRST, **NOT_BLOCKED}
    return [as_shown(with_ipv6_states(subnet), at_first) for subnet in documents]


def _vpc_attributes(world: World, location: Location) -> list[Document]:
    return [
        {"VpcId": vpc.id}
        | {name: getattr(vpc, camelcase_to_underscores(name)) for name in VPC_ATTRIBUTES}
        for vpc in world.backend(location).describe_vpcs()
    ]


LIVE: dict[str, Callable[[World, Location], list[Document]]] = {
    "VpcPeeringConnections": _peerings,
    "RouteTables": _route_tables,
    "Vpcs": _vpcs,
    "Subnets": _subnets,
    "VpcAttributes": _vpc_attributes,
    "NetworkAcls": described_acls,
    "SecurityGroups": described_groups,
    "SecurityGroupRules": described_rules,
    "NetworkInterfaces": described_interfaces,
}
