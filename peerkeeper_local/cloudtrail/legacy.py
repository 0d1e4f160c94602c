"""The legacy encoding: what CloudTrail writes for EC2's older actions.

In: a request or reply in botocore's names. Out: lowerCamel keys, lists as `{"items": [...]}`, an
empty list as `{}`, real booleans, times in epoch milliseconds, success as `_return`. Never used for
actions younger than about mid 2015.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botocore.model import ListShape, Shape, StructureShape

from peerkeeper_local.cloudtrail.shapes import Value, lower_first, reply_shape

# Lists in requests keep the names of EC2's old SOAP interface, which no service model holds.
_REQUEST_LISTS = {
    "Resources": "resourcesSet",
    "Tags": "tagSet",
    "TagSpecifications": "tagSpecificationSet",
}
# What AWS writes although the caller left it out.
_ALWAYS_THERE: dict[str, dict[str, Any]] = {
    "CreateVpc": {"instanceTenancy": "default"},
    "CreateTags": {"resourcesSet": {}, "tagSet": {}},
    "DeleteTags": {"resourcesSet": {}, "tagSet": {}},
}
# The old interface answers these with a state that today's service model no longer has.
_DISASSOCIATING = {"associationState": {"state": "disassociating"}}


def legacy_request(action: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return `requestParameters`; None for a call without any."""
    sent = {_request_key(k): _request_value(k, v) for k, v in params.items() if k != "DryRun"}
    return {**_ALWAYS_THERE.get(action, {}), **sent} or None


def legacy_reply(action: str, reply: Mapping[str, Any], request_id: str) -> dict[str, Any]:
    """Return `responseElements` of a call that succeeded."""
    shape = reply_shape(action)
    told = _reply_fields(shape, reply) if shape else {}
    told.pop("return", None)
    if action == "DisassociateRouteTable":
        return {"requestId": request_id, **_DISASSOCIATING, "_return": True}
    return {"requestId": request_id, **(told or {"_return": True})}


def _request_key(name: str) -> str:
    return _REQUEST_LISTS.get(name, lower_first(name))


def _request_value(name: str, value: object) -> Value:
    if name == "Resources" and isinstance(value, list | tuple):
        return _items([{"resourceId": one} for one in value])
    if isinstance(value, list | tuple):
        return _items([_plain(one) for one in value])
    return _plain(value)


def _plain(value: object) -> Value:
    """Lower the keys all the way down; inside an item AWS writes lists as they are."""
    if isinstance(value, Mapping):
        return {lower_first(k): _plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _items(values: list[Any]) -> dict[str, Any]:
    return {"items": values} if values else {}


def _reply_fields(shape: StructureShape, reply: Mapping[str, Any]) -> dict[str, Any]:
    fields = (
        (name, member) for name, member in shape.members.items() if reply.get(name) is not None
    )
    return {
        member.serialization.get("name", lower_first(name)): _reply_value(member, reply[name])
        for name, member in fields
    }


def _reply_value(shape: Shape, value: Value) -> Value:
    if isinstance(shape, StructureShape):
        return _reply_fields(shape, value)
    if isinstance(shape, ListShape):
        return _items([_reply_value(shape.member, one) for one in value])
    if isinstance(value, datetime):
        return int(value.timestamp() * 1000)
    return value
