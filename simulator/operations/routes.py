"""Route and route table operations on the simulated state.

In: a state, the caller's location, parameters, a moment. Out: the next state and the reply, both new.
Raises Refusal. The rules are `peerkeeper_local.semantics`'.
"""

from __future__ import annotations

from dataclasses import replace

from peerkeeper_local.semantics.associations import (
    check_disassociate,
    check_edge,
    check_one_table,
    check_same_vpc,
)
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.refusal import Refusal, no_such_route_table, no_such_subnet
from peerkeeper_local.semantics.routes import (
    Route,
    Target,
    check_create,
    check_delete,
    check_peering_target,
    check_replace,
    destination_of,
    target_of,
)
from peerkeeper_local.semantics.routes import Table as RouteTableRule
from simulator.documents import shown, table_association
from simulator.operations.answer import DONE, Answer, Params, fresh, vpc_named
from simulator.operations.peerings import named
from simulator.rows import State, Table, Vpc


def table_named(state: State, where: Location, params: Params) -> Table:
    found = state.places[where].tables.get(params["RouteTableId"])
    if found is None:
        raise no_such_route_table(params["RouteTableId"])
    return found


def rule_of(table: Table) -> RouteTableRule:
    return RouteTableRule(table.id, table.vpc_id, table.routes, bool(table.gateway_ids))


def _check_target(
    state: State, where: Location, table: Table, target: Target, moment: Moment
) -> None:
    if target.kind != "VpcPeeringConnectionId":
        return
    peering = named(state, where, {"VpcPeeringConnectionId": target.id}, moment)
    ours = [s.vpc_id for s in (peering.requester, peering.accepter) if s.location == where]
    check_peering_target(rule_of(table), target.id, ours, state_of(peering, moment).code)


def create_route(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = table_named(state, where, params)
    destination, target = destination_of(params), target_of(params)
    _check_target(state, where, table, target, moment)
    check_create(rule_of(table), destination, target, moment.limits)
    routes = (*table.routes, Route(destination, target))
    return state.with_row(where, replace(table, routes=routes)), DONE


def replace_route(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = table_named(state, where, params)
    destination, target = destination_of(params), target_of(params)
    _check_target(state, where, table, target, moment)
    check_replace(rule_of(table), destination, target)
    routes = tuple(
        Route(destination, target) if r.destination == destination and not r.propagated else r
        for r in table.routes
    )
    return state.with_row(where, replace(table, routes=routes)), DONE


def delete_route(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = table_named(state, where, params)
    destination = destination_of(params)
    check_delete(rule_of(table), destination)
    routes = tuple(r for r in table.routes if r.destination != destination or r.propagated)
    return state.with_row(where, replace(table, routes=routes)), DONE


def create_route_table(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc = vpc_named(state, where, params)
    made = new_table(state, where, vpc, main=False)
    state = state.with_row(where, made)
    (told,) = [
        d for d in shown(state, where, "RouteTables", moment) if d["RouteTableId"] == made.id
    ]
    return state, {"RouteTable": told}


def new_table(state: State, where: Location, vpc: Vpc, *, main: bool) -> Table:
    local = tuple(Route(c, Target("GatewayId", "local"), "CreateRouteTable") for c in vpc.cidrs)
    return Table(fresh("rtb", state, where), vpc.id, where.account, local, main)


def associate_route_table(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    table = table_named(state, where, params)
    subnet, gateway = params.get("SubnetId"), params.get("GatewayId")
    for other in state.places[where].tables.values():
        if subnet in other.subnet_ids or gateway in other.gateway_ids:
            check_one_table(table.id, other.id)
    if subnet:
        held = state.places[where].subnets.get(subnet)
        if held is None:
            raise no_such_subnet(subnet)
        check_same_vpc(rule_of(table), subnet, [held.vpc_id])
        table = replace(table, subnet_ids=(*table.subnet_ids, str(subnet)))
    else:
        check_edge(rule_of(table))
        table = replace(table, gateway_ids=(*table.gateway_ids, str(gateway)))
    reply = {"AssociationId": table_association(table.id, str(subnet or gateway))}
    return state.with_row(where, table), reply


def disassociate_route_table(
    state: State, where: Location, params: Params, moment: Moment
) -> Answer:
    wanted = params["AssociationId"]
    for table in state.places[where].tables.values():
        check_disassociate(wanted, table.main and table_association(table.id, "") == wanted)
        for subnet in table.subnet_ids:
            if table_association(table.id, subnet) == wanted:
                left = tuple(one for one in table.subnet_ids if one != subnet)
                return state.with_row(where, replace(table, subnet_ids=left)), DONE
    raise Refusal("InvalidAssociationID.NotFound", f"The association ID '{wanted}' does not exist")
