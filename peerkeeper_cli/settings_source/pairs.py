"""Name=Value words. In: words. Out: a mapping, or one PairsError that names every word that is none."""

from __future__ import annotations

from collections.abc import Iterable


class PairsError(Exception):
    """A word is no Name=Value, or a name comes twice."""


def pairs(words: Iterable[str], where: str) -> dict[str, str]:
    """Return the words as a mapping; `where` they stand goes into the error."""
    found: dict[str, str] = {}
    wrong: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        if not name or not equals:
            wrong.append(f"{word!r} is no Name=Value, as in Mode=full")
        elif name in found:
            wrong.append(f"{name} is named twice")
        found[name] = value
    if wrong:
        raise PairsError(f"{where}: {'; '.join(wrong)}")
    return found
