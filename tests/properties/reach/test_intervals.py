"""Sets of ports against the library `portion`, which knows nothing of ours."""

import portion
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.values.intervals import Intervals, intervals, union

LAST = 40
pairs = st.tuples(st.integers(0, LAST), st.integers(0, LAST))
sets = st.lists(pairs, max_size=6)


class Whole(portion.AbstractDiscreteInterval):
    """Intervals of whole numbers, so that 1-2 and 3-4 are 1-4."""

    _step = 1


P = portion.create_api(Whole)


def theirs(drawn):
    return P.Interval(*(P.closed(first, last) for first, last in drawn))


def parts(found):
    return tuple((one.lower, one.upper) for one in found if not one.empty)


@budget(max_examples=500)
@given(sets, sets)
def test_every_operation_is_that_of_portion(one, other):
    a, b = intervals(*one), intervals(*other)
    x, y = theirs(one), theirs(other)
    assert a.parts == parts(x)
    assert (a | b).parts == parts(x | y)
    assert (a & b).parts == parts(x & y)
    assert (a - b).parts == parts(x - y)
    assert (a <= b) is (x in y)
    assert bool(a) is not x.empty
    assert (a == b) is (x == y)


@budget(max_examples=300)
@given(st.lists(sets, max_size=5))
def test_a_union_of_many_is_one_after_the_other(drawn):
    found = Intervals()
    for one in drawn:
        found |= intervals(*one)
    assert union(intervals(*one) for one in drawn) == found


@budget(max_examples=300)
@given(sets, st.integers(0, LAST))
def test_a_number_is_in_a_set_if_it_is_in_a_part(drawn, number):
    within = any(first <= number <= last for first, last in drawn)
    assert (intervals((number, number)) <= intervals(*drawn)) is within
