"""Peering operations on the simulated state.

In: a state, the caller's location, parameters, a moment. Out: the next state and the reply, both new.
Raises Refusal. The rules are `peerkeeper_local.semantics`'.
"""

from __future__ import annotations

from functools import partial

from peerkeeper_local.semantics import peering_calls
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Options, Peering, Side
from peerkeeper_local.semantics.peering_options import Asked, modify_options
from peerkeeper_local.semantics.peering_state import State as Status
from peerkeeper_local.semantics.peering_view import changed_flags, description, visible
from peerkeeper_local.semantics.refusal import no_such_peering, no_such_vpc
from simulator.documents import Document
from simulator.operations.answer import DONE, Answer, Params
from simulator.rows import State


def named(state: State, where: Location, params: Params, moment: Moment) -> Peering:
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
    peering = named(state, where, params, moment)
    done = peering_calls.accept(peering, where, state.peerings.values(), moment)
    made = state.with_peering(done)
    return made, _told(made, where, done, "provisioning", moment)


def reject(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    peering = named(state, where, params, moment)
    return state.with_peering(peering_calls.reject(peering, where, moment)), DONE


def delete_peering(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    peering = named(state, where, params, moment)
    return state.with_peering(peering_calls.delete(peering, where, moment)), DONE


def modify_peering(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    peering = named(state, where, params, moment)
    asked = Asked(
        params.get("RequesterPeeringConnectionOptions"),
        params.get("AccepterPeeringConnectionOptions"),
    )
    done = modify_options(peering, where, asked, partial(dns_ready, state), moment)
    reply = {}
    if asked.requester is not None:
        reply["RequesterPeeringConnectionOptions"] = changed_flags(
            done.requester_options, asked.requester
        )
    if asked.accepter is not None:
        reply["AccepterPeeringConnectionOptions"] = changed_flags(
            done.accepter_options, asked.accepter
        )
    return state.with_peering(done), reply


def dns_ready(state: State, side: Side) -> bool:
    """Whether DNS support and hostnames are on in the VPC of `side`."""
    place = state.places.get(side.location)
    vpc = place.vpcs.get(side.vpc_id) if place else None
    return bool(vpc and vpc.dns_support and vpc.dns_hostnames)
