"""The condition block of a statement.

    operator            key in the request        key not in the request
    StringEquals        equal to one value        no
    …EqualsIgnoreCase   equal, in any case        no
    StringLike          like one value            no
    ArnEquals, ArnLike  like one value, by parts  no
    Bool                equal, in any case        no
    StringNotEquals     equal to no value         yes
    StringNotLike       like no value             yes
    ArnNotEquals,
    ArnNotLike          like no value, by parts   yes
    Null                "false": it is there      only to "true"

    ForAllValues:       every value in the request passes; a key that is not there does
    ForAnyValue:        some value in the request passes; a key that is not there does not

A key that holds several values takes only Null and these two (`key_types.py`). All operators and all
their keys must hold. Source: IAM User Guide, condition operators, and multivalued context keys; both
ARN operators behave alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from peerkeeper_local.iam.key_types import is_multivalued
from peerkeeper_local.iam.request import Request
from peerkeeper_local.iam.wildcards import arn_like, like


class PolicyError(Exception):
    """A policy says something that is not known here."""


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - a policy's value, one or many
    """Return the value as a list: policies write one value as itself."""
    return value if isinstance(value, list) else [value]


_Matches: TypeAlias = Callable[[str, str], bool]
_MATCHES: dict[str, _Matches] = {
    "StringEquals": lambda value, wanted: value == wanted,
    "StringEqualsIgnoreCase": lambda value, wanted: value.lower() == wanted.lower(),
    "StringLike": like,
    "ArnEquals": arn_like,
    "ArnLike": arn_like,
    "Bool": lambda value, wanted: value.lower() == wanted.lower(),
}
_NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}
_SETS = ("", "ForAllValues", "ForAnyValue")


def holds(conditions: Mapping[str, Mapping[str, Any]], request: Request) -> bool:
    """Tell whether every condition holds. Raises PolicyError for an operator that is not known or fit."""
    return all(
        _holds(_fitting(operator, key), request.values(key), as_list(wanted))
        for operator, keys in conditions.items()
        for key, wanted in keys.items()
    )


def _fitting(operator: str, key: str) -> str:
    """Return the operator. Raises PolicyError where it leaves open what a second value of the key means."""
    if operator != "Null" and ":" not in operator and is_multivalued(key):
        raise PolicyError(
            f"{key} holds several values, so {operator} needs `ForAllValues:` or `ForAnyValue:` before it"
        )
    return operator


def _holds(operator: str, values: tuple[str, ...] | None, wanted: list[Any]) -> bool:
    if operator == "Null":
        return (values is None) == (str(wanted[0]).lower() == "true")
    prefix, _, name = operator.rpartition(":")
    if name not in (*_MATCHES, *_NEGATED) or prefix not in _SETS:
        known = ", ".join((*_MATCHES, *_NEGATED, "Null", "ForAllValues:...", "ForAnyValue:..."))
        raise PolicyError(f"condition operator {operator} is not known here; known are {known}")
    if prefix == "ForAllValues":
        return all(_passes(name, value, wanted) for value in values or ())
    if values is None:
        return name in _NEGATED and not prefix
    return any(_passes(name, value, wanted) for value in values)


def _passes(operator: str, value: str, wanted: list[Any]) -> bool:
    matches = _MATCHES[_NEGATED.get(operator, operator)]
    return any(matches(value, str(one)) for one in wanted) is not (operator in _NEGATED)
