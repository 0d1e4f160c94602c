"""What a client would read. In: moto's objects or EC2's XML. Out: plain dicts in botocore's shape."""

from functools import lru_cache
from typing import Any

from botocore.parsers import create_parser
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from moto.ec2.responses import EC2Response

from peerkeeper_local.cloud.picker import KeptPicker

Document = dict[str, Any]


@lru_cache(maxsize=1)
def _parser() -> Any:  # noqa: ANN401 - botocore does not type its parsers
    return create_parser("ec2")


def document_of(operation: str, result: object) -> Document:
    """Return the reply of `operation` that moto's `result` would give, as botocore reads it."""
    model = get_service_model("ec2").operation_model(operation)
    picker = KeptPicker(response_transformers=EC2Response.RESPONSE_KEY_PATH_TO_TRANSFORMER)
    serializer = get_serializer_class("ec2", "ec2")(
        operation_model=model, pretty_print=False, value_picker=picker
    )
    return parsed(operation, serializer.serialize(result)["body"])


def parsed(operation: str, body: str | bytes) -> Document:
    """Return the XML `body` of a reply of `operation` as botocore reads it, without its metadata."""
    shape = get_service_model("ec2").operation_model(operation).output_shape
    raw = body.encode() if isinstance(body, str) else body
    reply: Document = _parser().parse({"body": raw, "headers": {}, "status_code": 200}, shape)
    reply.pop("ResponseMetadata", None)
    return reply
