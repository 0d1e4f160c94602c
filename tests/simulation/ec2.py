"""EC2's operations on the simulated state, by the rules of `workbench.semantics`.

In: a state, the caller's location, parameters, a moment. Out: the next state and the reply, both new.
Raises Refusal. Never: faults, time of its own, or an opinion of what should be so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.simulation.documents import Document, association_id, shown
from tests.simulation.rows import Row, State, Subnet, Table, Vpc
from workbench.semantics import peering_calls
from workbench.semantics.attributes import VPC_ATTRIBUTES, check_vpc_dns, one_attribute
from workbench.semantics.filter_paths import FILTERS
from workbench.semantics.filters import matching
from workbench.semantics.limits import Moment
from workbench.semantics.location import Location
from workbench.semantics.networks import canonical
from workbench.semantics.paging import page_of
from workbench.semantics.peering import Options, Peering, Side
from workbench.semantics.peering_options import Asked, modify_options
from workbench.semantics.peering_state import TERMINAL, state_of
from workbench.semantics.peering_state import State as Status
from workbench.semantics.peering_view import description, option_flags, visible
from workbench.semantics.refusal import (
    Refusal,
    no_such_peering,
    no_such_route_table,
    no_such_vpc,
)
from workbench.semantics.routes import (
    Route,
    Target,
    check_create,
    check_delete,
    check_peering_target,
    check_replace,
    destination_of,
    target_of,
)
from workbench.semantics.routes import (
    Table as RouteTableRule,
)
from workbench.semantics.vpc_calls import (
    already_associated,
    check_delete_vpc,
    check_new_cidr,
    check_tag_keys,
    peered,
)

Params = Mapping[str, Any]
Answer = tuple[State, Document]
Operation = Callable[[State, Location, Params, Moment], Answer]

DESCRIBES = {
    "DescribeVpcPeeringConnections": "VpcPeeringConnections",
    "DescribeRouteTables": "RouteTables",
    "DescribeVpcs": "Vpcs",
    "DescribeSubnets": "Subnets",
}
DONE = {"Return": True}


def described(
    state: State, where: Location, action: str, params: Params, moment: Moment
) -> Document:
    """Return one page of a describe."""
    kind = DESCRIBES[action]
    found = matching(shown(state, where, kind, moment), params.get("Filters") or (), FILTERS[kind])
    page = moment.limits.route_tables_page if kind == "RouteTables" else moment.limits.page
    return page_of(found, kind, {**params, "MaxResults": None}, page)


def vpc_attribute(state: State, where: Location, params: Params) -> Document:
    vpc = _vpc(state, where, params)
    on = {"enableDnsSupport": vpc.dns_support, "enableDnsHostnames": vpc.dns_hostnames}
    asked = params["Attribute"]
    return {"VpcId": vpc.id, asked[0].upper() + asked[1:]: {"Value": on[asked]}}


def performed(state: State, where: Location, action: str, params: Params, moment: Moment) -> Answer:
    """Return (next state, reply) of a call that changes something. Raises Refusal."""
    return OPERATIONS[action](state, where, params, moment)


# --- peerings ---------------------------------------------------------------------------------------


def _named(state: State, where: Location, params: Params, moment: Moment) -> Peering:
    peering = state.peerings.get(params["VpcPeeringConnectionId"])
    if peering is None or not visible(peering, where, moment):
        raise no_such_peering(params["VpcPeeringConnectionId"])
    return peering


def _told(
    state: State, where: Location, peering: Peering, step: str | None, moment: Moment
) -> Document:
    status = None if step is None else Status(step, moment.now)
    tags = state.places[where].tags.get(peering.id, {})
    return {"VpcPeeringConnection": description(peering, where, moment, tags, status)}


def create_peering(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    requester = state.side(where, params["VpcId"])
    if requester is None:
        raise no_such_vpc(params["VpcId"])
    home = Location(
        params.get("PeerOwnerId") or where.account, params.get("PeerRegion") or where.region
    )
    accepter = state.side(home, params["PeerVpcId"])
    if accepter is None and home == where:
        raise no_such_vpc(params["PeerVpcId"])
    named = accepter or Side(home, params["PeerVpcId"])
    known = peering_calls.twin_request(state.peerings.values(), requester, named, moment)
    if known is not None:
        return state, _told(state, where, known, None, moment)
    peering_calls.check_outstanding(state.peerings.values(), requester.vpc_id, moment)
    sent = params.get("RequesterPeeringConnectionOptions") or {}
    peering = Peering(
        id=f"pcx-{len(state.peerings) + 1:017x}",
        requester=requester,
        accepter=named,
        created=moment.now,
        doomed=peering_calls.is_doomed(requester, accepter),
        requester_options=Options(multipath_resilience=bool(sent.get("AllowMultipathResilience"))),
    )
    made = state.with_peering(peering)
    for spec in params.get("TagSpecifications") or ():
        tags = {tag["Key"]: tag["Value"] for tag in spec["Tags"]}
        made = made.with_tags(where, peering.id, tags)
    return made, _told(made, where, peering, "initiating-request", moment)


def accept(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    peering = _named(state, where, params, moment)
    done = peering_calls.accept(peering, where, state.peerings.values(), moment)
    made = state.with_peering(done)
    return made, _told(made, where, done, "provisioning", moment)


def reject(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    peering = _named(state, where, params, moment)
    return state.with_peering(peering_calls.reject(peering, where, moment)), DONE


def delete_peering(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    peering = _named(state, where, params, moment)
    return state.with_peering(peering_calls.delete(peering, where, moment)), DONE


def modify_peering(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    peering = _named(state, where, params, moment)
    asked = Asked(
        params.get("RequesterPeeringConnectionOptions"),
        params.get("AccepterPeeringConnectionOptions"),
    )
    ready = all(dns_ready(state, side) for side in (peering.requester, peering.accepter))
    done = modify_options(peering, where, asked, ready, moment)
    reply = {}
    if asked.requester is not None:
        reply["RequesterPeeringConnectionOptions"] = option_flags(done.requester_options)
    if asked.accepter is not None:
        reply["AccepterPeeringConnectionOptions"] = option_flags(done.accepter_options)
    return state.with_peering(done), reply


def dns_ready(state: State, side: Side) -> bool:
    """Whether DNS support and host names are on in the VPC of `side`."""
    place = state.places.get(side.location)
    vpc = place.vpcs.get(side.vpc_id) if place else None
    return bool(vpc and vpc.dns_support and vpc.dns_hostnames)


# --- routes and route tables ------------------------------------------------------------------------


def _table(state: State, where: Location, params: Params) -> Table:
    found = state.places[where].tables.get(params["RouteTableId"])
    if found is None:
        raise no_such_route_table(params["RouteTableId"])
    return found


def _rule_of(table: Table) -> RouteTableRule:
    return RouteTableRule(table.id, table.vpc_id, table.routes, bool(table.gateway_ids))


def _check_target(
    state: State, where: Location, table: Table, target: Target, moment: Moment
) -> None:
    if target.kind != "VpcPeeringConnectionId":
        return
    peering = _named(state, where, {"VpcPeeringConnectionId": target.id}, moment)
    ours = [s.vpc_id for s in (peering.requester, peering.accepter) if s.location == where]
    check_peering_target(_rule_of(table), target.id, ours, state_of(peering, moment).code)


def create_route(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = _table(state, where, params)
    destination, target = destination_of(params), target_of(params)
    _check_target(state, where, table, target, moment)
    check_create(_rule_of(table), destination, target, moment.limits)
    routes = (*table.routes, Route(destination, target))
    return state.with_row(where, replace(table, routes=routes)), DONE


def replace_route(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = _table(state, where, params)
    destination, target = destination_of(params), target_of(params)
    _check_target(state, where, table, target, moment)
    check_replace(_rule_of(table), destination, target)
    routes = tuple(
        Route(destination, target) if r.destination == destination and not r.propagated else r
        for r in table.routes
    )
    return state.with_row(where, replace(table, routes=routes)), DONE


def delete_route(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = _table(state, where, params)
    destination = destination_of(params)
    check_delete(_rule_of(table), destination)
    routes = tuple(r for r in table.routes if r.destination != destination or r.propagated)
    return state.with_row(where, replace(table, routes=routes)), DONE


def create_route_table(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc = _vpc(state, where, params)
    made = new_table(state, where, vpc, main=False)
    state = state.with_row(where, made)
    (told,) = [
        d for d in shown(state, where, "RouteTables", moment) if d["RouteTableId"] == made.id
    ]
    return state, {"RouteTable": told}


def new_table(state: State, where: Location, vpc: Vpc, *, main: bool) -> Table:
    local = tuple(Route(c, Target("GatewayId", "local"), "CreateRouteTable") for c in vpc.cidrs)
    return Table(_fresh("rtb", state, where), vpc.id, where.account, local, main)


def associate_route_table(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = _table(state, where, params)
    subnet, gateway = params.get("SubnetId"), params.get("GatewayId")
    for other in state.places[where].tables.values():
        if subnet in other.subnet_ids or gateway in other.gateway_ids:
            raise already_associated(table.id)
    if subnet:
        table = replace(table, subnet_ids=(*table.subnet_ids, subnet))
    else:
        table = replace(table, gateway_ids=(*table.gateway_ids, gateway))
    reply = {"AssociationId": f"rtbassoc-{table.id[4:]}"}
    return state.with_row(where, table), reply


# --- VPCs, subnets, tags ----------------------------------------------------------------------------


def _vpc(state: State, where: Location, params: Params) -> Vpc:
    found = state.places[where].vpcs.get(params["VpcId"])
    if found is None:
        raise no_such_vpc(params["VpcId"])
    return found


def _fresh(prefix: str, state: State, where: Location) -> str:
    """Return a new id: it tells the location, and how many there were."""
    place = state.places[where]
    so_far = len({"vpc": place.vpcs, "rtb": place.tables, "subnet": place.subnets}[prefix])
    home = sorted(state.places).index(where)
    return f"{prefix}-{home:x}{so_far + 1:016x}"


def create_vpc(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    cidr = canonical(params["CidrBlock"], "cidrBlock")
    vpc = Vpc(_fresh("vpc", state, where), where.account, (cidr,))
    state = state.with_row(where, vpc)
    state = state.with_row(where, new_table(state, where, vpc, main=True))
    return state, {"Vpc": {"VpcId": vpc.id, "CidrBlock": cidr, "State": "pending"}}


def delete_vpc(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc = _vpc(state, where, params)
    check_delete_vpc(vpc.id, state.peerings.values(), moment)
    rows: list[Row] = [vpc]
    place = state.places[where]
    rows += [
        row for row in (*place.tables.values(), *place.subnets.values()) if row.vpc_id == vpc.id
    ]
    for row in rows:
        state = state.without_row(where, row)
    return state, DONE


def associate_cidr(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc, cidr = _vpc(state, where, params), canonical(params["CidrBlock"], "cidrBlock")
    taken = list(vpc.cidrs)
    for peering in peered(vpc.id, state.peerings.values(), moment):
        taken += (*peering.requester.cidrs, *peering.accepter.cidrs)
    check_new_cidr(cidr, taken)
    state = _with_cidrs(state, where, vpc, (*vpc.cidrs, cidr), moment)
    reply = {"AssociationId": association_id(vpc.id, cidr), "CidrBlock": cidr}
    return state, {"VpcId": vpc.id, "CidrBlockAssociation": reply}


def disassociate_cidr(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    for vpc in state.places[where].vpcs.values():
        for cidr in vpc.cidrs[1:]:
            if association_id(vpc.id, cidr) == params["AssociationId"]:
                kept = tuple(one for one in vpc.cidrs if one != cidr)
                reply = {"AssociationId": params["AssociationId"], "CidrBlock": cidr}
                state = _with_cidrs(state, where, vpc, kept, moment)
                return state, {"VpcId": vpc.id, "CidrBlockAssociation": reply}
    raise Refusal("InvalidVpcCidrBlockAssociationID.NotFound", "No such association")


def _with_cidrs(
    state: State, where: Location, vpc: Vpc, cidrs: tuple[str, ...], moment: Moment
) -> State:
    """Give the VPC its new networks: its tables their local routes, its peerings their sides."""
    state = state.with_row(where, replace(vpc, cidrs=cidrs))
    for table in state.places[where].tables.values():
        if table.vpc_id == vpc.id:
            rest = tuple(route for route in table.routes if not route.local)
            local = new_table(state, where, replace(vpc, cidrs=cidrs), main=False).routes
            state = state.with_row(where, replace(table, routes=(*local, *rest)))
    for peering in state.peerings.values():
        if peering.joins(vpc.id) and state_of(peering, moment).code not in TERMINAL:
            sides = (peering.requester, peering.accepter)
            fresh = (state.side(side.location, side.vpc_id) or side for side in sides)
            state = state.with_peering(peering.with_sides(*fresh))
    return state


def modify_vpc(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc = _vpc(state, where, params)
    attribute = one_attribute(params, VPC_ATTRIBUTES)
    value = bool(params[attribute]["Value"])
    check_vpc_dns(attribute, value, vpc.dns_support, vpc.dns_hostnames)
    field = {"EnableDnsSupport": "dns_support", "EnableDnsHostnames": "dns_hostnames"}[attribute]
    return state.with_row(where, replace(vpc, **{field: value})), DONE


def create_subnet(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc = _vpc(state, where, params)
    subnet = Subnet(
        _fresh("subnet", state, where), vpc.id, where.account, canonical(params["CidrBlock"])
    )
    state = state.with_row(where, subnet)
    (told,) = [d for d in shown(state, where, "Subnets", moment) if d["SubnetId"] == subnet.id]
    return state, {"Subnet": told}


def modify_subnet(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    subnet = state.places[where].subnets.get(params["SubnetId"])
    if subnet is None:
        raise Refusal(
            "InvalidSubnetID.NotFound", f"The subnet ID '{params['SubnetId']}' does not exist"
        )
    one_attribute(params)
    value = bool(params["MapPublicIpOnLaunch"]["Value"])
    return state.with_row(where, replace(subnet, public=value)), DONE


def create_tags(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    tags = {tag["Key"]: tag["Value"] for tag in params["Tags"]}
    check_tag_keys(tags)
    for resource in params["Resources"]:
        before = _tags_of(state, where, resource, moment)
        state = state.with_tags(where, resource, {**before, **tags})
    return state, DONE


def delete_tags(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    named = {tag["Key"] for tag in params.get("Tags") or ()}
    for resource in params["Resources"]:
        before = _tags_of(state, where, resource, moment)
        kept = {k: v for k, v in before.items() if named and k not in named}
        state = state.with_tags(where, resource, kept)
    return state, DONE


def _tags_of(state: State, where: Location, resource: str, moment: Moment) -> Mapping[str, str]:
    if resource.startswith("pcx-"):
        _named(state, where, {"VpcPeeringConnectionId": resource}, moment)
    return state.places[where].tags.get(resource, {})


OPERATIONS: dict[str, Operation] = {
    "CreateVpcPeeringConnection": create_peering,
    "AcceptVpcPeeringConnection": accept,
    "RejectVpcPeeringConnection": reject,
    "DeleteVpcPeeringConnection": delete_peering,
    "ModifyVpcPeeringConnectionOptions": modify_peering,
    "CreateRoute": create_route,
    "ReplaceRoute": replace_route,
    "DeleteRoute": delete_route,
    "CreateRouteTable": create_route_table,
    "AssociateRouteTable": associate_route_table,
    "CreateVpc": create_vpc,
    "DeleteVpc": delete_vpc,
    "AssociateVpcCidrBlock": associate_cidr,
    "DisassociateVpcCidrBlock": disassociate_cidr,
    "ModifyVpcAttribute": modify_vpc,
    "CreateSubnet": create_subnet,
    "ModifySubnetAttribute": modify_subnet,
    "CreateTags": create_tags,
    "DeleteTags": delete_tags,
}
