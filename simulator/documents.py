"""Rows as describes show them, in botocore's shape. In: a state and a moment. Out: documents.

Each is built once for a row and what it depends on. Rows never change, so their documents stay the same.
A reader must not change them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peerkeeper_local.semantics.endpoint_view import description as endpoint_description
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
_listed: dict[tuple[object, ...], tuple[object, object, list[Document]]] = {}


def shown(state: State, where: Location, kind: str, moment: Moment) -> list[Document]:
    """Return the documents of `kind` (a list in a describe's reply) in a location.

    As long as nothing changes them they come as the same list, which no reader may change.
    """
    place = state.places[where]
    if kind == "VpcPeeringConnections":
        seen = _seen(state, where, moment)
        by = (where, *((id(row), code) for row, code in seen))
        return _same(by, seen, place, lambda: [_peering_of(place, where, *each) for each in seen])
    if kind == "RouteTables":
        active = _active(state, moment)
        return _same(
            (id(place.tables), active),
            place.tables,
            place,
            lambda: [_table(place, row, active) for row in place.tables.values()],
        )
    if kind == "PrefixLists":
        lists = place.lists.values()
        return [
            list_description(one, where, "aws", moment, place.tags.get(one.id, {})) for one in lists
        ]
    if kind == "VpcEndpoints":
        found = place.endpoints.values()
        return [
            endpoint_description(one, where, moment, place.tags.get(one.id, {}), {})
            for one in found
        ]
    rows, build = (place.vpcs, _vpc) if kind == "Vpcs" else (place.subnets, _subnet)
    return _same(
        (id(rows), build),
        rows,
        place,
        lambda: [_once(build, row, place, ()) for row in rows.values()],
    )


def _same(
    by: tuple[object, ...], rows: object, place: Place, make: Callable[[], list[Document]]
) -> list[Document]:
    """Return the list made before for the same rows and tags, which are known by identity; else make it."""
    key = (id(place.tags), *by)
    held = _listed.get(key)
    if held is None:
        if len(_listed) > MOST:
            _listed.clear()
        # Rows and tags are held, so that no others get their identity.
        held = _listed[key] = (rows, place.tags, make())
    return held[2]


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


def _seen(state: State, where: Location, moment: Moment) -> list[tuple[Peering, str]]:
    """Return the peerings that a location shows, each with the code of its status."""
    touching = (row for row in state.peerings.values() if row.touches(where))
    at = ((row, state_of(row, moment)) for row in touching)
    return [(row, now.code) for row, now in at if visible(row, where, moment, now)]


def _peering_of(place: Place, where: Location, row: Peering, code: str) -> Document:
    return _once(_peering, row, place, (where, code))


def _peering(row: Peering, tags: Tags, depends: tuple[Any, ...]) -> Document:
    where, code = depends
    # With the status given, the moment tells only how long requests last: always seven days.
    return description(row, where, Moment(0.0), tags, Status(code, 0.0))


def _active(state: State, moment: Moment) -> frozenset[str]:
    """Return the peerings through which routes are active."""
    rows = state.peerings.values()
    return frozenset(
        row.id for row in rows if state_through(state_of(row, moment).code) == "active"
    )


def _table(place: Place, row: Table, active: frozenset[str]) -> Document:
    routed = (r.target.id for r in row.routes if r.target.kind == "VpcPeeringConnectionId")
    through = tuple("active" if one in active else state_through(None) for one in routed)
    return _once(_table_document, row, place, through)


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
