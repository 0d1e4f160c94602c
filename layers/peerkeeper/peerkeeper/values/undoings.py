"""Who removed or changed what Peerkeeper may have written, as the event of it tells. It decides nothing.

In: nothing. Out: `Undoing`. `messages.undone` reads it of a record.
"""

from __future__ import annotations

from typing import NamedTuple

from peerkeeper.values.ec2 import Location

PUBLIC_IP = "public IP on launch"
DNS = "DNS attributes"
ENDPOINT = "tables or private DNS"


class Undoing(NamedTuple):
    """One call on one route table, subnet or VPC."""

    location: Location
    resource: str
    what: str
    """The destination of a route, or which setting."""
    call: str
    """EC2's name of the call."""
    actor: str
    """Who did it, in IAM's words."""
    agent: str
    """With which tool, in the tool's own words."""
    at: str
    """When, in CloudTrail's words."""

    def __str__(self) -> str:
        return f"{self.call} by {self.actor} with {self.agent or 'an unnamed tool'} at {self.at}"
