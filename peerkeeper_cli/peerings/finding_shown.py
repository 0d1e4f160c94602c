"""A finding as every command shows it. In: a finding. Out: `FindingShown`, which holds only text."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.findings import Finding

from peerkeeper_cli.page.shown import shown

MOST = 1000
"""Characters of its words."""


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding about this peering, or about this VPC and what lies in it."""

    code: str
    location: str
    words: str


def finding_shown(one: Finding) -> FindingShown:
    """Return the finding as text that a terminal or a page may print."""
    return FindingShown(one.code.value, str(one.location), shown(one.message, MOST))
