"""Which accounts and regions a hub's parameters mean. In: parameters. Out: places. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HUB_ACCOUNT = "111122223333"
HOME, OTHER = "ap-northeast-2", "ap-northeast-1"


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """The other accounts, and the regions: the hub's first."""

    accounts: tuple[str, ...]
    regions: tuple[str, ...]


def looked_after(parameters: Mapping[str, str]) -> LookedAfter:
    """Return the places of a hub with these parameters.

    Without Regions they are Seoul and Tokyo; with an empty one only the hub's, as template.yaml says. The
    hub is in Seoul, or if that is not among them, in the first.
    """
    named = _each(parameters.get("Regions", f"{HOME},{OTHER}")) or (HOME,)
    home = HOME if HOME in named else named[0]
    others = tuple(region for region in named if region != home)
    return LookedAfter(_each(parameters.get("Accounts", "")), (home, *others))


def _each(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words.split(",") if word))
