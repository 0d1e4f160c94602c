"""EC2's own service model: which fields a call has and how the API spells them.

In: an action. Out: botocore's shape of its request or reply. Never sends anything.
"""

from functools import cache
from typing import Any, TypeAlias

import botocore.session
from botocore.model import OperationModel, ServiceModel, StructureShape

Value: TypeAlias = Any  # of botocore's shapes or of JSON, at any depth


@cache
def _ec2() -> ServiceModel:
    return botocore.session.Session().get_service_model("ec2")


def _operation(action: str) -> OperationModel:
    return _ec2().operation_model(action)


def request_shape(action: str) -> StructureShape | None:
    """Return the shape of the action's parameters, None if it takes none."""
    shape = _operation(action).input_shape
    return shape if isinstance(shape, StructureShape) else None


def reply_shape(action: str) -> StructureShape | None:
    """Return the shape of the action's reply, None if it has none."""
    shape = _operation(action).output_shape
    return shape if isinstance(shape, StructureShape) else None


def lower_first(name: str) -> str:
    """Return the name with a small first letter, as EC2's older interface spells it."""
    return name[:1].lower() + name[1:]


def upper_first(name: str) -> str:
    """Return the name with a capital first letter, as EC2's requests spell it."""
    return name[:1].upper() + name[1:]
