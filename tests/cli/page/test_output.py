"""Only a stream that is a terminal gets colours and broken lines, and no letter is an error."""

import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

import peerkeeper_cli
from peerkeeper_cli.app import INSTALLED, operator_app
from peerkeeper_cli.commands.failure import fail
from peerkeeper_cli.page.output import console, on_terminal
from tests.cli.fake_aws import FakeAws, refuse
from tests.cli.machine import KEYS, configured

FORCED = {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "COLUMNS": "40"}
NAME = "東京の基幹ネットワーク"


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def aws(tmp_path, monkeypatch):
    """One VPC with a name in Japanese, tagged so that a plan shows it."""
    configured(tmp_path, monkeypatch, f"[profile network]\nregion = ap-northeast-2\n{KEYS}")
    monkeypatch.chdir(tmp_path)
    tags = [{"Key": "Name", "Value": NAME}, {"Key": "peerkeeper:peers", "Value": "vpc"}]
    vpc = {"VpcId": "vpc-0a1b2c3d", "OwnerId": "111122223333", "CidrBlock": "10.0.0.0/16"}
    dns = {key: {"Value": True} for key in ("EnableDnsSupport", "EnableDnsHostnames")}
    fake = FakeAws({"DescribeVpcAttribute": lambda _region: dns})
    fake.answers["DescribeVpcs"] = lambda _region: {"Vpcs": [{**vpc, "Tags": tags}]}
    fake.stand_in(monkeypatch)
    return fake


def run(*words, charset="utf-8", env=None):
    runner = CliRunner(charset=charset)
    words = (*words, "--profile", "network", "--region", "ap-northeast-2")
    return runner.invoke(operator_app(INSTALLED), [*words], env={"COLUMNS": "200", **(env or {})})


@pytest.mark.parametrize(
    "words", [("plan",), ("plan", "--blocked"), ("peerings",), ("adopt",), ("plan", "--markdown")]
)
def test_a_pipe_is_a_pipe_whatever_the_environment_says(aws, words):
    forced, usual = run(*words, env=FORCED), run(*words)
    assert "\x1b" not in forced.output
    # Without the time at which it was read.
    assert forced.stdout.splitlines()[1:] == usual.stdout.splitlines()[1:]


def test_an_error_in_a_pipe_is_plain_as_well(aws):
    done = run("plan", "--set", "Mod=full", env=FORCED)
    assert done.exit_code == 1
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("value", [":100: percent", "[red]x[/red]", "[/]"])
def test_an_error_shows_what_the_user_wrote_as_it_is(aws, value):
    done = run("plan", "--set", f"Mode={value}")
    assert f"Mode is '{value}'" in done.stderr


def test_a_failure_on_a_terminal_is_red_and_as_it_is(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with pytest.raises(BaseException, match="1"):
        fail("no :100: [red]")
    assert "no :100: [red]" in screen.getvalue()
    assert "\x1b[31m" in screen.getvalue()


@pytest.mark.parametrize("charset", ["latin-1", "cp1252", "iso2022_jp"])
@pytest.mark.parametrize("words", [("plan",), ("peerings",), ("adopt",), ("map", "--mermaid")])
def test_a_letter_that_the_stream_lacks_is_an_escape(aws, charset, words):
    done = run(*words, charset=charset)
    assert done.exit_code in (0, 3), repr(done.exception)


def test_the_name_is_escaped_where_the_stream_lacks_it(aws):
    aws.answers["DescribeRouteTables"] = refuse("UnauthorizedOperation", NAME)
    escaped = NAME.encode("latin-1", "backslashreplace").decode()
    done = run("peerings", charset="latin-1")
    assert done.exit_code == 4
    assert escaped in done.stderr
    assert NAME in run("peerings").stderr


def test_a_terminal_is_one(monkeypatch):
    assert not on_terminal()
    monkeypatch.setattr("sys.stdout", Terminal())
    assert on_terminal()
    assert console().is_terminal


def test_each_command_asks_this_module_and_not_rich():
    """rich takes a pipe for a terminal where FORCE_COLOR is set."""
    folder = Path(peerkeeper_cli.__file__).parent
    own = {"page/output.py", "page/page.py", "reader/progress.py"}
    for path in sorted(folder.rglob("*.py")):
        if str(path.relative_to(folder)) not in own:
            text = path.read_text()
            assert "Console(" not in text, path
            assert ".is_terminal" not in text, path
