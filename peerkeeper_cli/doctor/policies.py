"""A few questions to a policy of a resource. In: a policy as JSON. Out: statements, principals, conditions.

They do not decide as IAM does. They only find what a person would look for. Source: IAM User Guide, policy
elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Statement = Mapping[str, Any]


def allowing(policy: Mapping[str, Any], action: str) -> list[Statement]:
    """Return the statements that allow the action, under any conditions."""
    said = policy.get("Statement") or []
    found = [said] if isinstance(said, Mapping) else said
    return [one for one in found if one.get("Effect") == "Allow" and _names(one, action)]


def principals(statement: Statement, kind: str) -> set[str]:
    """Return whom it names, of that kind: accounts by their number, services by their name, `*` for all."""
    said = statement.get("Principal")
    if isinstance(said, str):
        return {said}
    named = _listed((said or {}).get(kind))
    return {_account(one) if kind == "AWS" else one for one in named}


def condition(statement: Statement, key: str) -> list[str]:
    """Return the values that conditions compare the key with. Empty if no condition names the key."""
    return [
        value
        for tests in (statement.get("Condition") or {}).values()
        for name, values in tests.items()
        if name.lower() == key.lower()
        for value in _listed(values)
    ]


def _names(statement: Statement, action: str) -> bool:
    service, _, _ = action.partition(":")
    wide = {action.lower(), f"{service}:*", "*"}
    return any(one.lower() in wide for one in _listed(statement.get("Action")))


def _account(named: str) -> str:
    parts = named.split(":")
    return parts[4] if len(parts) > 5 and parts[5] == "root" else named


def _listed(value: object) -> list[str]:
    return [*_each(value)]


def _each(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        yield from map(str, value)
