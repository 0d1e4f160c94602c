"""The rows of planning: 81,000 routes that exist, with verdicts, and 80,000 new ones.

In: rounds; each is a new process. Out: rows. The floor is one loop that looks at each route once, or makes
each new one once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

from peerkeeper.aws import collector
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.values.snapshot import Snapshot

from benchmarks.process import run
from benchmarks.rounds import Rounds, ratio
from benchmarks.row import Row, Subject
from benchmarks.served import ROOT
from benchmarks.worlds import SETTINGS, hub_and_spokes

TABLES, PEERINGS = 1000, 80


def existing() -> None:
    """Print the milliseconds of a plan with verdicts where every route exists, and of the loop."""
    seen = hub_and_spokes(TABLES, PEERINGS, routed=True).parsed()

    def planned() -> int:
        made = plan(seen, SETTINGS)
        judged(made, seen, SETTINGS)
        return len(made.changes)

    _say(planned, lambda: _looked_at(seen), 0)


def new() -> None:
    """Print the milliseconds of a plan where no route exists, and of the loop."""
    seen = hub_and_spokes(TABLES, PEERINGS).parsed()
    _say(lambda: len(plan(seen, SETTINGS).changes), lambda: _written(seen), TABLES * PEERINGS)


def _looked_at(seen: Snapshot) -> int:
    """Return how many routes lead to a wanted network: each route is looked at once."""
    wanted = {cidr for pcx in seen.peerings.values() for cidr in pcx.accepter.cidrs}
    return sum(
        route.destination in wanted
        for table in seen.route_tables.values()
        for route in table.routes
    )


def _written(seen: Snapshot) -> int:
    """Return how many routes are missing: a tuple is made of each."""
    pairs = [(pcx.id, cidr) for pcx in seen.peerings.values() for cidr in pcx.accepter.cidrs]
    missing = []
    for (_, table), shown in seen.route_tables.items():
        there = {route.destination for route in shown.routes}
        missing += [(table, pcx, cidr) for pcx, cidr in pairs if cidr not in there]
    return len(missing)


def _say(ours: Callable[[], int], floor: Callable[[], int], changes: int) -> None:
    """Time both and print it. Raises AssertionError where the plan has other changes."""
    took = []
    collector.resume()  # as a function does once it has started
    for work, wanted in ((ours, changes), (floor, TABLES * PEERINGS)):
        began = perf_counter()
        found = work()
        took.append((perf_counter() - began) * 1000)
        assert found == wanted, (found, wanted)  # noqa: S101
    sys.stdout.write(json.dumps({"ours": took[0], "floor": took[1]}) + "\n")


def rows(subjects: Mapping[str, Subject], rounds: Rounds) -> list[Row]:
    """Return the rows `existing` and `new`."""
    found = rounds.of({name: lambda name=name: _measured(name) for name in subjects})  # type: ignore[misc]
    return [_row(subject, found[name]) for name, subject in subjects.items()]


def _measured(name: str) -> dict[str, float]:
    code = f"from benchmarks.planning import {name}; {name}()"
    paths = f"{ROOT}:{ROOT / 'layers/peerkeeper'}"
    in_lambda = {"PYTHONPATH": paths, "LAMBDA_TASK_ROOT": str(ROOT)}
    said: Any = json.loads(run((sys.executable, "-c", code), in_lambda).said)
    return dict(said)


def _row(subject: Subject, found: list[dict[str, float]]) -> Row:
    ours, floor = ([one[name] for one in found] for name in ("ours", "floor"))
    return Row(subject, median(ours), None, median(floor), ratio(ours, floor))
