"""What explorations of small worlds came to. In: worlds, bounds. Out: a table, an exit code."""

from __future__ import annotations

import time

from rich.console import Console
from rich.table import Table

from simulator.small_world.explore import Explored, explore
from simulator.small_world.small import WORLDS

COLUMNS = ("small world", "states", "moves", "depth", "left", "ends", "seconds", "broken")


def small(names: list[str], depth: int, most: int) -> int:
    """Explore these worlds, or all; print a line for each, and the way to what is broken."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    table = Table(*COLUMNS, title=f"to a depth of {depth:,}, or {most:,} states")
    broken = []
    for name in names or WORLDS:
        began = time.process_time()
        with console.status(name) as status:
            found = explore(WORLDS[name], depth, most, lambda so_far: status.update(_said(so_far)))
        table.add_row(*_cells(found, time.process_time() - began))
        broken += [found] if found.broken else []
    console.print(table)
    for found in broken:
        console.print(
            f"BROKEN in {found.small.name}: {found.broken}\n  " + "\n  ".join(found.trace)
        )
    return 1 if broken else 0


def _said(found: Explored) -> str:
    return f"{found.small.name}: {found.states:,} states at depth {found.depth}"


def _cells(found: Explored, seconds: float) -> list[str]:
    counts = (found.states, found.moves, found.depth, found.frontier, found.ends)
    broken = found.broken.partition(":")[0] or "-"
    return [found.small.name, *(f"{count:,}" for count in counts), f"{seconds:.1f}", broken]
