"""Who peers with whom: verdicts, consent, routes, and the list in a terminal, in a pipe and as JSON."""

import io
import json
from dataclasses import replace

import fastjsonschema
import pytest
from peerkeeper.values.ec2 import Location, Side
from rich.console import Console

from peerkeeper_cli.page.page import Page
from peerkeeper_cli.peerings.peering_row import Consented, Verdict
from peerkeeper_cli.peerings.show import COLUMNS, lines, show
from peerkeeper_cli.peerings.survey import survey
from tests.builders import PCX, SEOUL, TOKYO, network, peering, route, snapshot, table, vpc
from tests.cli.small_estate import asked_for, estate_of, named
from tests.contract.deploy.templates import ROOT

SCHEMA = json.loads((ROOT / "docs/schemas/cli/peerings.schema.json").read_text())
TO_TOKYO, TO_SEOUL = route("172.31.0.0/16", PCX), route("10.39.0.0/16", PCX)


def live(seoul=(), tokyo=(), tags=None, views=None):
    vpcs = [vpc(SEOUL), vpc()]
    if tags is not None:
        vpcs = [replace(one, tags=tags) for one in vpcs]
    views = views or (peering(SEOUL), peering())
    return snapshot(*vpcs, table(SEOUL, *seoul), table(TOKYO, *tokyo), *views)


def row_of(seen):
    (row,) = survey(estate_of(seen)).rows
    return row


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (live([TO_TOKYO], [TO_SEOUL]), Verdict.CARRIES),
        (live([TO_TOKYO]), Verdict.NOTHING),
        (live(), Verdict.NOTHING),
        (live([TO_TOKYO], [TO_SEOUL], tags=()), Verdict.CARRIES),
        (live([TO_TOKYO], tags=()), Verdict.NOTHING),
        (asked_for(), Verdict.WAITS),
        (live(views=(peering(SEOUL, "deleted"), peering(TOKYO, "deleted"))), Verdict.ENDED),
    ],
)
def test_the_verdict_is_what_todays_routes_carry_agreed_or_not(seen, verdict):
    assert row_of(seen).verdict is verdict


def test_each_end_says_what_its_own_tags_say():
    own = live([TO_TOKYO], [TO_SEOUL], tags=())
    own = replace(own, vpcs={**own.vpcs, (SEOUL, vpc(SEOUL).id): vpc(SEOUL)})
    row = row_of(own)
    assert (row.requester.consent, row.accepter.consent) == (Consented.AGREED, Consented.NOT_AGREED)
    assert "says self" in row.requester.consent_words
    assert "aws ec2 create-tags" in row.accepter.consent_words


def test_a_side_that_nobody_can_read_lowers_nothing_and_is_said():
    there = Location("444455556666", "eu-west-1")
    pcx = peering(
        SEOUL,
        accepter=Side(there, "vpc-0f0f0f0f", (network("172.31.0.0/16"),)),
        tags=(("peerkeeper:approved", "true"),),
    )
    row = row_of(snapshot(vpc(SEOUL), table(SEOUL, TO_TOKYO), pcx))
    assert row.verdict is Verdict.CARRIES
    assert (row.accepter.read, row.accepter.consent) == (False, Consented.UNKNOWN)


def test_routes_are_listed_with_their_state():
    row = row_of(live([TO_TOKYO]))
    assert [(one.destination, one.state) for one in row.requester.routes] == [
        ("172.31.0.0/16", "carried")
    ]
    assert [(one.destination, one.state) for one in row.accepter.routes] == [
        ("10.39.0.0/16", "due")
    ]
    assert row.due == 1
    ended = row_of(live([TO_TOKYO], views=(peering(SEOUL, "deleted"),)))
    assert [one.state for one in ended.requester.routes] == ["stale"]


def test_a_request_says_when_it_expires_and_a_failed_one_why():
    waits = peering(TOKYO, "pending-acceptance", expires=1_800_000_000)
    assert row_of(asked_for(views=(waits,))).expires == "2027-01-15 08:00"
    failed = peering(TOKYO, "failed", status_text="Failed due to incorrect VPC-ID")
    assert row_of(live(views=(failed,))).status_words == "Failed due to incorrect VPC-ID"


@pytest.mark.parametrize("width", [80, 120])
def test_the_list_fits_the_terminal(width):
    seen = live([TO_TOKYO])
    key = (SEOUL, vpc(SEOUL).id)
    seen = replace(
        seen, vpcs={**seen.vpcs, key: named(vpc(SEOUL), "a [red]name[/red] that is long")}
    )
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    show(Page(console), survey(estate_of(seen)).rows)
    said = console.file.getvalue()
    assert max(map(len, said.splitlines())) <= width
    assert PCX in said
    assert "a [red]name[/red] that is long" in " ".join(said.split())
    assert "1 peering: 1 nothing; changes are due for 1." in said


@pytest.mark.parametrize(("height", "times"), [(40, 1), (3, 2)])
def test_the_totals_come_first_and_again_below_a_list_longer_than_the_screen(height, times):
    console = Console(file=io.StringIO(), width=80, height=height, force_terminal=True)
    show(Page(console), survey(estate_of(live([TO_TOKYO], [TO_SEOUL]))).rows)
    said = console.file.getvalue().splitlines()
    assert said[:2] == ["", "1 peering: 1 carries; changes are due for 0."]
    assert said.count(said[1]) == times
    assert times == 1 or said[-1] == said[1]


def test_a_pipe_gets_a_line_a_peering_with_a_head():
    head, line = lines(survey(estate_of(live([TO_TOKYO]))).rows)
    assert len(head.split("\t")) == len(line.split("\t")) == len(COLUMNS)
    assert line.startswith(f"{PCX}\t\tactive\tnothing\t1\t")


@pytest.mark.parametrize("seen", [live([TO_TOKYO]), asked_for()])
def test_json_is_by_its_schema(seen):
    found = survey(estate_of(seen))
    fastjsonschema.compile(SCHEMA)(json.loads(json.dumps(found.to_dict(found.rows))))
    assert found.exit_code == 3
