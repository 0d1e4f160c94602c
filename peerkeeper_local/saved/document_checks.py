"""What is wrong with a saved cloud. In: JSON values. Out: faults, each in a line, all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ShapeResolver

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.saved.location_checks import judged, location_faults
from peerkeeper_local.saved.state import VERSION

LOCATION = re.compile(r"(\d{12})/([a-z0-9-]+)")
_SIDE = {"location": "Pair", "vpc_id": "Text", "cidrs": "Texts", "ipv6_cidrs": "Texts"}
_OPTIONS = {"dns_from_remote_vpc": "Flag", "multipath_resilience": "Flag"}
_PEERING = {
    **{"id": "Text", "requester": "Side", "accepter": "Side", "created": "Time", "doomed": "Flag"},
    **{"accepted": "Time", "rejected": "Time", "deleted": "Time", "deleted_by": "Pair"},
    **{"requester_options": "Options", "accepter_options": "Options"},
}
_ATTRIBUTES = {"VpcId": "Text", "EnableDnsSupport": "Flag", "EnableDnsHostnames": "Flag"}


def _structure(members: Mapping[str, str], *required: str) -> Document:
    return {
        "type": "structure",
        "required": list(required or members),
        "members": {name: {"shape": shape} for name, shape in members.items()},
    }


_RAW: dict[str, Any] = {
    "Text": {"type": "string"},
    "Flag": {"type": "boolean"},
    "Time": {"type": "double"},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "Pair": {"type": "list", "member": {"shape": "Text"}},
    "Options": _structure(_OPTIONS),
    "Side": _structure(_SIDE),
    "Peering": _structure(_PEERING, "id", "requester", "accepter", "created"),
    "Attributes": _structure(_ATTRIBUTES),
}
_SHAPES = ShapeResolver(_RAW)


def faults_of(raw: object) -> Iterator[str]:
    """Yield every fault of a saved cloud."""
    version = raw.get("peerkeeper") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or version is True or version != VERSION:
        yield f'a JSON object with "peerkeeper": {VERSION} is wanted'
        return
    try:
        datetime.fromisoformat(raw.get("time", ""))
    except (TypeError, ValueError):
        yield f"time: {raw.get('time')!r} is no ISO time"
    for key, kind in (("locations", dict), ("peerings", list)):
        if not isinstance(raw.get(key), kind):
            yield f"{key}: a JSON {'object' if kind is dict else 'array'} is wanted"
            return
    attributes = _SHAPES.get_shape_by_name("Attributes")
    for name, lists in raw["locations"].items():
        yield from (f"{name}: {fault}" for fault in _place_faults(name))
        yield from (f"{name}: {fault}" for fault in location_faults(lists, attributes))
    for number, facts in enumerate(raw["peerings"]):
        yield from _peering_faults(f"peerings[{number}]", facts)


def _place_faults(name: str) -> Iterator[str]:
    found = LOCATION.fullmatch(name)
    if found is None:
        yield "no location: 12 digits, a slash and a region are wanted"
    elif found[2] not in _regions():
        yield f"there is no region {found[2]}"


def _peering_faults(where: str, facts: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    shapes = list(judged(where, facts, _SHAPES.get_shape_by_name("Peering")))
    yield from shapes
    if shapes:
        return
    places = {side: facts[side]["location"] for side in ("requester", "accepter")}
    if "deleted_by" in facts:
        places["deleted_by"] = facts["deleted_by"]
    for what, place in places.items():
        yield from (f"{where}.{what}: {fault}" for fault in _place_faults("/".join(place)))
    if not facts["requester"]["cidrs"]:
        yield f"{where}: the requester's VPC has no CIDR"


@cache
def _regions() -> frozenset[str]:
    session = botocore.session.Session()
    return frozenset(
        region
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("ec2", partition)
    )
