"""One peering explained: by the rules' own tests, nothing left out, nothing added."""

from dataclasses import replace

import pytest
from hypothesis import given
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    CreateRoute,
    DeleteRoute,
)
from peerkeeper.values.ec2 import Location, PeeringStatus
from peerkeeper.values.findings import Code
from peerkeeper.values.scope import Function

from peerkeeper_cli.explain.explanation import explain
from peerkeeper_cli.explain.line import RESULTS
from peerkeeper_cli.explain.read_peering import read_peering
from peerkeeper_cli.logins.login import Login
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.progress import Silent
from peerkeeper_cli.reader.threads import Threads
from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    TOKYO,
    TOKYO_TABLE,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.properties.worlds import PCX as DRAWN
from tests.properties.worlds import snapshots
from tests.truth import Truth

ROUTED = (table(TOKYO, route("10.39.0.0/16", PCX)), table(SEOUL, route("172.31.0.0/16", PCX)))
THEIRS = Location("444455556666", SEOUL.region)
OTHER_ACCOUNT = (("peerkeeper:peers", "444455556666"),)


def told(*resources, **changed):
    return explain(PCX, snapshot(*resources), settings(**changed))


def results(explained, side="accepter", part=None):
    return {
        (line.part, line.test): line.result
        for line in explained.lines
        if line.side.endswith(side) and part in (None, line.part)
    }


def test_a_held_request_shows_every_test_of_acceptance_and_which_one_failed():
    held = told(peering(status="pending-acceptance"), vpc(tags=()), table())
    assert results(held, part="acceptance") == {
        ("acceptance", "account"): "pass",
        ("acceptance", "approval"): "fail",
        ("acceptance", "exempt"): "pass",
        ("acceptance", "only one"): "pass",
        ("acceptance", "destination"): "pass",
        ("acceptance", "overlap"): "pass",
        ("acceptance", "charges"): "pass",
    }
    (failed,) = (line for line in held.lines if line.result == "fail" and line.part == "acceptance")
    assert "Key=peerkeeper:peers,Value=" in failed.words
    assert not held.clear


def test_a_request_that_passes_is_due_to_be_accepted():
    due = told(peering(status="pending-acceptance"), vpc(), table())
    assert results(due)["acceptance", "AcceptPeering"] == "due"
    assert [type(change) for change in due.due] == [AcceptPeering]
    assert due.clear


def test_what_is_done_already_passes_on_both_sides():
    sides = [
        replace(one, allows_remote_dns=True) for one in (peering().requester, peering().accepter)
    ]
    views = [replace(peering(at), requester=sides[0], accepter=sides[1]) for at in (SEOUL, TOKYO)]
    done = told(*views, vpc(), vpc(SEOUL), *ROUTED)
    assert (done.clear, done.due) == (True, ())
    for side, rtb in (("requester", SEOUL_TABLE), ("accepter", TOKYO_TABLE)):
        assert results(done, side)["routes", rtb] == "pass"
        assert results(done, side)["DNS", "option"] == "pass"


def test_routes_and_dns_that_are_missing_are_due():
    names = {(SEOUL, vpc(SEOUL).id): True, (TOKYO, vpc().id): True}
    seen = snapshot(peering(), vpc(), vpc(SEOUL), table(), dns_hostnames=names)
    missing = explain(PCX, seen, settings())
    assert {type(change) for change in missing.due} == {CreateRoute, AllowRemoteDnsResolution}
    found = results(missing)
    assert found["routes", "CreateRoute"] == found["DNS", "AllowRemoteDnsResolution"] == "due"
    assert found["DNS", "DNS hostnames here"] == "pass"


def test_a_route_in_the_way_says_which_and_dns_that_is_off_too():
    seen = snapshot(
        peering(),
        vpc(),
        vpc(SEOUL),
        table(TOKYO, route("10.39.0.0/16", "nat-1")),
        dns_hostnames={(TOKYO, vpc().id): False},
    )
    found = results(explain(PCX, seen, settings()))
    assert found["routes", "route-conflict"] == "fail"
    assert found["DNS", "DNS hostnames here"] == "fail"


def test_a_table_left_alone_and_a_side_not_looked_after_are_said():
    left = told(peering(), vpc(), table(main=False), locations=frozenset({TOKYO}))
    assert results(left)["routes", TOKYO_TABLE] == "-"
    assert results(left)["peering", "other side"] == "-"


def test_the_status_that_was_noted_last_is_said_as_that():
    noted = told(peering(tags=(("peerkeeper:status", "ok"),)), vpc(), table())
    (line,) = (line for line in noted.lines if line.test == "last status")
    assert (line.part, line.result, line.words) == ("peering", "-", "last status: ok")


def test_what_was_not_read_is_unknown_and_never_clear():
    unread = told(peering())
    assert results(unread)["peering", "VPC"] == "unknown"
    assert not unread.clear


@pytest.mark.parametrize("status", ["deleted", "expired"])
def test_of_a_peering_that_is_gone_the_routes_left_are_due_to_go(status):
    gone = told(peering(status=status), vpc(), *ROUTED[:1])
    assert [line.result for line in gone.lines if line.part == "stale routes"] == ["due"]
    assert {type(change) for change in gone.due} >= {DeleteRoute}
    clean = told(peering(status=status), vpc(), table())
    assert [line.result for line in clean.lines if line.part == "stale routes"] == ["pass"]


def test_an_absent_peering_with_a_blackhole_waits_for_the_second_look():
    absent = told(vpc(), table(TOKYO, route("10.39.0.0/16", PCX, blackhole=True)))
    assert [(line.part, line.result) for line in absent.lines] == [("stale routes", "wait")]


def test_another_peering_says_nothing_here():
    alone = told(peering(), vpc(), *ROUTED)
    other = peering(id=OLD_PCX, status="pending-acceptance")
    assert told(peering(), vpc(), *ROUTED, other).lines == alone.lines


@given(snapshots())
def test_every_change_due_is_a_line_and_every_held_code_a_failed_test(seen):
    made = plan(seen, settings(), RULES_OF[Function.CONNECT])
    for pcx_id in DRAWN:
        explained = explain(pcx_id, seen, settings())
        kinds = {type(change).__name__ for change in explained.due} - {"DeleteRoute", "TagStatus"}
        shown = {line.test for line in explained.lines if line.result == "due"}
        assert kinds <= shown
        in_words = {line.words for line in explained.lines if line.result == "fail"}
        for finding in made.findings:
            if finding.subject == pcx_id and finding.code.value.startswith("held-"):
                assert finding.message.removeprefix(f"{pcx_id} waits: ") in in_words
            if finding.code is Code.CONFLICT and finding.pcx_id == pcx_id:
                assert finding.message in in_words
        assert {line.result for line in explained.lines} <= {*RESULTS.values(), "due", "wait", "-"}


def asked(world, *with_credentials):
    """The reader of a person who has these accounts' credentials."""
    access = Access([Login(one, None, "a test", SEOUL.region) for one in with_credentials])
    access._edge = lambda _where: world
    return Threads(access, Silent())


def test_it_reads_both_sides_and_writes_nothing():
    world = Truth(snapshot(peering(), peering(SEOUL), vpc(), vpc(SEOUL), table(), table(SEOUL)))
    seen = read_peering(PCX, (SEOUL, TOKYO), settings(), asked(world, SEOUL.account_id), 0).seen
    assert world.made == []
    assert {(view.location, view.status) for view in seen.views_of(PCX)} == {
        (SEOUL, PeeringStatus.ACTIVE),
        (TOKYO, PeeringStatus.ACTIVE),
    }
    assert {key[0] for key in seen.route_tables} == {SEOUL, TOKYO}


def between_accounts(places, *with_credentials):
    """A peering of ours with another account that is looked after, as who has these credentials sees it."""
    requester = replace(peering().requester, location=THEIRS)
    views = [replace(peering(where, id=PCX), requester=requester) for where in (THEIRS, TOKYO)]
    world = Truth(snapshot(*views, vpc(), vpc(THEIRS), table(), table(THEIRS)))
    set_ = settings(locations=frozenset({TOKYO, THEIRS}), allowed_accounts=frozenset({"4" * 12}))
    seen = read_peering(PCX, places, set_, asked(world, *with_credentials), 0).seen
    return explain(PCX, seen, set_), world


def test_an_account_without_credentials_is_one_unknown_line_and_is_not_called():
    found, world = between_accounts([TOKYO], TOKYO.account_id)
    unknown = [line for line in found.lines if line.part == "reading"]
    assert [(line.side, line.result) for line in unknown] == [(THEIRS.account_id, "unknown")]
    assert "--profile" in unknown[0].words
    assert not found.clear
    assert {one.location for one in world.read} == {TOKYO}


def test_with_a_profile_of_each_account_both_sides_are_explained():
    found, _ = between_accounts([TOKYO, THEIRS], TOKYO.account_id, THEIRS.account_id)
    assert not [line for line in found.lines if line.part == "reading"]
    assert {line.side for line in found.lines} == {f"{TOKYO} accepter", f"{THEIRS} requester"}
