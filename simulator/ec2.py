"""EC2's operations on the simulated state, by name, by the rules of `peerkeeper_local.semantics`.

In: a state, the caller's location, parameters, a moment. Out: the next state and the reply, both new.
Raises Refusal. It has no faults, no clock, and no opinion of what should be so.
"""

from __future__ import annotations

from peerkeeper_local.semantics.endpoint_view import ENDPOINTS
from peerkeeper_local.semantics.filter_paths import FILTERS
from peerkeeper_local.semantics.filters import matching
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.paging import page_of
from peerkeeper_local.semantics.refusal import Refusal
from simulator.documents import Document, shown
from simulator.operations import endpoints, peerings, prefix_lists, routes, vpcs
from simulator.operations.answer import Answer, Operation, Params, vpc_named
from simulator.rows import State

DESCRIBES = {
    "DescribeVpcPeeringConnections": "VpcPeeringConnections",
    "DescribeRouteTables": "RouteTables",
    "DescribeVpcs": "Vpcs",
    "DescribeSubnets": "Subnets",
    "DescribeManagedPrefixLists": "PrefixLists",
    "DescribeVpcEndpoints": "VpcEndpoints",
}

PATHS = {**FILTERS, "PrefixLists": {"owner-id": ("OwnerId",)}, "VpcEndpoints": ENDPOINTS.paths}


MOST = 50_000
_pages: dict[tuple[object, ...], tuple[list[Document], Document]] = {}


def described(
    state: State, where: Location, action: str, params: Params, moment: Moment
) -> Document:
    """Return one page of a describe, which no reader may change. Raises Refusal."""
    if action == "GetManagedPrefixListEntries":
        return prefix_lists.entries(state, where, params, moment)
    kind = DESCRIBES[action]
    page = moment.limits.route_tables_page if kind == "RouteTables" else moment.limits.page
    documents, filters = shown(state, where, kind, moment), params.get("Filters") or ()
    asked = tuple((each["Name"], *each["Values"]) for each in filters)
    key = (id(documents), asked, params.get("NextToken"), page, kind)
    held = _pages.get(key)
    if held is None:
        if len(_pages) > MOST:
            _pages.clear()
        found = matching(documents, filters, PATHS[kind])
        # The list is held, so that no other gets its identity.
        held = _pages[key] = (
            documents,
            page_of(found, kind, {**params, "MaxResults": None}, page),
        )
    return held[1]


def vpc_attribute(state: State, where: Location, params: Params) -> Document:
    vpc = vpc_named(state, where, params)
    on = {"enableDnsSupport": vpc.dns_support, "enableDnsHostnames": vpc.dns_hostnames}
    asked = params["Attribute"]
    return {"VpcId": vpc.id, asked[0].upper() + asked[1:]: {"Value": on[asked]}}


def performed(state: State, where: Location, action: str, params: Params, moment: Moment) -> Answer:
    """Return (next state, reply) of a call that changes something. Raises Refusal."""
    if params.get("DryRun"):
        raise Refusal("DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
    return OPERATIONS[action](state, where, params, moment)


OPERATIONS: dict[str, Operation] = {
    "CreateVpcPeeringConnection": peerings.create_peering,
    "AcceptVpcPeeringConnection": peerings.accept,
    "RejectVpcPeeringConnection": peerings.reject,
    "DeleteVpcPeeringConnection": peerings.delete_peering,
    "ModifyVpcPeeringConnectionOptions": peerings.modify_peering,
    "CreateRoute": routes.create_route,
    "ReplaceRoute": routes.replace_route,
    "DeleteRoute": routes.delete_route,
    "CreateRouteTable": routes.create_route_table,
    "AssociateRouteTable": routes.associate_route_table,
    "DisassociateRouteTable": routes.disassociate_route_table,
    "CreateManagedPrefixList": prefix_lists.create_list,
    "CreateVpcEndpoint": endpoints.create_endpoint,
    "ModifyVpcEndpoint": endpoints.modify_endpoint,
    "CreateVpc": vpcs.create_vpc,
    "DeleteVpc": vpcs.delete_vpc,
    "AssociateVpcCidrBlock": vpcs.associate_cidr,
    "DisassociateVpcCidrBlock": vpcs.disassociate_cidr,
    "ModifyVpcAttribute": vpcs.modify_vpc,
    "CreateSubnet": vpcs.create_subnet,
    "ModifySubnetAttribute": vpcs.modify_subnet,
    "CreateTags": vpcs.create_tags,
    "DeleteTags": vpcs.delete_tags,
}
