"""Lines of the demo hang, words stay whole, and a command can be copied."""

import io
import shlex

import pytest
from rich.console import Console

from peerkeeper_local.telling.outline import Outline, broken

ID = "pcx-0c0ffee0c0ffee001"
COMMAND = (
    f"aws ec2 create-tags --region ap-northeast-1 --resources {ID} "
    "--tags 'Key=peerkeeper:peers,Value=self vpc-0a39a39a39a39a391'"
)


def printed(width, tell):
    file = io.StringIO()
    tell(Outline(Console(file=file, width=width), 0, width))
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_what_wraps_goes_on_under_its_words_and_no_id_is_broken(width):
    words = f"[dim]09:00:00[/] [bold]{ID}[/] " + "waits-for an answer " * 9 + ID
    first, *rest = printed(width, lambda outline: outline.line(words, indent=4, hang=9))
    assert first.startswith(f"    09:00:00 {ID[:3]}")
    assert rest
    assert all(line.startswith(" " * 13) and line[13] != " " for line in rest)
    assert all(len(line) <= width and line == line.rstrip() for line in (first, *rest))
    assert " ".join(" ".join((first, *rest)).split()).count(ID) == 2


@pytest.mark.parametrize("width", [30, 66, 110, 200])
def test_a_command_is_broken_before_options_alone_and_stays_the_same_command(width):
    pieces = [*broken(COMMAND, width)]
    assert all(piece.startswith("--") for piece in pieces[1:])
    assert shlex.split("\n".join(pieces).replace("\\\n", "")) == shlex.split(COMMAND)
    assert (len(pieces) == 1) is (len(COMMAND) <= width)


def test_on_a_terminal_there_are_colours_and_with_no_color_there_are_none(monkeypatch):
    def shown():
        file = io.StringIO()
        Outline(Console(file=file, force_terminal=True, width=80), 0, 80).line(
            "[red]x[/]", indent=0
        )
        return file.getvalue()

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[31m" in shown()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in shown()
