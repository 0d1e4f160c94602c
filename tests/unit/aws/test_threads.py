"""A wave's calls run at once, and none outlives the invocation."""

from threading import Event

import pytest
from peerkeeper.aws.edge import Threads


def test_results_come_in_the_order_of_the_tasks():
    second = Event()

    def first():
        second.wait()
        return 1

    def then():
        second.set()
        return 2

    assert Threads()([first, then]) == [1, 2]


def test_what_a_task_raises_comes_once_all_others_have_ended():
    raised, ended = Event(), []

    def fails():
        raised.set()
        raise LookupError

    def writes():
        raised.wait()
        ended.append("written")

    with pytest.raises(LookupError):
        Threads()([fails, *[writes] * 20])
    assert len(ended) == 20
