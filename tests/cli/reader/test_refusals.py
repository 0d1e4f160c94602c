"""What was not read is said once for each reason, with the accounts and Regions counted and listed."""

import io

import pytest
from rich.console import Console

from peerkeeper_cli.estate.refusals import Refusal, refusals
from peerkeeper_cli.estate.show import show_coverage
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.reader.covered import Covered, State
from tests.cli.small_estate import asked_for, estate_of

ONE, TWO = "888899990000", "999900001111"
SAID = "AssumeRole says AccessDenied: not authorized on arn:aws:iam::{}:role/admin"


def denied(account, region, words=SAID):
    return Covered(account, region, State.DENIED, words.format(account))


@pytest.mark.parametrize(
    ("rows", "where", "words"),
    [
        ([denied(ONE, "eu-west-1")], [f"account {ONE} in region eu-west-1"], SAID.format(ONE)),
        (
            [denied(account, region) for account in (ONE, TWO) for region in ("r1", "r2")],
            [f"2 accounts ({ONE}, {TWO}) in 2 regions (r1, r2)"],
            SAID.format("ACCOUNT"),
        ),
        (
            [denied(ONE, ""), denied(TWO, "")],
            [f"2 accounts ({ONE}, {TWO})"],
            SAID.format("ACCOUNT"),
        ),
        (
            [denied(ONE, "r1"), denied(ONE, "r2"), denied(TWO, "r1")],
            [f"account {ONE} in 2 regions (r1, r2)", f"account {TWO} in region r1"],
            SAID.format("ACCOUNT"),
        ),
    ],
)
def test_accounts_with_one_reason_in_the_same_regions_are_one(rows, where, words):
    found = refusals(rows)
    assert [one.where for one in found] == where
    assert found[0].words == words


def test_another_reason_or_another_state_is_another_one():
    rows = [denied(ONE, "r1"), denied(TWO, "r1", "no such role"), Covered(TWO, "r2", State.UNREAD)]
    assert refusals(rows) == [
        Refusal(State.DENIED, SAID.format(ONE), (ONE,), ("r1",)),
        Refusal(State.DENIED, "no such role", (TWO,), ("r1",)),
        Refusal(State.UNREAD, "", (TWO,), ("r2",)),
    ]


def test_forty_refused_locations_fill_a_few_lines_and_name_every_account(monkeypatch):
    accounts = [f"{number:012}" for number in range(1, 21)]
    estate = estate_of(asked_for())
    rows = [denied(account, region) for account in accounts for region in ("r1", "r2")]
    monkeypatch.setattr(type(estate), "coverage", rows)
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
    show_coverage(Page(console), estate)
    said = console.file.getvalue()
    assert all(account in said for account in accounts)
    assert "20 accounts" in said
    assert len(said.splitlines()) < 15
