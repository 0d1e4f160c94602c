"""Which findings of the checkers are skipped with a reason, and which skips are not needed.

In: findings, skips. Out: what is wrong, in words. It does not depend on any checker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One check that failed for one resource of one template."""

    check: str
    template: str
    resource: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """A check that is not followed for these resources; `*` means every resource."""

    check: str
    resource: str


def skips_from(raw: Iterable[Mapping[str, Any]]) -> tuple[Skip, ...]:
    """Return a skip for each resource listed. Raises ValueError for an entry without a reason."""
    skips = []
    for entry in raw:
        if not str(entry.get("reason", "")).strip() or not entry.get("resources"):
            raise ValueError(f"{entry.get('check')}: a skip needs resources and a reason")
        skips += [Skip(entry["check"], resource) for resource in entry["resources"]]
    return tuple(skips)


def judged(found: Collection[Finding], skips: Collection[Skip]) -> list[str]:
    """Return a line for each finding that no skip covers, and for each skip that covers no finding."""
    wrong = [
        f"{each.template} {each.resource}: {each.check} {each.words}"
        for each in sorted(found)
        if not any(_covers(skip, each) for skip in skips)
    ]
    return wrong + [
        f"skips.yaml: {skip.check} for {skip.resource} is needed no more"
        for skip in skips
        if not any(_covers(skip, each) for each in found)
    ]


def _covers(skip: Skip, finding: Finding) -> bool:
    return skip.check == finding.check and skip.resource in ("*", finding.resource)
