"""Hundreds of schedules, and thousands in `make proof`, each with faults of its own: no promise is broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator import engine

SCHEDULES = int(os.environ.get("SCHEDULES") or 300)
"""`make proof` runs 10,000."""
CHUNK = 250
SEEDS = Path(__file__).parent / "seeds.txt"


def chunk_of(first: int) -> engine.Tally:
    return engine.run(range(first, min(first + CHUNK, SCHEDULES)))


def test_no_schedule_breaks_a_promise(measured):
    tally = engine.Tally()
    with engine.two_cores() as pool:
        for done in pool.map(chunk_of, range(0, SCHEDULES, CHUNK)):
            tally.merge(done)
    assert tally.schedules == SCHEDULES or tally.broken
    measured(str(tally))
    measured(f"deletes that met another route because a read lagged or was old: {tally.late}")
    assert not tally.broken, "\n".join(engine.line_of(*each) for each in tally.broken)


@pytest.mark.parametrize("seed", [int(line.split()[0]) for line in SEEDS.read_text().splitlines()])
def test_a_seed_that_shows_a_rare_bug_or_once_failed_passes(seed):
    tally = engine.run([seed])
    assert not tally.broken, engine.line_of(*tally.broken[0])
