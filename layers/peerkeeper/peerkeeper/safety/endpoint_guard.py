"""The guard's last look at a change of a VPC endpoint.

In: the change, what was seen, settings. Out: which promise of `guard.py` it would break, or None. It shares
no decision with `wanted_tables` and `private_dns`: a bug there must not pass here.
"""

from __future__ import annotations

from peerkeeper.settings import Endpoints, Settings
from peerkeeper.values.changes import AddEndpointTable, EnablePrivateDns
from peerkeeper.values.ec2 import RouteTable
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import ENDPOINT_TABLES, PRIVATE_DNS
from peerkeeper.values.tags import is_exempt, takes_routes, values_of
from peerkeeper.values.vpc_endpoints import VpcEndpoint


def refusal_to_add_table(
    change: AddEndpointTable, seen: Snapshot, settings: Settings
) -> str | None:
    """Return why the gateway endpoint may not be associated with the table."""
    endpoint = _own(change, seen)
    if not endpoint or endpoint.kind != "gateway":
        return "S5: the gateway endpoint is not ours, is not available, or is exempt"
    said = list(values_of(endpoint.tags, ENDPOINT_TABLES))
    if settings.endpoints is not Endpoints.KEEP or said not in (["private"], ["all"]):
        return "S9: nothing lets us add tables to this endpoint"
    if not any(key == ENDPOINT_TABLES for key, _ in endpoint.tags):
        return "S9: a slip of the tag consents to nothing"
    table = seen.route_tables.get((change.location, change.route_table_id))
    if not table or (table.owner_id, table.vpc_id) != (
        change.location.account_id,
        endpoint.vpc_id,
    ):
        return "S5: the table is not ours, or is of another VPC"
    if table.gateway_ids or not takes_routes(table.tags) or not _is_used(table, seen):
        return "S5: the table serves no subnet, or is not ours to change"
    if said == ["private"] and any(route.target.startswith("igw-") for route in table.routes):
        return "S9: the table is public, and the tag says private"
    return _held(endpoint, table, seen)


def _is_used(table: RouteTable, seen: Snapshot) -> bool:
    """Tell whether a subnet surely uses the table, or its VPC, read whole, has no subnet yet."""
    where, vpc_id = table.location, table.vpc_id
    if table.subnet_ids or not table.main:
        return bool(table.subnet_ids)
    if not (seen.has_read_subnets(where, vpc_id) and seen.has_read_tables(where, vpc_id)):
        return False
    tables = [
        one for one in seen.route_tables.values() if (one.location, one.vpc_id) == (where, vpc_id)
    ]
    taken = {subnet for one in tables for subnet in one.subnet_ids}
    subnets = [
        one.id for one in seen.subnets.values() if (one.location, one.vpc_id) == (where, vpc_id)
    ]
    return not subnets or any(one not in taken for one in subnets)


def _held(endpoint: VpcEndpoint, table: RouteTable, seen: Snapshot) -> str | None:
    """Return why the table may have, or may get, another way to the service."""
    if not seen.has_read(endpoint.location, Describe.VPC_ENDPOINTS, By.VPC, endpoint.vpc_id):
        return "S9: not all endpoints of the VPC were read"
    lists = {route.prefix_list for route in table.routes if route.prefix_list}
    if lists and Read(table.location, Describe.AWS_PREFIX_LISTS) not in seen.done:
        return "S9: the table names prefix lists, and whose they are was not read"
    named = {
        one.id
        for one in seen.prefix_lists.values()
        if one.name == endpoint.service and one.location == table.location
    }
    alike = {
        one.id
        for one in seen.vpc_endpoints.values()
        if one.service == endpoint.service
        and (one.location, one.vpc_id) == (endpoint.location, endpoint.vpc_id)
        and table.id in one.table_ids
    }
    routed = {route.target for route in table.routes if route.target.startswith("vpce-")}
    if lists & named or alike or endpoint.id in routed:
        return "S9: the table has a way to the service"
    return None


def refusal_to_enable_private_dns(
    change: EnablePrivateDns, seen: Snapshot, settings: Settings
) -> str | None:
    """Return why private DNS of the interface endpoint may not be turned on."""
    endpoint = _own(change, seen)
    if not endpoint or endpoint.kind != "interface":
        return "S5: the interface endpoint is not ours, is not available, or is exempt"
    said = list(values_of(endpoint.tags, PRIVATE_DNS))
    if settings.endpoints is not Endpoints.KEEP or said != ["on"]:
        return "S9: nothing lets us turn on private DNS of this endpoint"
    if not any(key == PRIVATE_DNS for key, _ in endpoint.tags):
        return "S9: a slip of the tag consents to nothing"
    if not seen.dns_hostnames.get((endpoint.location, endpoint.vpc_id)):
        return "S9: DNS hostnames of the VPC are off, or were not read"
    if not seen.has_read(endpoint.location, Describe.VPC_ENDPOINTS, By.VPC, endpoint.vpc_id):
        return "S9: not all endpoints of the VPC were read"
    for one in seen.vpc_endpoints.values():
        same = one.vpc_id == endpoint.vpc_id and one.service == endpoint.service
        if same and one.location == endpoint.location and one.private_dns:
            return "S9: the service has private DNS in the VPC"
    return None


def _own(change: AddEndpointTable | EnablePrivateDns, seen: Snapshot) -> VpcEndpoint | None:
    """Return the endpoint if it is ours to change at all."""
    endpoint = seen.vpc_endpoints.get((change.location, change.endpoint_id))
    if not endpoint or endpoint.managed or endpoint.state != "available":
        return None
    vpc, own = seen.vpcs.get((change.location, endpoint.vpc_id)), change.location.account_id
    if not vpc or (vpc.owner_id, endpoint.owner_id) != (own, own) or is_exempt(vpc.tags):
        return None
    return endpoint
