"""The route tables that a gateway endpoint's own tag wants, and how each stands to the endpoint.

In: what was seen, an endpoint. Out: tables, each with its `Standing`. Never decides to write.

    the table of the endpoint's VPC                   tag private    tag all
    serves no subnet, is exempt or has routes=none    not wanted     not wanted
    has a route to an internet gateway                not wanted     wanted
    any other                                         wanted         wanted

    a wanted table                                                              stands
    is in the endpoint's list, or has its route                                 HAS
    has a route to the service's prefix list, by another way                    TAKEN: a table has one
    is wanted by another tagged endpoint of the service, and has none's route   CONTESTED
    has prefix lists, and which of them AWS owns was not read                   UNKNOWN
    may be another endpoint's: not all of the VPC were read                     UNKNOWN
    is main, and which subnets use it was not read                              UNKNOWN
    any other                                                                   MISSING

A table holds one endpoint of a service. Source: PrivateLink guide, gateway endpoints; eksctl issue 2510.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from peerkeeper.planning.serving_tables import may_serve
from peerkeeper.settings import Endpoints, Mode, Settings
from peerkeeper.values.ec2 import RouteTable
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import ENDPOINT_TABLES
from peerkeeper.values.tags import only_value
from peerkeeper.values.vpc_endpoints import AVAILABLE, GATEWAY, PENDING, VpcEndpoint


class Standing(StrEnum):
    """How a wanted table stands to the endpoint."""

    HAS = "has"
    TAKEN = "taken"
    CONTESTED = "contested"
    UNKNOWN = "unknown"
    MISSING = "missing"


class WantedTable(NamedTuple):
    """A table that the tag wants, how it stands, and what else holds or wants it."""

    table: RouteTable
    standing: Standing
    other: str = ""


def is_ours(seen: Snapshot, endpoint: VpcEndpoint) -> bool:
    """Tell whether the endpoint is judged at all: our own, available, in our own VPC that is not exempt."""
    return endpoint.state == AVAILABLE and _will_be_ours(seen, endpoint)


def _will_be_ours(seen: Snapshot, endpoint: VpcEndpoint) -> bool:
    vpc = seen.vpcs.get((endpoint.location, endpoint.vpc_id))
    own = endpoint.location.account_id
    return (
        bool(vpc and vpc.owner_id == own == endpoint.owner_id)
        and seen.is_exempt(endpoint.location, endpoint.vpc_id) is False
        and not endpoint.managed
    )


def has_read_endpoints(seen: Snapshot, endpoint: VpcEndpoint) -> bool:
    """Tell whether all endpoints of its VPC were read: another one may hold what this one wants."""
    return seen.has_read(endpoint.location, Describe.VPC_ENDPOINTS, By.VPC, endpoint.vpc_id)


def look_again(seen: Snapshot, settings: Settings, endpoint: VpcEndpoint) -> Iterator[Deferral]:
    """Yield the look at a tagged endpoint that will be ours to change, once it is available: in minutes."""
    keeps = settings.endpoints is Endpoints.KEEP and settings.mode is not Mode.OBSERVE
    if keeps and endpoint.state == PENDING and _will_be_ours(seen, endpoint):
        hint = Hint(endpoint.location, endpoint.id, endpoint.vpc_id)
        yield Deferral(
            Function.KEEP, hint, f"{endpoint.id} is pending; it is changed once available"
        )


def tables_wanted(seen: Snapshot, endpoint: VpcEndpoint) -> str:
    """Return `private` or `all`, as the endpoint's tag says; empty where it says nothing valid."""
    return only_value(endpoint.tags, ENDPOINT_TABLES) if endpoint.kind == GATEWAY else ""


def wanted_tables(seen: Snapshot, endpoint: VpcEndpoint) -> Iterator[WantedTable]:
    """Yield the tables that the endpoint's tag wants, as they stand."""
    others = [one for one in seen.rivals_of(endpoint) if one.state not in ("deleting", "deleted")]
    lists = _lists_of(seen, endpoint, others)
    wishes = {one.id: {table.id for table in _wanted(seen, one)} for one in others}
    for table in _wanted(seen, endpoint):
        holders = {route.target for route in table.routes if route.prefix_list in lists}
        if table.id in endpoint.table_ids or endpoint.id in holders:
            yield WantedTable(table, Standing.HAS)
            continue
        holders |= {one.id for one in others if table.id in one.table_ids}
        rivals = [rival for rival, tables in wishes.items() if table.id in tables]
        yield WantedTable(table, *_standing(seen, endpoint, table, holders, rivals))


def _standing(
    seen: Snapshot, endpoint: VpcEndpoint, table: RouteTable, holders: set[str], rivals: list[str]
) -> tuple[Standing, str]:
    """Return how a table stands that the endpoint lacks, and who else holds or wants it."""
    if holders:
        return Standing.TAKEN, min(holders)
    if table.prefix_lists and Read(table.location, Describe.AWS_PREFIX_LISTS) not in seen.done:
        return Standing.UNKNOWN, ""
    if not has_read_endpoints(seen, endpoint):
        return Standing.UNKNOWN, ""
    if not table.subnet_ids and not seen.has_read_subnets(table.location, table.vpc_id):
        return Standing.UNKNOWN, ""
    return (Standing.CONTESTED, rivals[0]) if rivals else (Standing.MISSING, "")


def _wanted(seen: Snapshot, endpoint: VpcEndpoint) -> Iterator[RouteTable]:
    said = tables_wanted(seen, endpoint)
    for table in seen.tables_of(endpoint.location, endpoint.vpc_id) if said else ():
        public = any(route.target.startswith("igw-") for route in table.routes)
        if may_serve(table, seen) and (said == "all" or not public):
            yield table


def _lists_of(
    seen: Snapshot, endpoint: VpcEndpoint, others: Iterable[VpcEndpoint]
) -> frozenset[str]:
    """Return the prefix lists of the endpoint's service: by its name, and by the routes of its endpoints.

    Source: VPC User Guide, AWS-managed prefix lists.
    """
    named = seen.aws_lists_named(endpoint.location, endpoint.service)
    ids = {endpoint.id, *(one.id for one in others)}
    routed = {
        route.prefix_list
        for table in seen.tables_of(endpoint.location, endpoint.vpc_id)
        for route in table.routes
        if route.prefix_list and route.target in ids
    }
    return frozenset(routed.union(named))
