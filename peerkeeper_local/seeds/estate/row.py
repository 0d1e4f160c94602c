"""One peering of the estate, as it is planned. A value."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper_local.seeds.estate.kind import Kind


@dataclass(frozen=True, slots=True)
class Row:
    """Who asks whom, by the keys of their VPCs, and how it ends."""

    kind: Kind
    one: str
    other: str
