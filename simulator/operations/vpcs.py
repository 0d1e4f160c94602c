"""VPC, subnet and tag operations on the simulated state.

In: a state, the caller's location, parameters, a moment. Out: the next state and the reply, both new.
Raises Refusal. The rules are `peerkeeper_local.semantics`'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from peerkeeper_local.semantics.addresses import check_further_block
from peerkeeper_local.semantics.attributes import VPC_ATTRIBUTES, check_vpc_dns, one_attribute
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.networks import canonical
from peerkeeper_local.semantics.peering_state import TERMINAL, state_of
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.tags import check_tags
from peerkeeper_local.semantics.vpc_calls import check_delete_vpc, check_new_cidr, peered
from simulator.documents import association_id, shown
from simulator.operations.answer import DONE, Answer, Params, fresh, vpc_named
from simulator.operations.peerings import named
from simulator.operations.routes import new_table
from simulator.rows import Row, State, Subnet, Vpc


def create_vpc(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    cidr = canonical(params["CidrBlock"], "cidrBlock")
    vpc = Vpc(fresh("vpc", state, where), where.account, (cidr,))
    state = state.with_row(where, vpc)
    state = state.with_row(where, new_table(state, where, vpc, main=True))
    return state, {"Vpc": {"VpcId": vpc.id, "CidrBlock": cidr, "State": "pending"}}


def delete_vpc(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc = vpc_named(state, where, params)
    check_delete_vpc(vpc.id, state.peerings.values(), moment)
    rows: list[Row] = [vpc]
    place = state.places[where]
    rows += [table for table in place.tables.values() if table.vpc_id == vpc.id]
    rows += [subnet for subnet in place.subnets.values() if subnet.vpc_id == vpc.id]
    for row in rows:
        state = state.without_row(where, row)
    return state, DONE


def associate_cidr(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc, cidr = vpc_named(state, where, params), canonical(params["CidrBlock"], "cidrBlock")
    taken = list(vpc.cidrs)
    for peering in peered(vpc.id, state.peerings.values(), moment):
        taken += (*peering.requester.cidrs, *peering.accepter.cidrs)
    check_new_cidr(cidr, taken)
    check_further_block(cidr, vpc.cidrs[0], vpc.cidrs)
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
    vpc = vpc_named(state, where, params)
    attribute = one_attribute(params, VPC_ATTRIBUTES)
    value = bool(params[attribute]["Value"])
    check_vpc_dns(attribute, value, vpc.dns_support, vpc.dns_hostnames)
    if attribute == "EnableDnsSupport":
        return state.with_row(where, replace(vpc, dns_support=value)), DONE
    return state.with_row(where, replace(vpc, dns_hostnames=value)), DONE


def create_subnet(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    vpc = vpc_named(state, where, params)
    subnet = Subnet(
        fresh("subnet", state, where), vpc.id, where.account, canonical(params["CidrBlock"])
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
    for resource in params["Resources"]:
        before = _tags_of(state, where, resource, moment)
        check_tags(tags, before, moment.limits)
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
        named(state, where, {"VpcPeeringConnectionId": resource}, moment)
    return state.places[where].tags.get(resource, {})
