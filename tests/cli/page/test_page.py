"""What every command prints with: words wrap between words, commands stay whole, colours have words."""

import io
import textwrap

import pytest
from rich.cells import cell_len
from rich.console import Console

from peerkeeper_cli.page.page import Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.page.wrapped import wrapped


def printed(width, terminal=True, before="", **how):
    console = Console(
        file=io.StringIO(), width=width, force_terminal=terminal, color_system=None, **how
    )
    return console, Page(console, before)


def test_words_wrap_under_their_own_beginning_and_no_id_is_cut():
    console, page = printed(40)
    page.line("route 10.0.0.0/16 in rtb-0a39a39a39a39a301 of a VPC", steps=1, sign="+", hang=2)
    lines = console.file.getvalue().splitlines()
    assert lines[0].startswith("  + route")
    assert lines[1].startswith("      ")
    assert any("rtb-0a39a39a39a39a301" in line for line in lines)


def test_an_id_that_is_wider_than_the_terminal_stays_whole():
    console, page = printed(10)
    page.line("rtb-0a39a39a39a39a301")
    assert "rtb-0a39a39a39a39a301" in console.file.getvalue()


def test_a_pipe_wraps_nothing_and_has_no_colours():
    console, page = printed(20, terminal=False)
    page.line("word " * 40)
    assert len(console.file.getvalue().splitlines()) == 1


def test_commands_in_advice_stand_alone_and_whole():
    console, page = printed(40)
    page.advice("do this: aws ec2 create-tags --region x --tags 'Key=a,Value=b c'; or that")
    lines = [line.strip() for line in console.file.getvalue().splitlines()]
    assert lines == [
        "do this:",
        "aws ec2 create-tags --region x --tags 'Key=a,Value=b c'",
        "or that",
    ]


def test_in_a_script_words_are_comments_and_commands_are_not():
    console, page = printed(80, terminal=False, before="# ")
    page.heading("In account 1")
    page.command("aws ec2 create-tags")
    assert console.file.getvalue().splitlines() == ["", "# In account 1", "aws ec2 create-tags"]


def test_columns_are_as_wide_as_their_widest_cell_in_any_script():
    console, page = printed(80)
    page.table([("東京", "read", "a"), ("x", "denied", "b")])
    first, second = console.file.getvalue().splitlines()
    assert first.index("read") == 4  # two wide letters, two blanks
    assert second.index("denied") == 6


def test_names_in_wide_letters_fit_the_terminal_and_ids_stay_whole():
    name, id_ = "東京の基幹ネットワークと大阪の予備のネットワーク", "vpc-0a39a39a39a39a391"
    console, page = printed(80)
    words = f'{id_} "{name}" (10.0.0.0/16) in 111122223333/ap-northeast-1, {id_} "{name}"'
    page.line(words, steps=1, sign="+", hang=2)
    page.heading(words)
    page.table([("東京", "read", words)], steps=1)
    page.row(("agreed", "carries", words), steps=1)
    said = console.file.getvalue()
    assert max(map(cell_len, said.splitlines())) <= 80
    assert said.count(id_) == 8
    assert "".join(said.split()).count(name) == 8


def test_a_name_without_blanks_breaks_between_its_letters_and_keeps_its_quotes():
    lines = [*wrapped(f'"{"東" * 30}" next', 24, "", "  ")]
    assert lines[0] == f'"{"東" * 11}'
    assert [cell_len(line) for line in lines] == [23, 24, 24]
    assert lines[-1] == f'  {"東" * 8}" next'


@pytest.mark.parametrize("columns", [10, 24, 40])
@pytest.mark.parametrize(
    "words",
    [
        "one two  three   four",
        "   a word-with-hyphens and rtb-0a39a39a39a39a301, then",
        "x" * 50 + "   y",
        " ",
    ],
)
def test_narrow_words_wrap_as_the_library_wraps_them(columns, words):
    usual = textwrap.wrap(
        words,
        columns,
        initial_indent="  + ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert [*wrapped(words, columns, "  + ", "    ")] == usual


def test_what_steers_a_terminal_or_turns_the_writing_is_gone():
    assert shown("a\x1b[2Jb\nc\u202ed\u2028e", 40) == "a [2Jb c d e"
    assert shown("東京 café", 40) == "東京 café"
    assert shown("x" * 50, 10) == "xxxxxxx..."
