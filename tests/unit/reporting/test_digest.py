"""Many notices at once: one announcement a location, each tag written before and after it."""

import json

import pytest
from peerkeeper.loop.tell_then_remember import MOST_ALONE, MOST_TOGETHER, tell_all
from peerkeeper.values.changes import TagStatus
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.tags import Status
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import SEOUL, TOKYO

NO = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "CreateTags")


class Edge:
    """Remembers what is tagged and told, in order."""

    def __init__(self, trouble=(), denied=()):
        self.did, self.trouble, self.denied = [], trouble, denied

    def apply(self, change):
        if change.pcx_id in self.denied:
            return Outcome(change, Result.FAILED, "no", NO)
        self.did.append((change.status.value, change.pcx_id))
        return Outcome(change, Result.APPLIED)

    def tell(self, told):
        self.did += [(one.kind.value, json.loads(one.detail)) for one in told]
        return self.trouble


def at_once(tasks):
    return [task() for task in tasks]


def many(count, where=TOKYO, status=Status.HELD):
    return [
        TagStatus(
            where, f"pcx-0c0ffee0c0ffee{n:03}", status, reason="why", codes=("held-not-approved",)
        )
        for n in range(count)
    ]


def kinds(edge):
    return [what for what, _ in edge.did if what[0].isupper()]


@pytest.mark.parametrize(
    ("count", "told"), [(MOST_ALONE, "PeeringHeld"), (MOST_ALONE + 1, "NoticeDigest")]
)
def test_more_than_ten_are_told_as_one(count, told):
    edge = Edge()
    outcomes = tell_all(many(count), edge, at_once)
    assert {one.result for one in outcomes.values()} == {Result.APPLIED}
    assert set(kinds(edge)) == {told}
    assert len(kinds(edge)) == (1 if told == "NoticeDigest" else count)


def test_each_tag_says_telling_before_and_what_was_told_after():
    edge = Edge()
    tell_all(many(12), edge, at_once)
    assert [what for what, _ in edge.did] == ["telling"] * 12 + ["NoticeDigest"] + ["held"] * 12


def test_two_locations_with_few_each_are_told_one_by_one():
    edge = Edge()
    tell_all([*many(6), *many(6, SEOUL)], edge, at_once)
    assert kinds(edge) == ["PeeringHeld"] * 12


def test_what_needs_no_telling_is_only_remembered():
    edge = Edge()
    tell_all([*many(12), *many(3, SEOUL, Status.CLEAR)], edge, at_once)
    assert kinds(edge) == ["NoticeDigest"]
    assert [what for what, _ in edge.did].count("ok") == 3


def test_one_that_cannot_be_remembered_is_not_in_the_digest():
    changes = many(12)
    edge = Edge(denied={changes[0].pcx_id})
    outcomes = tell_all(changes, edge, at_once)
    assert outcomes[changes[0]].result is Result.FAILED
    assert "cannot be remembered" in outcomes[changes[0]].detail
    (detail,) = (said for what, said in edge.did if what == "NoticeDigest")
    assert detail["count"] == 11


def test_what_the_bus_does_not_take_is_not_remembered():
    edge = Edge(trouble=("ThrottlingException",))
    outcomes = tell_all(many(12), edge, at_once)
    assert {one.result for one in outcomes.values()} == {Result.FAILED}
    assert "held" not in [what for what, _ in edge.did]


def test_without_time_to_remember_all_are_told_again_later():
    edge = Edge()
    outcomes = tell_all(many(12), edge, at_once, lambda: False)
    assert set(outcomes.values()) == {None}


def test_a_digest_takes_a_hundred_and_leaves_the_rest_for_the_next():
    edge, changes = Edge(), many(300)
    outcomes = tell_all(changes, edge, at_once)
    assert [one for one in changes if outcomes[one] is None] == changes[MOST_TOGETHER:]
    (detail,) = (said for what, said in edge.did if what == "NoticeDigest")
    assert (detail["count"], len(detail["peerings"])) == (MOST_TOGETHER, MOST_TOGETHER)
    assert "and 80 more" in detail["message"]
    assert len(detail["message"]) <= 1500


@pytest.mark.parametrize("calls", [0, 5, 12, 13])
def test_nothing_is_begun_after_the_deadline(calls):
    edge = Edge()
    outcomes = tell_all(many(12), edge, at_once, lambda: len(edge.did) < calls)
    assert set(outcomes.values()) == {None}
    assert len(edge.did) <= calls
    assert ("NoticeDigest" in kinds(edge)) is (calls == 13)
