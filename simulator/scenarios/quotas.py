"""Scenarios of QuotaCheck=hold: tables that are nearly full, and requests that wait for room.

In: nothing. Out: scenarios, by name. They are drawn apart from the grid, which stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenarios.scenario import BOTH, EVERYWHERE, Scenario, Step, pair

HOLD = (*EVERYWHERE, ("QuotaCheck", "hold"))
NET: tuple[Step, ...] = (
    *pair("tokyo"),
    *BOTH,
    (0, "table", "a2", "a", "10.1.1.0/24"),
    (0, "table", "b2", "b", "10.2.1.0/24"),
)


def _full(table: str, routes: int) -> tuple[Step, ...]:
    return tuple(
        (0, "route", table, f"10.{200 + one}.0.0/16", "TransitGatewayId", "tgw-0a")
        for one in range(routes)
    )


SHAPES: dict[str, tuple[Step, ...]] = {
    "room": NET,
    "one-table-full": (*NET, *_full("b2", 2)),
    "other-side-full": (*NET, *_full("a2", 2)),
    "both-full": (*NET, *_full("a2", 1), *_full("b2", 1)),
}
SCRIPTS: dict[str, tuple[Step, ...]] = {
    "request": ((1, "request", "ab", "a", "b"),),
    "request-back": ((1, "request", "ba", "b", "a"),),
    "room-is-made": ((1, "request", "ab", "a", "b"), (40, "unroute", "b2", "10.200.0.0/16")),
}


def grid() -> Iterator[Scenario]:
    """Yield each script on each shape."""
    for shape, start in SHAPES.items():
        for script, steps in SCRIPTS.items():
            yield Scenario(f"{shape}/{script}", start, steps, HOLD, 60.0)


WITH_QUOTAS = tuple(grid())
