"""Locations that were not read, together where the reason is the same. In: `Covered`. Out: `Refusal`s."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peerkeeper_cli.page.count import many
from peerkeeper_cli.reader.covered import Covered, State

ACCOUNT, REGION = "ACCOUNT", "REGION"
"""What stands in the words for the account and the Region, where they are of several."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason, and all accounts that gave it in the same Regions."""

    state: State
    words: str
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    """Empty where it is the same for every Region."""

    @property
    def where(self) -> str:
        """Return the accounts and Regions, counted and listed."""
        regions = f" in {_listed(self.regions, 'region')}" if self.regions else ""
        return f"{_listed(self.accounts, 'account')}{regions}"


def refusals(rows: Iterable[Covered]) -> list[Refusal]:
    """Return a value for each reason, in the order of the first location that gave it."""
    of_account: dict[tuple[State, str, str], list[Covered]] = {}
    for one in rows:
        key = (one.state, _without_place(one), one.account)
        of_account.setdefault(key, []).append(one)
    alike: dict[tuple[State, str, tuple[str, ...]], list[list[Covered]]] = {}
    for (state, words, _), places in of_account.items():
        regions = tuple(one.region for one in places if one.region)
        alike.setdefault((state, words, regions), []).append(places)
    return [
        Refusal(
            state,
            words if len(accounts) > 1 or len(accounts[0]) > 1 else accounts[0][0].words,
            tuple(places[0].account for places in accounts),
            regions,
        )
        for (state, words, regions), accounts in alike.items()
    ]


def _without_place(one: Covered) -> str:
    words = one.words.replace(one.account, ACCOUNT)
    return words.replace(one.region, REGION) if one.region else words


def _listed(names: tuple[str, ...], what: str) -> str:
    counted = f"{what} {names[0]}" if len(names) == 1 else many(len(names), what)
    return counted if len(names) == 1 else f"{counted} ({', '.join(names)})"
