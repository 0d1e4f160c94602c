"""An end of traffic that was found. In: nothing. Out: `End`, `Unread`.

A word may stand for several addresses, as an instance has several interfaces, and a VPC several subnets.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.interfaces import NetworkInterface
from peerkeeper.values.refuser import to_grant
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.reach.word import Kind, Word
from peerkeeper_cli.reader.access import NO_CREDENTIALS


@dataclass(frozen=True, slots=True)
class End:
    """What one word stands for."""

    word: Word
    kind: Kind
    """What was found; never `NAME`."""
    id: str
    """The id of the interface, the instance, the subnet or the VPC."""
    location: Location
    vpc_id: str
    owner_id: str
    """The account that owns the resource. Another account may see it as well."""
    points: tuple[Endpoint, ...]
    """Each address or subnet that the judge may be asked about, IPv4 before IPv6."""
    interfaces: tuple[NetworkInterface, ...] = ()
    readable: bool = True
    """False where only a peering names its VPC: the account is not one that the command reads."""

    def __str__(self) -> str:
        """Return the id with the name or the address that was typed."""
        if self.word.kind is Kind.NAME:
            return f'{self.id} "{self.word.shown}"'
        return f"{self.id} ({self.word.text})" if self.word.kind is Kind.ADDRESS else self.id


@dataclass(frozen=True, slots=True)
class Unread:
    """A read that failed, and where."""

    location: Location
    trouble: Trouble

    def __str__(self) -> str:
        """Return in words what must be granted, and what AWS said."""
        return f"{self.location}: {said(self.trouble)}"


def said(trouble: Trouble) -> str:
    """Return what AWS said to an action, or which login is missing."""
    action = action_of(trouble)
    if not action:
        return f"{trouble.message}: name a --profile of it, or a --role-name"
    return f"{action} says {trouble.code}: {trouble.message}"


def action_of(trouble: Trouble) -> str:
    """Return the action to grant, as IAM spells it; empty where there are no credentials to grant it to."""
    return "" if trouble is NO_CREDENTIALS else to_grant(trouble)
