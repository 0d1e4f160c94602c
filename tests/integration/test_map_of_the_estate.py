"""`peerkeeper map` on the made-up estate: the file, what is said of it, the exit code."""

from __future__ import annotations

import re
import stat

import pytest
from typer.testing import CliRunner

from peerkeeper_cli.app import operator_app
from peerkeeper_cli.commands import map as command
from peerkeeper_local.seeds.estate.stage import EstateStage
from tests.cli.in_process import estate_on


@pytest.fixture(scope="module")
def estate():
    with EstateStage() as stage:
        yield estate_on(stage, "map")


@pytest.fixture
def typed(estate, tmp_path, monkeypatch):
    """Type a command in an empty folder; what was read is the estate."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "estate_of", lambda asked: estate)
    return lambda *words: CliRunner().invoke(operator_app("peerkeeper"), ["map", *words])


def test_a_page_is_written_for_its_owner_alone_and_said_in_two_lines(typed, estate, tmp_path):
    done = typed()
    assert done.exit_code == 4
    path = tmp_path / "peerkeeper-map.html"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    peerings = len({id_ for _, id_ in estate.seen.peerings})
    first, second = done.stdout.splitlines()
    assert re.match(rf"peerkeeper-map.html: \d+ VPCs, {peerings} peerings \(", first)
    assert "--mask-accounts" in second
    assert {f'"{id_}"' in path.read_text() for _, id_ in estate.seen.peerings} == {True}


def test_masked_it_names_no_account(typed, estate, tmp_path):
    typed("--mask-accounts", "--out", "masked.html")
    text = (tmp_path / "masked.html").read_text()
    assert [one.account for one in estate.coverage if one.account in text] == []
    assert "account-1" in text


def test_mermaid_alone_goes_to_standard_output(typed, tmp_path):
    done = typed("--mermaid", "--only", "nothing")
    assert done.stdout.startswith("%% peerkeeper map")
    assert set(re.findall(r'\|"(\w+)', done.stdout)) == {"nothing"}
    assert done.stderr.startswith("Mermaid: ")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_file_is_refused_before_anything_is_read(typed, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "estate_of", lambda asked: pytest.fail("it read the estate"))
    (tmp_path / "notes.txt").write_text("mine")
    done = typed("--out", "notes.txt")
    assert done.exit_code == 1
    assert "--force" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_wrong_word_says_what_would_be_right(typed):
    done = typed("--only", "nowhere")
    assert done.exit_code == 1
    assert "Verdicts: carries" in done.stderr
