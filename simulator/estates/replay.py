"""One estate again, with all that happens in it. In: a seed, a mode. Out: lines, and whether none differs."""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.settings import Mode

from peerkeeper_cli.foresight.foresee import Foreseen
from simulator import engine
from simulator.estates.comparison import compared
from simulator.estates.deed import planned
from simulator.estates.drawn_estate import drawn_estate
from simulator.estates.stand import Stand


def replay(seed: int, mode: Mode) -> tuple[list[str], bool]:
    """Return its past, its plan, what then happens, and every difference; and whether there is none."""
    estate = drawn_estate(seed)
    with engine.quick():
        stand = Stand(estate, mode)
        found = stand.foreseen()
        stand.world.trace = []
        stand.work()
        differences = compared(estate, mode).differences
    lines = [f"estate {seed}, mode {mode}: {dict(estate.parameters)}"]
    lines += [f"{ago:12.1f} s ago  {' '.join(map(str, step))}" for ago, step in estate.past]
    lines += _plan(found)
    lines += stand.world.trace
    return [*lines, *(f"DIFFERS {words}" for words in differences)], not differences


def _plan(found: Foreseen) -> Iterator[str]:
    yield from (f"foreseen at once  {planned(change)}" for change in found.now)
    yield from (f"foreseen as later  {planned(change)}" for change in found.later)
    yield from (f"finding  {one.code.value} {one.message}" for one in found.findings)
