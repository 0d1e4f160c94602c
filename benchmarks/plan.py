"""How long a plan takes, next to what it takes to parse EC2's replies and to scan them without an index.

Both references are measured in the same run, on the same values, so the ratios mean the same on any
machine. The scan asks every route of every table, once for each peering: is this your destination?
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import TypeVar

from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.values.snapshot import Snapshot

from benchmarks.worlds import SETTINGS, Replies, hub_and_spokes

ROUNDS = 5
LINE = "{:<50}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}"
T = TypeVar("T")
WORLDS: dict[str, Replies] = {
    "1,000 tables x 80 peerings, all routed": hub_and_spokes(1000, 80, routed=True),
    "100 tables x 80 peerings, none routed": hub_and_spokes(100, 80, others=250),
    "200 tables x 80 peerings, none routed": hub_and_spokes(200, 80, others=250),
    "100 tables x 80 peerings, each network wanted twice": hub_and_spokes(
        100, 80, others=250, twice=True
    ),
}


def main() -> None:
    """Print one line a world: its routes, the changes planned, the plan's time, and that in references."""
    print(
        f"planning one location, median of {ROUNDS}. `again`: with indexes made, as in the next wave."
        " `verdicts`: on what each peering carries, once a run."
    )
    print(
        LINE.format("world", "routes", "changes", "plan", "again", "verdicts", "/ parse", "/ scan")
    )
    for name, replies in WORLDS.items():
        parses, plans, agains, verdicts = [], [], [], []
        for _ in range(ROUNDS):
            seen, took = timed(replies.parsed)
            parses.append(took)
            made, took = timed(partial(plan, seen, SETTINGS))
            plans.append(took)
            agains.append(timed(partial(plan, seen, SETTINGS))[1])
            verdicts.append(timed(partial(judged, made, seen, SETTINGS))[1])
        _, scanned = timed(partial(scan, seen))
        routes = sum(len(table.routes) for table in seen.route_tables.values())
        took = median(plans)
        cells = (
            ms(took),
            ms(median(agains)),
            ms(median(verdicts)),
            f"{took / median(parses):.2f}",
            f"{took / scanned:.2f}",
        )
        print(LINE.format(name, f"{routes:,}", f"{len(made.changes):,}", *cells))


def ms(seconds: float) -> str:
    """Return the time in words."""
    return f"{seconds * 1000:.0f} ms"


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work returns, and the seconds it took."""
    began = perf_counter()
    done = work()
    return done, perf_counter() - began


def scan(seen: Snapshot) -> int:
    """Return how many of the wanted routes are there, found without any index."""
    return sum(
        route.destination == cidr
        for pcx in seen.peerings.values()
        for cidr in pcx.accepter.cidrs
        for table in seen.route_tables.values()
        for route in table.routes
    )


if __name__ == "__main__":
    main()
