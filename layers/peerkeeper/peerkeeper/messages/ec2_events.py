"""From one EC2 event to where to look: a table of event names, and what ids each carries.

In: an EventBridge event around a CloudTrail record. Out: `Scope`, empty where the event is not ours
to act on. Raises MessageError where it is ours but lacks what it must carry. Never reads state out of
the event: an event says where to look, never what the state is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from peerkeeper.errors import MessageError, quoted
from peerkeeper.messages.cloudtrail import Record, dig, items, record_from, text
from peerkeeper.messages.tag_changes import tag_acts, tag_keys
from peerkeeper.messages.undone import undoings
from peerkeeper.settings import ACCOUNT, REGION, Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.scope import Expectation, Expected, Hint, Scope
from peerkeeper.values.tag_keys import STATUS

ID = re.compile(r"(?:vpc|subnet|rtb|pcx|vpce)-(?:[0-9a-f]{8}|[0-9a-f]{17})")
NOTHING = Scope(why="not an event for Peerkeeper")
Extract: TypeAlias = Callable[[Record, Location], Iterator[Hint]]


def scope_from_event(event: Mapping[str, Any], settings: Settings) -> Scope:
    """Return where `event` tells us to look; empty if it is not ours (failed call, foreign location).

    The location is the envelope's: the account and region that EventBridge itself stamps. Locations
    named in the detail are hints, and count only if they are configured. Raises MessageError.
    """
    location = Location(text(event, "account"), text(event, "region"))
    detail = event.get("detail")
    if not isinstance(detail, dict):
        raise MessageError("This event cannot be read:", ["detail is not an object"])
    record = record_from(detail)
    if record.name not in TRIGGERS or record.failed:
        return NOTHING
    faults = list(_envelope_faults(event, location))
    extract, expected = TRIGGERS[record.name]
    hints = frozenset(extract(record, location))
    named = {id_ for hint in hints for id_ in (hint.id, hint.vpc_id) if id_}
    # EC2 reads * and ? in a filter as wildcards: nothing but an id may get there.
    faults += [f"{quoted(id_)} is not an EC2 id" for id_ in named if not ID.fullmatch(id_)]
    if not hints and record.name not in TAG_EVENTS:
        faults.append(f"{record.name} lacks every id that it must carry")
    if faults:
        raise MessageError(f"This {record.name} event cannot be read:", sorted(faults))
    ours = frozenset(hint for hint in hints if settings.covers(hint.location))
    expect = frozenset(Expectation(h.location, h.id, expected) for h in ours if expected and h.id)
    acts = tag_acts(record, ours) if record.name in TAG_EVENTS else ()
    undone = frozenset(undoings(record, location)) if ours else frozenset()
    return Scope(ours, expect, acts=frozenset(acts), undone=undone, why=record.name)


def _envelope_faults(event: Mapping[str, Any], location: Location) -> Iterator[str]:
    if not ACCOUNT.fullmatch(location.account_id):
        yield f"account is {quoted(event.get('account'))}, not a 12-digit account id"
    if not REGION.fullmatch(location.region):
        yield f"region is {quoted(event.get('region'))}, not a region name"


def _request(*path: str, vpc: tuple[str, ...] = ()) -> Extract:
    def extract(record: Record, location: Location) -> Iterator[Hint]:
        if found := text(record.request, *path):
            yield Hint(location, found, text(record.request, *vpc) if vpc else "")

    return extract


def _response(*path: str, vpc: tuple[str, ...] = ()) -> Extract:
    def extract(record: Record, location: Location) -> Iterator[Hint]:
        if found := text(record.response, *path):
            yield Hint(location, found, text(record.response, *vpc) if vpc else "")

    return extract


def _vpc_of_association(record: Record, location: Location) -> Iterator[Hint]:
    if found := text(record.request, "vpcId") or text(record.response, "vpcId"):
        yield Hint(location, found)


def _both_sides(record: Record, location: Location) -> Iterator[Hint]:
    """Yield a hint for each side of the peering connection in the response."""
    pcx_id = text(record.response, "vpcPeeringConnection", "vpcPeeringConnectionId")
    if not pcx_id:
        return
    yield Hint(location, pcx_id)
    for side in ("requesterVpcInfo", "accepterVpcInfo"):
        path = ("vpcPeeringConnection", side)
        there = Location(  # in the XML encoding an id may have lost its leading zeros
            (text(record.response, *path, "ownerId") or location.account_id).zfill(12),
            text(record.response, *path, "region") or location.region,
        )
        if ACCOUNT.fullmatch(there.account_id) and REGION.fullmatch(there.region):
            yield Hint(there, pcx_id, text(record.response, *path, "vpcId"))


def _tagged(record: Record, location: Location) -> Iterator[Hint]:
    """Yield each tagged resource of a kind that Peerkeeper looks at; one call may tag many kinds.

    A status tag by itself is our own memory and changes nothing. A look at once, before every read shows
    it, would tell people the same again.
    """
    if record.name == "CreateTags" and {*tag_keys(record)} == {STATUS}:
        return
    listed = [text(item, "resourceId") for item in items(record.request, "resourcesSet")]
    flat = dig(record.request, "resourceId")  # as the XML encoding may name it
    listed += [text(one) for one in (flat if isinstance(flat, list) else [flat])]
    for found in listed:
        if ID.fullmatch(found):
            yield Hint(location, found)


def _everything(_: Record, location: Location) -> Iterator[Hint]:
    """Yield the whole location: the event carries only an association id."""
    yield Hint(location)


_PCX = ("vpcPeeringConnectionId",)
_VPC = ("vpcId",)
_TABLE = _request("routeTableId")
TRIGGERS: Mapping[str, tuple[Extract, Expected | None]] = {
    "CreateVpcPeeringConnection": (_both_sides, Expected.VISIBLE),
    "AcceptVpcPeeringConnection": (_both_sides, Expected.ACCEPTED),
    "ModifyVpcPeeringConnectionOptions": (_request(*_PCX), None),
    "DeleteVpcPeeringConnection": (_request(*_PCX), Expected.GONE),
    "RejectVpcPeeringConnection": (_request(*_PCX), Expected.GONE),
    "CreateTags": (_tagged, None),
    "DeleteTags": (_tagged, None),
    "AssociateVpcCidrBlock": (_vpc_of_association, None),
    "DisassociateVpcCidrBlock": (_vpc_of_association, None),
    "CreateRouteTable": (
        _response("routeTable", "routeTableId", vpc=("routeTable", "vpcId")),
        Expected.VISIBLE,
    ),
    "AssociateRouteTable": (_TABLE, None),
    "DisassociateRouteTable": (_everything, None),
    "ReplaceRouteTableAssociation": (_TABLE, None),
    "CreateRoute": (_TABLE, None),
    "ReplaceRoute": (_TABLE, None),
    "DeleteRoute": (_TABLE, None),
    "ModifyVpcAttribute": (_request(*_VPC), None),
    "CreateVpc": (_response("vpc", "vpcId"), Expected.VISIBLE),
    "CreateDefaultVpc": (_response("vpc", "vpcId"), Expected.VISIBLE),
    "CreateSubnet": (
        _response("subnet", "subnetId", vpc=("subnet", "vpcId")),
        Expected.VISIBLE,
    ),
    "CreateDefaultSubnet": (
        _response("subnet", "subnetId", vpc=("subnet", "vpcId")),
        Expected.VISIBLE,
    ),
    "ModifySubnetAttribute": (_request("subnetId"), None),
    "CreateVpcEndpoint": (
        _response("vpcEndpoint", "vpcEndpointId", vpc=("vpcEndpoint", "vpcId")),
        Expected.VISIBLE,
    ),
    "ModifyVpcEndpoint": (_request("vpcEndpointId"), None),
}
TAG_EVENTS = frozenset({"CreateTags", "DeleteTags"})
