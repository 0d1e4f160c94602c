"""What could not be read, and what rests on it. In: nothing. Out: `Unread`, `Unseen`."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.seen.kind import Kind


@dataclass(frozen=True, slots=True)
class Unread:
    """A read that failed: there may be nothing of this kind there, or more."""

    kind: Kind
    location: Location
    resource: str
    """What the read was about: a VPC, a peering or a zone."""
    words: str
    """Which action failed, and what AWS said."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A side of a peering that was not asked: there are no credentials of its account."""

    location: Location
    vpc_id: str
    pcx_id: str
