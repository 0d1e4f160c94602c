"""A schedule leaves nothing behind: thousands run in one process."""

import gc

from greenlet import greenlet

from simulator import engine, scheduler


def stranded() -> int:
    """How many greenlets wait for a word that nobody will give."""
    idle = set(map(id, scheduler._idle))
    alive = [one for one in gc.get_objects() if isinstance(one, greenlet) and one.gr_frame]
    return sum(id(one) not in idle for one in alive)


def test_no_greenlet_outlives_its_schedule() -> None:
    before = stranded()
    assert engine.run(range(40)).runs > 100
    gc.collect()
    assert stranded() == before
