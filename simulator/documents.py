"""Rows as describes show them, in botocore's shape. In: a state and a moment. Out: documents.

Each is built once for a row and what it depends on. Rows never change, so their documents stay the same.
A reader must not change them.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering
from peerkeeper_local.semantics.peering_state import State as Status
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.peering_view import description, visible
from peerkeeper_local.semantics.prefix_lists import description as list_description
from peerkeeper_local.semantics.routes import Route, state_through
from simulator.rows import Place, State, Subnet, Table, Tags, Vpc

Document = dict[str, Any]
NO_TAGS: Tags = {}
MOST = 50_000

_built: dict[tuple[object, ...], tuple[object, object, Document]] = {}


def shown(state: State, where: Location, kind: str, moment: Moment) -> list[Document]:
    """Return the documents of `kind` (a list in a describe's reply) in a location."""
    place = state.places[where]
    if kind == "VpcPeeringConnections":
        return _peerings(state, where, moment)
    if kind == "RouteTables":
        return [_table(state, place, row, moment) for row in place.tables.values()]
    if kind == "PrefixLists":
        lists = place.lists.values()
        return [
            list_description(one, where, "aws", moment, place.tags.get(one.id, {})) for one in lists
        ]
    if kind == "Vpcs":
        return [_once(_vpc, row, place, ()) for row in place.vpcs.values()]
    return [_once(_subnet, row, place, ()) for row in place.subnets.values()]


def _once(build: Any, row: Any, place: Place, depends: tuple[object, ...]) -> Document:
    """Return the row's document, built at the first asking. Rows and tags are known by identity."""
    tags = place.tags.get(row.id, NO_TAGS)
    key = (id(row), id(tags), depends)
    held = _built.get(key)
    if held is None:
        if len(_built) > MOST:
            _built.clear()
        # Row and tags are held, so that no other gets their identity.
        held = _built[key] = (row, tags, build(row, tags, depends))
    return held[2]


def _peerings(state: State, where: Location, moment: Moment) -> list[Document]:
    place = state.places[where]
    return [
        _once(_peering, row, place, (where, state_of(row, moment).code))
        for row in state.peerings.values()
        if visible(row, where, moment)
    ]


def _peering(row: Peering, tags: Tags, depends: tuple[Any, ...]) -> Document:
    where, code = depends
    # With the status given, the moment tells only how long requests last: always seven days.
    return description(row, where, Moment(0.0), tags, Status(code, 0.0))


def _table(state: State, place: Place, row: Table, moment: Moment) -> Document:
    codes = []
    for route in row.routes:
        if route.target.kind == "VpcPeeringConnectionId":
            peering = state.peerings.get(route.target.id)
            codes.append(state_through(state_of(peering, moment).code if peering else None))
    return _once(_table_document, row, place, tuple(codes))


def _table_document(row: Table, tags: Tags, codes: tuple[str, ...]) -> Document:
    through = iter(codes)
    associations = [{"Main": True, "RouteTableId": row.id}] if row.main else []
    associations += [{"Main": False, "SubnetId": one} for one in row.subnet_ids]
    associations += [{"Main": False, "GatewayId": one} for one in row.gateway_ids]
    return {
        "RouteTableId": row.id,
        "VpcId": row.vpc_id,
        "OwnerId": row.owner,
        "Associations": [
            {
                "RouteTableAssociationId": table_association(
                    row.id, str(one.get("SubnetId") or one.get("GatewayId") or "")
                ),
                "RouteTableId": row.id,
                "AssociationState": {"State": "associated"},
                **one,
            }
            for one in associations
        ],
        "PropagatingVgws": [],
        "Routes": [_route(route, through) for route in row.routes],
        "Tags": _tags(tags),
    }


def table_association(table: str, whose: str) -> str:
    """Return the id of a subnet's, gateway's or (none) VPC's association with its table."""
    return f"rtbassoc-{table[4:12]}{sum(map(ord, table + whose)):09x}{whose[-3:]}"


def _route(route: Route, through: Any) -> Document:
    to_peering = route.target.kind == "VpcPeeringConnectionId"
    family = "DestinationIpv6CidrBlock" if ":" in route.destination else "DestinationCidrBlock"
    return {
        "DestinationPrefixListId" if route.destination.startswith("pl-") else family: (
            route.destination
        ),
        route.target.kind: route.target.id,
        "Origin": route.origin,
        "State": next(through) if to_peering else "active",
    }


def _vpc(row: Vpc, tags: Tags, _: object) -> Document:
    return {
        "VpcId": row.id,
        "OwnerId": row.owner,
        "CidrBlock": row.cidrs[0],
        "CidrBlockAssociationSet": [
            {
                "AssociationId": association_id(row.id, cidr),
                "CidrBlock": cidr,
                "CidrBlockState": {"State": "associated"},
            }
            for cidr in row.cidrs
            if ":" not in cidr
        ],
        "Ipv6CidrBlockAssociationSet": [
            {"Ipv6CidrBlock": cidr, "Ipv6CidrBlockState": {"State": "associated"}}
            for cidr in row.cidrs
            if ":" in cidr
        ],
        "State": "available",
        "IsDefault": False,
        "Tags": _tags(tags),
    }


def association_id(vpc_id: str, cidr: str) -> str:
    """Return the id under which a CIDR is associated with its VPC."""
    return f"vpc-cidr-assoc-{vpc_id[-6:]}{sum(map(ord, cidr)):011x}"


def _subnet(row: Subnet, tags: Tags, _: object) -> Document:
    return {
        "SubnetId": row.id,
        "VpcId": row.vpc_id,
        "OwnerId": row.owner,
        "CidrBlock": row.cidr,
        "MapPublicIpOnLaunch": row.public,
        "State": "available",
        "Tags": _tags(tags),
    }


def _tags(tags: Tags) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
