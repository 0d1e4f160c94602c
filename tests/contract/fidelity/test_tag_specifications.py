"""What a call may tag as it makes it: a type that EC2's model has, for every call that works here."""

import botocore.session
import pytest
from moto.core.utils import camelcase_to_underscores

from peerkeeper_local.cloud.seam import LocalEc2
from peerkeeper_local.semantics.tag_specifications import MADE, taggable

MODEL = botocore.session.Session().get_service_model("ec2")
TYPES = set(MODEL.shape_for("ResourceType").enum)


def tagging() -> list[str]:
    """Return the calls that take tags and that the local cloud answers."""
    shapes = {name: MODEL.operation_model(name).input_shape for name in MODEL.operation_names}
    return [
        name
        for name, shape in shapes.items()
        if shape is not None
        and {"TagSpecification", "TagSpecifications"} & set(shape.members)
        and hasattr(LocalEc2, camelcase_to_underscores(name))
    ]


@pytest.mark.parametrize("action", tagging())
def test_a_call_tags_what_it_makes(action: str) -> None:
    assert taggable(action)
    assert set(taggable(action)) <= TYPES


def test_only_calls_that_take_tags_are_listed() -> None:
    assert set(MADE) <= set(tagging())
