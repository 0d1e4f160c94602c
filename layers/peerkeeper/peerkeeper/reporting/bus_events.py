"""One event for the hub bus, and the closed set of its kinds.

In: a kind, a place, facts. Out: `Announcement`. docs/reference/events.md explains each kind,
docs/schemas/ has its schema.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from peerkeeper.values.ec2 import Location

SOURCE = "peerkeeper"
MOST = 200
"""Announcements of one invocation; only the log has the rest."""
MOST_ROUTES = 100
"""Routes listed in one announcement; it says how many there were."""


class DetailType(StrEnum):
    """Every announcement: the detail-type of its event."""

    ACCEPTED = "PeeringAccepted"
    HELD = "PeeringHeld"
    EXPIRING = "RequestExpiring"
    EXPIRED = "RequestExpired"
    NOT_CARRYING = "PeeringNotCarrying"
    CONFLICT = "RouteConflict"
    DIGEST = "NoticeDigest"
    CARRIES = "PeeringCarries"
    WITHDRAWN = "ConsentWithdrawn"
    ROUTES = "RoutesChanged"
    STALE = "StaleRoutesRemoved"
    DRIFT = "DriftFound"
    SWEPT = "SweepFinished"
    FLEET_SWEPT = "FleetSweepFinished"
    UNREACHABLE = "AccountUnreachable"
    WITHHELD = "DeletesWithheld"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One event for the bus: its kind, and its detail as JSON."""

    kind: DetailType
    detail: str


def announcement(
    kind: DetailType, where: Location | None, message: str, **facts: object
) -> Announcement:
    """Return the event; without a place where it is about several."""
    place = {"account": where.account_id, "region": where.region} if where else {}
    return Announcement(kind, json.dumps({"message": message, **place, **facts}, sort_keys=True))
