import pytest

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.tags import check_tags

THREE = Limits(tags_per_resource=3)


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ({"": "a"}, "InvalidTagKey.Malformed"),
        ({"aws:x": "a"}, "InvalidParameterValue"),
        ({"AWS:x": "a"}, "InvalidParameterValue"),
        ({"k" * 129: "a"}, "InvalidParameterValue"),
        ({"k": "v" * 257}, "InvalidParameterValue"),
    ],
)
def test_keys_and_values_have_rules(added: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_tags(added, (), Limits())
    assert caught.value.code == code


def test_the_longest_tag_passes() -> None:
    check_tags({"k" * 128: "v" * 256}, (), Limits())


def test_one_tag_too_many_is_refused_and_changing_one_is_not() -> None:
    check_tags({"a": "1", "b": "2", "c": "3"}, (), THREE)
    check_tags({"c": "4"}, ("a", "b", "c"), THREE)
    with pytest.raises(Refusal) as caught:
        check_tags({"d": "4"}, ("a", "b", "c"), THREE)
    assert caught.value.code == "TagLimitExceeded"


def test_aws_own_tags_do_not_count() -> None:
    check_tags({"c": "3"}, ("a", "b", "aws:cloudformation:stack-name"), THREE)
