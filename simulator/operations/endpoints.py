"""VPC endpoints on the simulated state: gateway ones with their routes, interface ones with their DNS.

In: a state, the caller's location, parameters, a moment. Out: the next state and the reply, both new.
Raises Refusal. The rules are `peerkeeper_local.semantics`'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from peerkeeper_local.semantics import endpoint_calls as rules
from peerkeeper_local.semantics.endpoint_services import GATEWAY, service_named
from peerkeeper_local.semantics.endpoint_view import description
from peerkeeper_local.semantics.endpoints import Endpoint, no_such_endpoint
from peerkeeper_local.semantics.interface_endpoint_calls import check_private_dns, wants_private_dns
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.prefix_lists import PrefixList
from peerkeeper_local.semantics.routes import Route, Target
from peerkeeper_local.semantics.tags import check_tags
from simulator.operations.answer import DONE, Answer, Params, fresh, vpc_named
from simulator.operations.routes import rule_of, table_named
from simulator.rows import State


def create_endpoint(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc, kind = vpc_named(state, where, params), params.get("VpcEndpointType", GATEWAY)
    service = service_named(params["ServiceName"], where.region)
    rules.check_kind(service, kind, params["ServiceName"])
    rules.check_parameters(kind, params)
    name = params["ServiceName"]
    made = Endpoint(fresh("vpce", state, where), vpc.id, name, kind, moment.now)
    if made.gateway:
        state, made = _with_list(state, where, made)
        state, made = _with_tables(state, where, made, params.get("RouteTableIds", ()), moment)
    elif wants_private_dns(params, service):
        _check_private_dns(state, where, made)
        made = replace(made, private_dns=True)
    tags = {tag["Key"]: tag["Value"] for tag in _tags(params)}
    check_tags(tags, (), moment.limits)
    state = state.with_row(where, made).with_tags(where, made.id, tags)
    return state, {"VpcEndpoint": description(made, where, moment, tags, {})}


def modify_endpoint(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    endpoint = state.places[where].endpoints.get(params["VpcEndpointId"])
    if endpoint is None:
        raise no_such_endpoint(params["VpcEndpointId"])
    rules.check_there(endpoint, moment)
    rules.check_parameters(endpoint.kind, params)
    if endpoint.gateway:
        gone = params.get("RemoveRouteTableIds", ())
        rules.check_associated(endpoint, endpoint.tables, gone)
        for one in gone:
            state = _without_route(state, where, endpoint, one)
        endpoint = replace(endpoint, tables=tuple(t for t in endpoint.tables if t not in gone))
        added = params.get("AddRouteTableIds", ())
        state, endpoint = _with_tables(state, where, endpoint, added, moment)
    private = params.get("PrivateDnsEnabled")
    if private and not endpoint.private_dns:
        _check_private_dns(state, where, endpoint)
    if private is not None:
        endpoint = replace(endpoint, private_dns=bool(private))
    return state.with_row(where, endpoint), DONE


def _with_list(state: State, where: Location, endpoint: Endpoint) -> tuple[State, Endpoint]:
    """Return the endpoint with the prefix list of its service, which AWS owns."""
    lists = state.places[where].lists.values()
    held = next((one.id for one in lists if one.name == endpoint.service), "")
    if not held:
        held = fresh("pl", state, where)
        made = PrefixList(held, endpoint.service, "IPv4", "AWS", 1, ((),))
        state = state.with_row(where, made)
    return state, replace(endpoint, prefix_list=held)


def _with_tables(
    state: State, where: Location, endpoint: Endpoint, added: Sequence[str], moment: Moment
) -> tuple[State, Endpoint]:
    for one in added:
        table, listed = table_named(state, where, {"RouteTableId": one}), endpoint.prefix_list
        rules.check_table(endpoint.vpc_id, rule_of(table), listed, moment.limits, {listed: (4, 1)})
        route = Route(listed, Target("GatewayId", endpoint.id))
        state = state.with_row(where, replace(table, routes=(*table.routes, route)))
    return state, replace(endpoint, tables=(*endpoint.tables, *added))


def _without_route(state: State, where: Location, endpoint: Endpoint, table_id: str) -> State:
    table = state.places[where].tables[table_id]
    left = tuple(route for route in table.routes if route.target.id != endpoint.id)
    return state.with_row(where, replace(table, routes=left))


def _check_private_dns(state: State, where: Location, endpoint: Endpoint) -> None:
    place = state.places[where]
    vpc, service = place.vpcs[endpoint.vpc_id], service_named(endpoint.service, where.region)
    alike = [
        one
        for one in place.endpoints.values()
        if one.private_dns and (one.vpc_id, one.service) == (endpoint.vpc_id, endpoint.service)
    ]
    taken = [service.private_names(where.region) for _ in alike]
    on = vpc.dns_support and vpc.dns_hostnames
    check_private_dns(service, where.region, vpc.id, on, taken)


def _tags(params: Params) -> list[dict[str, str]]:
    asked = params.get("TagSpecifications") or ()
    return [tag for one in asked for tag in one["Tags"]]
