"""Nothing fails silently: in any world and mode, what is not carried is named, and `explain` agrees."""

from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.settings import Mode, RouteScope
from peerkeeper.values.connectivity import Cause, Upshot, Way
from peerkeeper.values.scope import Function

from peerkeeper_cli.explain.explanation import explain
from tests.builders import settings
from tests.properties.worlds import PCX, snapshots

SAYS_ENOUGH = {Way.CARRIED, Way.LEFT, Way.WAITS, Way.DUE}


@budget(max_examples=300)
@given(snapshots(), st.sampled_from(Mode), st.sampled_from(RouteScope))
def test_a_gap_is_named_by_a_finding_or_left_or_due_or_waits(seen, mode, scope):
    set_ = settings(mode=mode, route_scope=scope)
    made, verdicts = judged(plan(seen, set_), seen, set_)
    named = {(one.location, one.pcx_id or one.subject) for one in made.findings}
    for side in verdicts:
        silent = [leg for leg in side.legs if leg.way not in SAYS_ENOUGH | {Way.UNKNOWN}]
        assert not silent or (side.location, side.pcx_id) in named
        assert not [leg for leg in side.legs if leg.cause is Cause.UNEXPLAINED]
        assert (side.upshot is Upshot.CARRIES) is not bool(side.gaps or side.unread)


@budget(max_examples=300)
@given(snapshots(), st.sampled_from(Mode), st.sampled_from(PCX))
def test_explain_says_that_all_is_well_only_where_nothing_is_blocked_or_due(seen, mode, pcx_id):
    set_ = settings(mode=mode)
    found = explain(pcx_id, seen, set_)
    made = plan(seen, set_, RULES_OF[Function.CONNECT])
    _, verdicts = judged(made, seen, set_)
    gaps = [leg for side in verdicts if side.pcx_id == pcx_id for leg in side.gaps]
    if found.exit_code == 0:
        assert {leg.way for leg in gaps} <= {Way.WAITS}
    if any(leg.way is Way.UNKNOWN for leg in gaps):
        assert found.exit_code == 4
