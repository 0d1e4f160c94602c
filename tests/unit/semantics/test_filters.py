"""Filters of describes: what their names lead to, and what matches."""

import pytest

from peerkeeper_local.semantics.filter_paths import FILTERS
from peerkeeper_local.semantics.filters import matching
from peerkeeper_local.semantics.refusal import Refusal

PATHS = {"is-default": ("IsDefault",)}
ONE = {
    "IsDefault": True,
    "Tags": [{"Key": "Value", "Value": "blue"}, {"Key": "team", "Value": "a"}],
}
OTHER = {"IsDefault": False, "Tags": [{"Key": "a", "Value": "team"}]}
BARE = {"IsDefault": False}


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("tag:team", "a", [ONE]),
        ("tag:Value", "blue", [ONE]),  # a tag's key may be called like a part of a tag
        ("tag:Value", "team", []),
        ("tag:Key", "team", []),
        ("tag-key", "team", [ONE]),
        ("tag-value", "team", [OTHER]),
        ("tag-value", "t*", [OTHER]),
        ("is-default", "false", [OTHER, BARE]),
    ],
)
def test_a_filter_looks_where_its_name_says(name, value, found):
    asked = [{"Name": name, "Values": [value]}]
    assert matching([ONE, OTHER, BARE], asked, PATHS) == found


@pytest.mark.parametrize(
    ("asked", "found", "missed"),
    [
        ("a*b", ["ab", "a*b", "aXXb", "a\nb"], ["a", "abc"]),
        ("a?b", ["ab", "a?b", "aXb"], ["aXXb", "Ab"]),
        (r"\*amazon\?\\", ["*amazon?\\"], [r"\*amazon\?\\", "Xamazon", "*amazon\\"]),
        (r"a\*b", ["a*b"], ["aXb", r"a\*b"]),
        (r"a\b", ["ab"], [r"a\b"]),
        ("a\\", ["a\\"], ["a"]),
        ("a.b", ["a.b"], ["aXb"]),
    ],
)
def test_wildcards_and_what_takes_their_meaning_away(asked, found, missed):
    documents = [{"Name": value} for value in (*found, *missed)]
    passed = matching(
        documents, [{"Name": "name", "Values": [asked, "other"]}], {"name": ("Name",)}
    )
    assert [each["Name"] for each in passed] == found


def test_an_unknown_filter_is_refused():
    with pytest.raises(Refusal) as refused:
        matching([BARE], [{"Name": "colour", "Values": ["blue"]}], PATHS)
    assert refused.value.code == "InvalidParameterValue"


def test_the_default_vpc_is_found_by_both_names():
    paths = FILTERS["Vpcs"]
    assert paths["isDefault"] == paths["is-default"] == ("IsDefault",)
