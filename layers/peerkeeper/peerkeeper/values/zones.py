"""Private hosted zones, as values. Only a further look of the sweep reads them.

In: nothing. Out: `HostedZone`, `ZonesOfAccount`, `ZonesOfVpc`. A zone belongs to an account and no Region.
Its location is the one in whose sweep it was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from peerkeeper.values.ec2 import Location, Tags


class ZoneVpc(NamedTuple):
    """A VPC as Route 53 names it. Route 53 does not say whose it is."""

    region: str
    id: str


@dataclass(frozen=True, slots=True)
class HostedZone:
    """A private hosted zone, as its owner sees it."""

    location: Location
    id: str
    """`Z...`."""
    name: str
    """With the dot at its end."""
    tags: Tags = ()
    vpcs: frozenset[ZoneVpc] = frozenset()
    """The VPCs associated with it. Read only for a zone with the tag `peerkeeper:share`."""

    @property
    def owner(self) -> str:
        """The account that has the zone."""
        return self.location.account_id


@dataclass(frozen=True, slots=True)
class ZonesOfAccount:
    """The tagged private zones of an account, as far as one sweep looks at them."""

    location: Location
    id: str
    """The account's."""
    tagged: tuple[HostedZone, ...] = ()
    left: int = 0
    """Private zones of the account that this sweep did not look at."""
    sweeps: int = 1
    """After so many sweeps each zone was looked at."""


class ListedZone(NamedTuple):
    """A zone of a VPC, as the VPC's owner sees it."""

    id: str
    name: str
    owner: str
    """An account, or the service of AWS that owns the zone."""
    of_service: bool = False


@dataclass(frozen=True, slots=True)
class ZonesOfVpc:
    """All zones that a VPC is associated with, of any owner. Its `id` is the VPC's."""

    location: Location
    id: str
    zones: tuple[ListedZone, ...] = ()
