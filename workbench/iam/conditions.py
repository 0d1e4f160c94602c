"""The condition block of a statement.

    operator            key in the request        key not in the request
    StringEquals        equal to one value        no
    StringLike          like one value            no
    StringNotEquals     equal to no value         yes
    ArnEquals, ArnLike  like one value, by parts  no
    Bool                equal, in any case        no

All operators and all their keys must hold. Source: IAM User Guide, condition operators; both ARN operators
behave alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.iam.request import Request
from workbench.iam.wildcards import arn_like, like


class PolicyError(Exception):
    """A policy says something that is not known here."""


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - a policy's value, one or many
    """Return the value as a list: policies write one value as itself."""
    return value if isinstance(value, list) else [value]


_MATCHES: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda value, wanted: value == wanted,
    "StringLike": like,
    "ArnEquals": arn_like,
    "ArnLike": arn_like,
    "Bool": lambda value, wanted: value.lower() == wanted.lower(),
}


def holds(conditions: Mapping[str, Mapping[str, Any]], request: Request) -> bool:
    """Tell whether every condition holds. Raises PolicyError for an operator that is not known."""
    return all(
        _holds(operator, request.value(key), as_list(wanted))
        for operator, keys in conditions.items()
        for key, wanted in keys.items()
    )


def _holds(operator: str, value: str | None, wanted: list[Any]) -> bool:
    if operator == "StringNotEquals":
        return value is None or value not in wanted
    if operator not in _MATCHES:
        known = ", ".join((*_MATCHES, "StringNotEquals"))
        raise PolicyError(f"condition operator {operator} is not known here; known are {known}")
    return value is not None and any(_MATCHES[operator](value, str(one)) for one in wanted)
