"""What a notice tells beside its reason: names, owners, causes one by one, and their remedies.

In: nothing. Out: values. Names and owners stand as their tags say them: `reporting` makes them harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Said: TypeAlias = tuple[tuple[str, str], ...]
"""Words by id, in order."""


class Remedy(NamedTuple):
    """One command that fixes a cause, as a clause of a message: `to agree to this: aws ec2 …`."""

    clause: str

    @property
    def does(self) -> str:
        """What the command does: `agree to this`."""
        return self.clause.partition(": ")[0].removeprefix("to ")

    @property
    def command(self) -> str:
        """The command."""
        return self.clause.partition(": ")[2]


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice says about a peering beside the reason."""

    names: Said = ()
    """Tag Name by id: of the peering, its VPCs, and the route tables behind the notice."""
    owners: Said = ()
    """Owner's tag by VPC id."""
    causes: tuple[str, ...] = ()
    """What each finding behind the notice says."""
    remedies: tuple[Remedy, ...] = ()
    tables: tuple[str, ...] = ()
    """Route tables behind the notice."""
    not_agreed: str = ""
    """The VPC of the other side, if its owner's tags do not agree to the peering either."""
