"""Pasts: peerings from before the schedule, dead ones and their routes."""

from __future__ import annotations

from simulator.scenarios.scenario import PEERED, A, B, Step


def _stale(how: str) -> tuple[Step, ...]:
    """A peering that ended, and the routes that stayed."""
    return (
        *PEERED,
        (10, "route", "a-main", B, "VpcPeeringConnectionId", "ab"),
        (0, "route", "b-main", A, "VpcPeeringConnectionId", "ab"),
        (10, "delete", "ab", how),
    )


def many(count: int) -> tuple[Step, ...]:
    """So many routes to peerings that ended long ago, in one table."""
    made: list[Step] = []
    for n in range(count):
        made += [
            (0, "vpc", f"x{n}", "tokyo", f"10.{100 + n}.0.0/16"),
            (0, "request", f"ax{n}", "a", f"x{n}"),
            (2, "accept", f"ax{n}"),
            (10, "route", "a-main", f"10.{100 + n}.0.0/16", "VpcPeeringConnectionId", f"ax{n}"),
            (0, "delete", f"ax{n}"),
        ]
    return tuple(made)


DAYS = 3 * 24 * 3600.0
STARTS: dict[str, tuple[tuple[Step, ...], float]] = {
    "peered": (PEERED, 60.0),
    "stale": (_stale("requester"), 60.0),
    "stale-purged": (_stale("requester"), DAYS),
    "absent-two": (many(2), DAYS),
    "absent-three": (many(3), DAYS),
}
WAITING = ((0, "request", "ab", "a", "b"),)
FIVE_DAYS = 5 * 24 * 3600.0
"""Age of a request that has two days left."""
HOUR = 3600
EXPIRES: tuple[Step, ...] = tuple(
    (after, "tag", vpc, "peerkeeper:peers-others", f"{number:012}")
    for number, hours in enumerate((0, 36, 24, 40))
    for after, vpc in ((hours * HOUR, "a"), (0, "b"))
)
"""People tag both VPCs for other peers: the request is looked at now and then. It expires before the end."""
