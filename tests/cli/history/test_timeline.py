"""The timeline says what the lines say of one peering, in order, and each thing once."""

import json

import pytest

from peerkeeper_cli.history.document import document
from peerkeeper_cli.history.log_line import LogLine, log_line
from peerkeeper_cli.history.past import Past
from peerkeeper_cli.history.timeline import timeline
from tests.cli.history.lines import (
    CONSENT,
    HERE,
    OTHER,
    PCX,
    THERE,
    change,
    finding,
    flap,
    line,
    route,
)


def told(*lines):
    return [(one.kind.value, one.words) for one in timeline(lines, PCX)]


def test_a_request_that_was_held_accepted_routed_and_ended():
    found = told(
        line(1, heard=[HERE], findings=[finding("held-not-approved")]),
        line(2, outcomes=[change("AcceptPeering", vpc_id="vpc-1", consent=CONSENT)]),
        line(
            3,
            outcomes=[
                route(consent=CONSENT),
                change("AllowRemoteDnsResolution", requester_side=True),
            ],
        ),
        line(4, outcomes=[change("TagStatus", status="ok")]),
        line(5, "clean_routes", outcomes=[route("DeleteRoute")]),
    )
    assert found == [
        ("seen", f"first named in this log, woken by EC2 calls in {HERE}"),
        ("found", "held-not-approved"),
        ("accepted", "the request to vpc-1 accepted"),
        ("routed", "route 10.0.0.0/16 in rtb-1"),
        ("dns", "DNS resolution allowed, requester side"),
        ("told", "noted that it carries all that is wanted"),
        ("route removed", "route 10.0.0.0/16 out of rtb-1"),
    ]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("held", "notice: held"),
        ("expiring", "notice: about to expire"),
        ("expired", "notice: expired"),
        ("not-carrying", "notice: does not carry all that it should"),
        ("conflict", "notice: a route is in the way"),
    ],
)
def test_a_notice_is_not_said_to_be_sent_since_there_may_be_no_topic(status, words):
    assert told(line(1, outcomes=[change("TagStatus", status=status)]))[-1] == ("told", words)


def test_who_agreed_is_said():
    (_, accepted) = timeline([line(1, outcomes=[change("AcceptPeering", consent=CONSENT)])], PCX)
    assert accepted.consent == "vpc-1 is tagged peerkeeper:peers, which says self"
    assert (accepted.by, accepted.place) == ("connect_peerings", HERE)


def test_another_peering_is_left_out():
    assert (
        told(
            line(1, outcomes=[route(pcx_id=OTHER)], findings=[finding(message="x", subject=OTHER)]),
            flap(2),
        )
        == []
    )


def test_the_lines_may_come_in_any_order():
    lines = [line(3, outcomes=[route("DeleteRoute")]), line(1, outcomes=[route()])]
    assert [kind for kind, _ in told(*lines)] == ["seen", "routed", "route removed"]


def test_what_each_sweep_says_again_is_one_entry_that_counts():
    lines = [line(at, "sweep", findings=[finding()]) for at in (10, 20, 30)]
    (_, one) = timeline(lines, PCX)
    assert (one.at, one.times, one.last) == (10, 3, 30)


def test_the_same_finding_in_other_words_is_another_entry():
    said = [finding(message=f"{PCX} {word}") for word in ("a", "a", "b", "b")]
    lines = [line(at, "sweep", findings=[one]) for at, one in enumerate(said)]
    assert [(one.why[-1], one.times) for one in timeline(lines, PCX)[1:]] == [("a", 2), ("b", 2)]


def test_what_is_carried_is_said_when_it_changes():
    def verdict(at, word):
        gap = {"route_table": "rtb-1", "destination": "10.0.0.0/16", "way": "due"}
        said = {"peering": PCX, "location": HERE, "verdict": word, "gaps": [gap]}
        return line(at, "sweep", not_carrying=[said])

    lines = [
        verdict(1, "partly"),
        verdict(2, "partly"),
        verdict(3, "nothing"),
        verdict(4, "partly"),
    ]
    assert [one for one in told(*lines) if one[0] == "carries"] == [
        ("carries", "partly"),
        ("carries", "nothing"),
        ("carries", "partly"),
    ]


def test_a_route_that_is_written_again_says_so_unless_we_took_it_out():
    def written(*lines):
        return [one.again for one in timeline(lines, PCX) if one.kind == "routed"]

    one, two = line(1, outcomes=[route()]), line(3, outcomes=[route()])
    assert written(one, two) == [False, True]
    assert written(one, line(2, "clean_routes", outcomes=[route("DeleteRoute")]), two) == [
        False,
        False,
    ]
    assert written(one, line(2, outcomes=[route(table="rtb-2")])) == [False, False]
    assert written(one, line(2, outcomes=[route(location=THERE)])) == [False, False]


def test_whoever_undoes_it_again_and_again_is_named():
    by = {"call": "DeleteRoute", "actor": "AssumedRole ci", "agent": "terraform", "at": "noon"}
    found = timeline([line(1, outcomes=[route()]), flap(2, **by), flap(3, "rtb-9", **by)], PCX)
    (one,) = [one for one in found if one.kind == "undone"]
    assert one.by == "AssumedRole ci"
    assert one.why == "DeleteRoute with terraform at noon"


def test_nobody_is_named_where_no_event_told():
    (*_, one) = timeline([line(1, outcomes=[route()]), flap(2)], PCX)
    assert (one.by, one.why) == ("unknown", "no event says who deletes it")


@pytest.mark.parametrize(
    ("outcome", "entry"),
    [
        (route(result="failed", detail="RouteLimitExceeded"), ("failed", "RouteLimitExceeded")),
        (route(result="refused", detail="not ours"), ("refused", "not ours")),
        (route(result="unchanged"), None),
    ],
)
def test_what_was_not_done(outcome, entry):
    found = [(one.kind.value, one.why) for one in timeline([line(1, outcomes=[outcome])], PCX)[1:]]
    assert found == ([entry] if entry else [])


def test_what_the_mode_kept_back_and_what_was_put_off():
    hand_off = {
        "delay": 30,
        "why": "provisioning",
        "hints": [{"account": "1", "region": "r", "id": PCX}],
    }
    at_once = {**hand_off, "delay": 0}
    found = told(line(1, would=[route()], hand_offs=[hand_off, at_once]))
    assert found[1:] == [
        ("looked at again", "looked at again after 30 seconds"),
        ("would", "route 10.0.0.0/16 in rtb-1"),
    ]


def test_people_who_could_not_be_told():
    unsent = LogLine(
        1, {"message": "announcement not sent", "trouble": f"PeeringHeld {PCX}: denied"}
    )
    assert told(unsent) == [("not told", f"PeeringHeld {PCX}: denied")]


def test_what_is_no_line_of_ours():
    assert log_line(1, "REPORT RequestId: 1") is None
    assert log_line(1, "[1]") is None
    assert log_line(1, '{"message": "reconciled", "report"') is None
    assert told(log_line(1, '{"message": "fleet swept"}')) == []


def test_the_document_says_how_far_the_log_goes_back():
    past = Past((), 0.0, 100.0, 200.0, "x", ("a week",))
    said = document(PCX, past, timeline([line(150, outcomes=[route()])], PCX))
    assert json.loads(json.dumps(said)) == said
    assert said["log_goes_back_to"] == "1970-01-01T00:01:40Z"
    assert (said["complete"], said["entries"][1]["kind"]) == (False, "routed")
