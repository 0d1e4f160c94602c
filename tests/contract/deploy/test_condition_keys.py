"""Conditions on keys of several values, in both templates and docs/policies: what IAM asks of each."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from peerkeeper_local.iam.conditions import as_list
from peerkeeper_local.iam.key_types import is_multivalued
from tests.contract.deploy.templates import HUB, ROOT, SPOKE

DOCUMENTS: dict[str, Any] = {
    "template.yaml": HUB,
    "spoke.yaml": SPOKE,
    **{path.name: json.loads(path.read_text()) for path in (ROOT / "docs/policies").glob("*.json")},
}


def statements(value: Any) -> Iterator[dict[str, Any]]:
    """Every statement with conditions, wherever it stands."""
    if isinstance(value, dict):
        if "Effect" in value and isinstance(value.get("Condition"), dict):
            yield value
        for inner in value.values():
            yield from statements(inner)
    if isinstance(value, list):
        for inner in value:
            yield from statements(inner)


def keys(block: Any) -> Iterator[str]:
    """The condition keys in an operator's block; a block or a choice may stand in an `Fn::If`."""
    if not isinstance(block, dict):
        return
    for key, inner in block.items():
        if key == "Fn::If":
            yield from (one for choice in inner[1:] for one in keys(choice))
        elif key != "Ref":
            yield key


def conditions(document: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    for statement in statements(DOCUMENTS[document]):
        for operator, block in statement["Condition"].items():
            yield from ((statement, operator, key) for key in keys(block))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_key_of_several_values_has_an_operator_for_several(document: str) -> None:
    found = [
        (statement.get("Sid"), operator, key)
        for statement, operator, key in conditions(document)
        if is_multivalued(key) and ":" not in operator and operator != "Null"
    ]
    assert not found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_allow_for_all_values_says_that_there_must_be_some(document: str) -> None:
    """ForAllValues is true where the key is not there. Source: IAM User Guide, multivalued context keys."""
    for statement in statements(DOCUMENTS[document]):
        asked = {
            key
            for operator, block in statement["Condition"].items()
            if operator.startswith("ForAllValues:")
            for key in keys(block)
        }
        if statement["Effect"] == "Allow" and asked:
            there = statement["Condition"].get("Null", {})
            guarded = {key for key, said in there.items() if as_list(said) == ["false"]}
            assert guarded, statement.get("Sid")
            assert guarded <= asked


def test_the_conditions_are_found() -> None:
    assert {"aws:TagKeys", "events:source"} <= {key for *_, key in conditions("template.yaml")}
    assert ("aws:TagKeys") in {key for *_, key in conditions("scp-tags.json")}
