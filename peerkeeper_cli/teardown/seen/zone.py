"""A private hosted zone as a teardown sees it. In: nothing. Out: `Zone`."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.zones import ZoneVpc


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone, with the VPCs that it is known to be associated with."""

    id: str
    name: str
    owner: str = ""
    """The account that owns it; empty for a zone of a service of AWS."""
    service: str = ""
    """The service of AWS that owns it; empty for a zone of an account."""
    vpcs: frozenset[ZoneVpc] = frozenset()
    whole: bool = False
    """Whether its owner was read, so that `vpcs` has every VPC."""
    authorized: frozenset[ZoneVpc] = frozenset()
    """VPCs of other accounts that may still be associated."""
    addresses: tuple[str, ...] = ()
    """The addresses in its records, as far as its owner was read."""
