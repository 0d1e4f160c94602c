"""From rows to a file, and what is said of it; `--only` draws a part."""

import pytest

from peerkeeper_cli.map.made_map import MapWanted, make_map
from peerkeeper_cli.map.only import OnlyError, only
from peerkeeper_cli.peerings.peering_row import Verdict
from tests.cli.map.estate import estate

AT = "2026-11-29 05:30"
MADE = estate()


def ends(row):
    return (row.requester, row.accepter)


def test_the_page_is_written_and_said_in_a_line(tmp_path):
    path = tmp_path / "map.html"
    made = make_map(MADE.rows, MADE.vpcs, MADE.coverage, MapWanted(path), at=AT)
    assert path.read_text(encoding="utf-8") == made.text
    assert made.words[0].startswith(
        f"{path}: 60 VPCs, 200 peerings (140 carries, 14 partly, 18 nothing"
    )
    assert made.words[0].endswith("1 of 13 locations could not be read in full.")
    assert [one[:30] for one in made.unread] == ["not read: account 999900001111"]
    assert "--mask-accounts" in made.words[1]


def test_a_masked_page_needs_no_such_advice(tmp_path):
    wanted = MapWanted(tmp_path / "map.html", masked=True)
    made = make_map(MADE.rows, MADE.vpcs, MADE.coverage, wanted, at=AT)
    assert len(made.words) == 1
    assert "111122223333" not in made.text
    assert made.unread[0].startswith("not read: account account-")
    assert "999900001111" not in "".join(made.unread)


def test_mermaid_goes_to_standard_output_unless_a_file_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = make_map(MADE.rows, MADE.vpcs, MADE.coverage, MapWanted(mermaid=True), at=AT)
    assert made.path is None
    assert not list(tmp_path.iterdir())
    assert any("--only" in words for words in made.words)
    named = MapWanted(tmp_path / "map.mmd", mermaid=True)
    assert make_map(MADE.rows, MADE.vpcs, MADE.coverage, named, at=AT).path == tmp_path / "map.mmd"


@pytest.mark.parametrize(
    ("words", "agrees"),
    [
        (["nothing"], lambda row: row.verdict is Verdict.NOTHING),
        (["nothing", "partly"], lambda row: row.verdict in {Verdict.NOTHING, Verdict.PARTLY}),
        (["eu-west-1"], lambda row: "eu-west-1" in {end.region for end in ends(row)}),
        (["999900001111"], lambda row: "999900001111" in {end.account for end in ends(row)}),
        (
            ["carries", "111122223333"],
            lambda row: (
                row.verdict is Verdict.CARRIES
                and "111122223333" in {end.account for end in ends(row)}
            ),
        ),
        ([], lambda _: True),
    ],
    ids=lambda value: "rows" if callable(value) else " ".join(value) or "all",
)
def test_only_draws_what_all_kinds_of_words_name(words, agrees):
    rows, vpcs = only(MADE.rows, MADE.vpcs, words)
    assert [row.id for row in rows] == [row.id for row in MADE.rows if agrees(row)]
    assert rows
    if words:
        assert {vpc.vpc_id for vpc in vpcs} <= {end.vpc_id for row in rows for end in ends(row)}


def test_only_names_every_wrong_word_and_what_would_be_right():
    with pytest.raises(OnlyError) as error:
        only(MADE.rows, MADE.vpcs, ["nothing", "nowhere", "12"])
    assert "--only nowhere, --only 12:" in str(error.value)
    assert "Verdicts: carries, partly, nothing" in str(error.value)
    assert "eu-west-1" in str(error.value)
