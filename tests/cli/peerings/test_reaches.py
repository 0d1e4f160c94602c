"""What traffic would do, as a second word beside the verdict: only where that was looked at."""

import io
import json
from dataclasses import replace

import fastjsonschema
import pytest
from peerkeeper.settings import FurtherLook
from peerkeeper.values.connectivity import Reaches
from rich.console import Console

from peerkeeper_cli.page.page import Page
from peerkeeper_cli.peerings.peering_rows import LEAST_REACHED
from peerkeeper_cli.peerings.show import lines, show
from peerkeeper_cli.peerings.survey import survey
from tests.builders import SELF, SEOUL, TOKYO, vpc
from tests.cli.small_estate import estate_of
from tests.contract.deploy.templates import ROOT
from tests.hosts import ALL_IN_AND_OUT, acl, group
from tests.side_reach import looked, open_group

SCHEMA = json.loads((ROOT / "docs/schemas/cli/peerings.schema.json").read_text())
EXPECTING = vpc(SEOUL, tags=(*SELF, ("peerkeeper:expect", "tcp/22")))


def surveyed(*changed, look=FurtherLook.REPORT, **more):
    return survey(estate_of(looked(*changed, **more), reachability=look))


def row(*changed, **more):
    (found,) = surveyed(*changed, **more).rows
    return found


def test_each_word_has_its_place_from_the_worst_on():
    assert {*LEAST_REACHED} == {*Reaches}


def test_a_row_has_the_worse_word_of_both_ends():
    one = row(acls=[acl(SEOUL), acl(TOKYO, *ALL_IN_AND_OUT)])
    assert (one.requester.reaches, one.accepter.reaches, one.reaches) == ("shut", "open", "shut")
    assert one.verdict == "carries"


def test_what_a_tag_expects_is_judged_as_in_the_sweep():
    shut = [group(SEOUL), open_group(TOKYO)]
    assert row(EXPECTING).reaches == "open"  # the other end expects nothing
    assert row(EXPECTING).requester.reaches == "reaches"
    one = row(EXPECTING, groups=shut)
    assert one.reaches == "blocked"
    assert "expected-traffic-blocked" in {found.code for found in one.findings}


@pytest.mark.parametrize("look", FurtherLook)
def test_json_has_the_word_only_where_it_was_looked_at(look):
    found = surveyed(look=look)
    said = found.to_dict(found.rows)
    fastjsonschema.validate(SCHEMA, json.loads(json.dumps(said)))
    (one,) = said["peerings"]
    assert ("reaches" in one) is (look is FurtherLook.REPORT)
    assert ("reaches" in one["requester"]) is (look is FurtherLook.REPORT)


def test_a_pipe_has_the_words_in_columns_of_their_own():
    head, one = (line.split("\t") for line in lines([row()]))
    assert head[-3:] == ["reaches", "requester reaches", "accepter reaches"]
    assert one[-3:] == ["open", "open", "open"]
    (_, other) = (line.split("\t") for line in lines([row(look=FurtherLook.OFF)]))
    assert other[-3:] == ["", "", ""]


@pytest.mark.parametrize("width", [80, 120])
def test_the_list_on_a_terminal_says_it_beside_the_verdict(width):
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    show(Page(console), [row(EXPECTING)])
    text = console.file.getvalue()
    assert "traffic open" in text
    assert "traffic reaches" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= width


def test_a_side_that_did_not_agree_has_no_word():
    nobody = replace(vpc(TOKYO), tags=())
    one = row(nobody)
    assert (one.requester.reaches, one.accepter.reaches) == ("open", "")
