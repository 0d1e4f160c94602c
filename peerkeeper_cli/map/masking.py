"""Account ids replaced in values, in every text that has one.

In: values, and a name for each account id. Out: the same values with `account-1` and so on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

_RESOURCE = r"\b[a-z]+-(?:[0-9a-f]{17}|[0-9a-f]{8})\b"
_ACCOUNT = re.compile(rf"{_RESOURCE}|(?<!\d)(\d{{12}}|\d{{4}}-\d{{4}}-\d{{4}})(?!\d)")
"""An account id, plain or as the console writes it. A resource's id may hold twelve digits: it is matched
first, and left."""


def masked(values: tuple[T, ...], names: dict[str, str]) -> tuple[T, ...]:
    """Return the values with every account id in every text replaced by its name.

    In: frozen dataclasses, texts or tuples of them; `names` of `names_of`.
    """
    known = re.compile("|".join(map(re.escape, names)) or r"(?!)")

    def text(words: str) -> str:
        calm = _ACCOUNT.sub(lambda found: _named(found, names), words)
        # A known id is replaced inside longer digits as well, as in a bucket's name.
        return known.sub(lambda found: names[found[0]], calm)

    return tuple(_mapped(value, text) for value in values)


def names_of(values: Iterable[object]) -> dict[str, str]:
    """Return a name for each account id that stands anywhere in the values, in the order of the ids."""
    found: set[str] = set()

    def text(words: str) -> str:
        found.update(each[1].replace("-", "") for each in _ACCOUNT.finditer(words) if each[1])
        return words

    for value in values:
        _mapped(value, text)
    return {account: f"account-{number}" for number, account in enumerate(sorted(found), 1)}


def _named(found: re.Match[str], names: dict[str, str]) -> str:
    return names[found[1].replace("-", "")] if found[1] else found[0]


def _mapped(value: Any, text: Callable[[str], str]) -> Any:  # noqa: ANN401 - any field of any value
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, tuple):
        return tuple(_mapped(each, text) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{each.name: _mapped(getattr(value, each.name), text) for each in fields(value)},
        )
    return value
