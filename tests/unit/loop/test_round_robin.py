"""One of each kind in turn: a long line of one kind does not stand before the others."""

from hypothesis import given
from hypothesis import strategies as st
from peerkeeper.loop.round_robin import round_robin


def test_the_first_of_each_kind_comes_before_the_second_of_any():
    assert "".join(round_robin("aaaabbc", lambda letter: letter)) == "abcabaa"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers())))
def test_nothing_is_lost_and_each_kind_keeps_its_order(items):
    found = list(round_robin(items, lambda item: item[0]))
    assert sorted(found) == sorted(items)
    for kind in "abc":
        assert [i for i in found if i[0] == kind] == [i for i in items if i[0] == kind]
