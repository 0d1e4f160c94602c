"""What a client would read. In: moto's objects or EC2's XML. Out: plain dicts in botocore's shape."""

from functools import lru_cache
from typing import Any

from botocore.model import Shape
from botocore.parsers import create_parser
from botocore.utils import parse_timestamp
from moto.core.serialize import EC2Serializer
from moto.core.utils import get_service_model
from moto.ec2.responses import EC2Response

from peerkeeper_local.cloud.picker import KeptPicker

Document = dict[str, Any]


@lru_cache(maxsize=1)
def _parser() -> Any:  # noqa: ANN401 - botocore does not type its parsers
    return create_parser("ec2")


class _DocumentSerializer(EC2Serializer):  # type: ignore[misc]  # moto is not typed
    """moto's walk over a reply, writing at once what botocore would read out of the XML.

    Half of a describe was the XML of all that is there, written and read again before it is filtered.
    """

    def _default_serialize(self, into: Document, value: object, _shape: Shape, key: str) -> None:
        into[key] = value

    def _serialize_type_boolean(
        self, into: Document, value: object, _shape: Shape, key: str
    ) -> None:
        into[key] = str(value).lower() == "true"  # moto keeps some as text

    def _serialize_type_timestamp(
        self, into: Document, value: object, shape: Shape, key: str
    ) -> None:
        super()._serialize_type_timestamp(into, value, shape, key)
        into[key] = parse_timestamp(into[key])

    def _serialize_type_list(self, into: Document, value: Any, shape: Any, key: str) -> None:  # noqa: ANN401
        items: list[Any] = []
        for each in value:
            item: Document = {}
            self._serialize(item, each, shape.member, shape.member.name)
            items += item.values()
        into[key] = [item for item in items if item != {}]


def document_of(operation: str, result: object) -> Document:
    """Return the reply of `operation` that moto's `result` would give, as botocore reads it."""
    model = get_service_model("ec2").operation_model(operation)
    picker = KeptPicker(response_transformers=EC2Response.RESPONSE_KEY_PATH_TO_TRANSFORMER)
    document: Document = {}
    serializer = _DocumentSerializer(model, pretty_print=False, value_picker=picker)
    serializer._serialize(document, result, model.output_shape, "")
    return document


def parsed(operation: str, body: str | bytes) -> Document:
    """Return the XML `body` of a reply of `operation` as botocore reads it, without its metadata."""
    shape = get_service_model("ec2").operation_model(operation).output_shape
    raw = body.encode() if isinstance(body, str) else body
    reply: Document = _parser().parse({"body": raw, "headers": {}, "status_code": 200}, shape)
    reply.pop("ResponseMetadata", None)
    return reply


def tags_of(backend: Any, resource_id: str) -> list[Document]:  # noqa: ANN401 - moto is not typed
    """Return the tags that a location has put on a resource, as EC2 shows them."""
    kept = backend.tags.get(resource_id, {})
    return [{"Key": key, "Value": value} for key, value in kept.items()]
