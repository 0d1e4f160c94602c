"""Many calls at once: results in order, progress with each, and an end at any time."""

import threading

import pytest

from peerkeeper_cli.reader.at_once import AtOnce


class Counted:
    """Progress that counts."""

    def __init__(self):
        self.added = self.stepped = 0

    def add(self, number):
        self.added += number

    def step(self):
        self.stepped += 1


def test_results_come_in_order_and_each_is_progress():
    progress = Counted()
    assert AtOnce(progress)(lambda one: one * 2, [3, 1, 2]) == [6, 2, 4]
    assert (progress.added, progress.stepped) == (3, 3)


def test_an_interrupt_cancels_what_has_not_begun():
    """More items than threads: the first one interrupts while all others wait for it."""
    begun, interrupted = [], threading.Event()

    def work(item):
        begun.append(item)
        if item == 0:
            raise KeyboardInterrupt
        interrupted.wait()

    try:
        with pytest.raises(KeyboardInterrupt):
            AtOnce(Counted())(work, range(100))
        assert len(begun) < 100
    finally:
        interrupted.set()
