"""What a reply has to be: as botocore's model of its operation says.

In: calls of a local cloud. Out: what is wrong with their replies, in words.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from botocore import xform_name
from botocore.model import ListShape, Shape, StructureShape
from botocore.validate import ParamValidator
from moto.core.utils import get_service_model

from peerkeeper_local.cloud import Call
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.seam import LocalEc2

MODEL = get_service_model("ec2")
ACTIONS = {xform_name(action): action for action in MODEL.operation_names}


def overlaid() -> set[str]:
    """Every EC2 action that the local cloud answers by a method of its own, read off its classes."""
    rooms = [
        room
        for room in LocalEc2.__mro__
        if issubclass(room, Operations) and room not in (Operations, LocalEc2)
    ]
    methods = {name for room in rooms for name in vars(room) if not name.startswith("_")}
    assert methods <= set(ACTIONS), methods - set(ACTIONS)
    return {ACTIONS[name] for name in methods}


def wrong(calls: Iterable[Call]) -> list[str]:
    """Return what the model does not allow in the replies of `calls` that succeeded."""
    return [f"{call.action}: {text}" for call in calls if not call.error for text in _wrong(call)]


def _wrong(call: Call) -> Iterator[str]:
    shape = MODEL.operation_model(call.action).output_shape
    if shape is None:
        if call.reply:
            yield f"a reply where there is none: {call.reply}"
        return
    report = ParamValidator().validate(call.reply, shape)
    if report.has_errors():
        yield report.generate_report()


def unknown(value: Any, shape: Shape | None, path: str = "") -> Iterator[str]:
    """Yield the keys in `value` that `shape` does not have: serialising would lose them silently.

    What is moto's own object, not a dict, is not looked into.
    """
    if isinstance(value, Mapping):
        members = shape.members if isinstance(shape, StructureShape) else {}
        for key, each in value.items():
            if key not in members:
                yield f"{path}.{key}"
            else:
                yield from unknown(each, members[key], f"{path}.{key}")
    elif isinstance(value, list) and isinstance(shape, ListShape):
        for each in value:
            yield from unknown(each, shape.member, f"{path}[]")
