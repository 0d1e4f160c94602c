"""Words that once led a newcomer astray: of findings, of `explain`, of `observe`, of the demo."""

from pathlib import Path

import pytest
import typer

from peerkeeper_cli.commands.mode import Mode
from peerkeeper_cli.explain.upshot import upshot
from peerkeeper_local.commands.invoke import invoke
from peerkeeper_local.telling.names import Names
from tests.integration.pair import AGREED
from tests.reports.commands import commands, run
from tests.reports.estate import Estate
from tests.reports.explained import explained

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"


def rows(estate, pcx, result):
    """What `explain` says where a test came out so: (test, words)."""
    return [(one.test, one.words) for one in explained(estate, pcx).lines if one.result == result]


def test_advice_that_the_demo_prints_has_no_names_in_it_that_a_tag_would_refuse(estate):
    mine, yours = estate.vpc(ONE), estate.vpc(OTHER, AGREED)
    estate.names.update({"my-vpc": mine, "your-vpc": yours})
    pcx = estate.ask(yours, mine)
    estate.pump.advance(120)
    (held,) = {finding["message"] for finding in estate.found("held-not-approved")}
    shown = Names(estate).known(held)
    assert "to meet your-vpc in" in shown  # names where people read, ids where they paste
    run(estate, commands([{"message": shown}], "create-tags")[0])
    estate.pump.advance(120)
    assert estate.status(pcx) == "active"


@pytest.mark.parametrize(
    ("key", "value"), [("peerkeeper:peer", "self"), ("peerkeeper:peers", "Self, 4444")]
)
def test_explain_names_a_tag_that_is_mistyped(estate, key, value):
    mine = estate.vpc(ONE, [{"Key": key, "Value": value}])
    pcx = estate.ask(estate.vpc(OTHER, AGREED), mine)
    estate.pump.advance(120)
    assert any(test == mine and key in words for test, words in rows(estate, pcx, "fail"))


def test_explain_says_why_a_request_failed(estate):
    pcx = estate.ask(*estate.agreed(ONE, ONE))
    estate.pump.advance(120)
    failed = rows(estate, pcx, "fail")
    assert {test for test, _ in failed} == {"status"}
    assert all("is failed: EC2 says" in words for _, words in failed)


def test_explain_says_when_a_request_expires_and_that_it_has(estate):
    pcx = estate.ask(estate.vpc(OTHER, AGREED), estate.vpc(ONE))
    estate.pump.advance(120)
    assert any("it expires on 2026-" in words for _, words in rows(estate, pcx, "pass"))
    estate.pump.advance(7 * 86_400)
    assert any("is expired" in words for _, words in rows(estate, pcx, "fail"))


def test_explain_finds_nothing_wrong_with_a_peering_that_was_deleted_on_purpose(estate):
    pcx = estate.ask(*estate.agreed(ONE, OTHER))
    estate.pump.advance(120)
    estate.delete(pcx)
    estate.pump.advance(120)
    found = explained(estate, pcx)
    assert (found.exit_code, rows(estate, pcx, "fail")) == (0, [])
    assert "nothing is in the way" in upshot(found)


def test_the_upshot_counts_what_failed_and_names_it(estate):
    pcx = estate.ask(estate.vpc(OTHER, AGREED), estate.vpc(ONE))
    estate.pump.advance(120)
    failed, said = rows(estate, pcx, "fail"), upshot(explained(estate, pcx))
    assert f"something is in the way: {len(failed)} fail, 0 unknown, 0 due: approval in " in said


@pytest.mark.parametrize("to_a_peer", [False, True])
def test_no_list_is_advised_where_it_cannot_help(estate, to_a_peer):
    """AllowMoreSpecificThan lets a narrower route in, never one for the very same network."""
    hub, peer = estate.agreed(ONE, OTHER)
    if to_a_peer:
        estate.ask(hub, estate.vpc(OTHER, AGREED))
        estate.pump.advance(120)
    else:
        estate.route(hub, OTHER)
    estate.ask(hub, peer)
    estate.sweep(300)
    about = [f["message"] for f in estate.findings() if f["subject"] == estate.only_table(hub)]
    assert about
    assert not [message for message in about if "AllowMoreSpecificThan" in message]


def test_a_mode_is_refused_where_the_cloud_that_is_served_has_its_own():
    with pytest.raises(typer.BadParameter, match="has the mode that `serve` gave it"):
        invoke(Path("any.json"), "http://127.0.0.1:1", Mode.OBSERVE)


def test_an_estate_peered_by_hand_is_one_finding_a_vpc(estate):
    vpcs = [estate.vpc(f"10.{number}.0.0/16") for number in range(6)]
    pairs = [(one, other) for one in range(6) for other in range(one)]
    estate.pump.cut()
    for one, other in pairs:
        pcx = estate.ask(vpcs[one], vpcs[other])
        estate.owner.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        estate.cloud.clock.advance(15)
        for here, there in ((one, other), (other, one)):
            estate.route(vpcs[here], f"10.{there}.0.0/16", pcx)
    estate.pump.run()
    estate.pump.join()
    estate.sweep()
    found = estate.findings()
    assert {finding["code"] for finding in found} == {"routed-not-approved"}
    assert sorted(finding["subject"] for finding in found) == sorted(vpcs)
    assert all(" 5 live peerings without consent of its side: " in f["message"] for f in found)


def test_observe_foretells_the_routes_of_a_request_that_it_would_accept():
    with Estate("observe") as estate:
        one, other = estate.agreed(ONE, OTHER)
        estate.ask(one, other)
        estate.reports.clear()
        estate.sweep()
        (would,) = [report["would"] for report in estate.reports if report["function"] == "sweep"]
    kinds = [change["change"] for change in would]
    assert kinds.count("AcceptPeering") == 1
    assert kinds.count("CreateRoute") == 2


def test_an_ordinary_request_that_failed_is_not_waited_for(estate):
    estate.ask(*estate.agreed(ONE, ONE))
    estate.pump.advance(1200)
    assert {finding["code"] for finding in estate.findings()} == {"request-failed"}
