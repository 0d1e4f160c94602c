"""The XML encoding: what CloudTrail writes for EC2 actions added from about mid 2015 on.

In: a request or reply in botocore's names. Out: the call's XML turned into JSON, wrapped in
`<Action>Request` or `<Action>Response`. A list of one is an object, of several an array, of none a
`""`. In requests each element carries its number as `tag`. Texts that look like booleans or numbers
become booleans or numbers, an account id too. Never used for older actions.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botocore.model import ListShape, Shape, StructureShape

from peerkeeper_local.cloudtrail.shapes import (
    Value,
    lower_first,
    reply_shape,
    request_shape,
    upper_first,
)

_NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")


def xml_request(action: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return `requestParameters`: one key, `<Action>Request`, with `""` when nothing was sent."""
    shape = request_shape(action)
    sent = {k: v for k, v in params.items() if k != "DryRun"}
    return {f"{action}Request": _request_fields(shape, sent) if shape and sent else ""}


def xml_reply(action: str, reply: Mapping[str, Any], request_id: str) -> dict[str, Any]:
    """Return `responseElements` of a call that succeeded: one key, `<Action>Response`."""
    shape = reply_shape(action)
    told = _reply_fields(shape, reply) if shape else ""
    body = told if isinstance(told, dict) else {"return": True}
    return {f"{action}Response": {"xmlns": _NAMESPACE, "requestId": request_id, **body}}


def _request_fields(shape: StructureShape, sent: Mapping[str, Any]) -> dict[str, Value]:
    fields = ((shape.members[name], name, value) for name, value in sent.items())
    return {
        upper_first(member.serialization.get("name", name)): _request_value(member, value)
        for member, name, value in fields
    }


def _request_value(shape: Shape, value: Value) -> Value:
    if isinstance(shape, StructureShape):
        return _request_fields(shape, value)
    if isinstance(shape, ListShape):
        return _one_or_many([_numbered(shape.member, n, one) for n, one in enumerate(value, 1)])
    return _scalar(value)


def _numbered(shape: Shape, number: int, value: Value) -> dict[str, Any]:
    if isinstance(shape, StructureShape):
        return {**_request_fields(shape, value), "tag": number}
    return {"tag": number, "content": _scalar(value)}


def _reply_fields(shape: StructureShape, reply: Mapping[str, Any]) -> dict[str, Any] | str:
    fields = (
        (name, member) for name, member in shape.members.items() if reply.get(name) is not None
    )
    told = {
        member.serialization.get("name", lower_first(name)): _reply_value(member, reply[name])
        for name, member in fields
    }
    return told or ""


def _reply_value(shape: Shape, value: Value) -> Value:
    if isinstance(shape, StructureShape):
        return _reply_fields(shape, value)
    if isinstance(shape, ListShape):
        elements = _one_or_many([_reply_value(shape.member, one) for one in value])
        return {"item": elements} if value else ""
    return _scalar(value)


def _one_or_many(elements: list[Any]) -> Value:
    match elements:
        case []:
            return ""
        case [only]:
            return only
        case _:
            return elements


def _scalar(value: object) -> Value:
    """Give a text the JSON type it looks like; a leading zero keeps it a text."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    if not isinstance(value, str):
        return value
    if value in ("true", "false"):
        return value == "true"
    return int(value) if _INTEGER.fullmatch(value) else value
