"""What foresee() promises, over worlds nobody thought of."""

from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.settings import Mode
from peerkeeper.values.changes import KINDS, TagStatus, removes

from peerkeeper_cli.foresight.foresee import foresee
from tests.builders import settings
from tests.properties.worlds import shuffled, snapshots

modes = st.sampled_from((Mode.FULL, Mode.ADD_ONLY, Mode.OBSERVE))


@budget(max_examples=150)
@given(snapshots(), modes)
def test_it_ends_and_what_it_ends_in_has_nothing_left(seen, mode):
    first = foresee(seen, settings(mode=mode))
    again = foresee(first.seen, settings(mode=mode))
    assert again.changes == ()
    assert again.seen == first.seen
    assert (again.findings, again.verdicts) == (first.findings, first.verdicts)
    assert (again.withheld, again.refused, again.waits) == (
        first.withheld,
        first.refused,
        first.waits,
    )


@budget(max_examples=100)
@given(st.data())
def test_the_same_snapshot_in_any_order_is_foreseen_alike(data):
    seen = data.draw(snapshots())
    one, other = (foresee(each, settings()) for each in (seen, shuffled(seen, data.draw)))
    assert [str(change) for change in one.changes] == [str(change) for change in other.changes]
    assert (one.now, one.findings, one.verdicts) == (other.now, other.findings, other.verdicts)


@budget(max_examples=150)
@given(snapshots(), modes)
def test_each_write_is_foreseen_once_and_as_the_mode_lets_it(seen, mode):
    found = foresee(seen, settings(mode=mode))
    assert len({*found.changes}) == len(found.changes)
    assert not {*found.changes} & {*found.withheld}
    assert {type(one) for one in (*found.changes, *found.withheld)} <= {*KINDS} - {TagStatus}
    match mode:
        case Mode.FULL:
            assert not found.withheld
        case Mode.ADD_ONLY:
            assert not any(removes(one) for one in found.changes)
            assert all(removes(one) for one in found.withheld)
        case Mode.OBSERVE:
            assert not found.changes


@budget(max_examples=100)
@given(snapshots())
def test_the_guard_lets_all_of_it_through(seen):
    assert foresee(seen, settings()).refused == ()
