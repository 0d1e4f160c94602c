"""`demo` in a pipe: 80 columns, the same lines each time, a summary, commands that work."""

import re
import subprocess
from html import unescape

import pytest

from peerkeeper_local.demo.next_commands import next_commands
from peerkeeper_local.telling.outline import MORE
from peerkeeper_local.telling.signs import PLUMBING as PLUMBING_SIGNS
from peerkeeper_local.telling.signs import SIGNS
from tests.served import HANGS, ROOT, environment, peerkeeper_local
from tests.shell import Shell, serving, variables

WIDTH = 80
VARIES = re.compile(r"\b(vpc|pcx|rtb|subnet|igw|nat|sg|acl)-[0-9a-f]{17}\b|\b\d\d:\d\d:\d\d\b")
CUT = "…"
PLUMBING = ("→", "nobody", "nothing to do", "⤷", "peerkeeper:status", "unused", "by peerkeeper-")
CLOSING = "What Peerkeeper did"


def demo(seed: str, *words: str) -> "subprocess.Popen[str]":
    """Start a demo; sets of words come in another order with each seed."""
    return subprocess.Popen(
        peerkeeper_local("demo", *words),
        env={**environment(), "PYTHONHASHSEED": seed, "COLUMNS": str(WIDTH)},
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )


@pytest.fixture(scope="module")
def runs() -> tuple[str, str, str]:
    """What three demos print: two alike, and one with the plumbing."""
    started = [demo("1"), demo("2"), demo("3", "--verbose")]
    said = [one.communicate(timeout=HANGS)[0] for one in started]
    assert [one.returncode for one in started] == [0, 0, 0]
    first, second, verbose = said
    return first, second, verbose


@pytest.fixture
def lines(runs: tuple[str, str, str]) -> list[str]:
    return runs[0].splitlines()


def masked(said: str) -> list[str]:
    return VARIES.sub("*", said).splitlines()


def row(lines: list[str], what: str) -> str:
    """The summary's row of that name, on one line."""
    (at,) = (number for number, line in enumerate(lines) if line.startswith(f"│ {what} "))
    told = [lines[at]]
    for line in lines[at + 1 :]:
        if not re.match(r"│ +│ +│", line):
            break
        told.append(line)
    return " ".join(" ".join(told).replace("│", " ").split())


def test_two_runs_differ_in_nothing_but_times_and_ids(runs: tuple[str, str, str]) -> None:
    first, second, _verbose = runs
    assert masked(first) == masked(second)
    assert first != second, "ids are random: if they were not, this would prove little"


def test_in_a_pipe_it_is_plain_and_80_columns_wide_with_ids_whole(
    runs: tuple[str, str, str],
) -> None:
    for said in runs:
        assert "\x1b" not in said
        assert [
            line for line in said.splitlines() if len(line) > WIDTH or line != line.rstrip()
        ] == []
        assert CUT not in said.replace(f"{CUT} ", "")  # `… 30 s went by` is whole
        ids = re.findall(r"\b(?:vpc|pcx|rtb|subnet)-[0-9a-f]+", said)
        assert {len(one.partition("-")[2]) for one in ids} == {17}


def test_the_first_peering_is_accepted_and_routed_within_ten_lines_of_the_story(
    lines: list[str],
) -> None:
    story = lines[next(n for n, line in enumerate(lines) if line.startswith("1/")) :][:10]
    assert any("✔ accepted seoul-tokyo" in line for line in story)
    assert any("✔ routed 10.39.0.0/16 to seoul-tokyo" in line for line in story)


PINGS = {
    "Seoul asks Tokyo for a peering": [
        "seoul and tokyo: blocked: no peering joins my-vpc and default",
        "seoul and tokyo: would reach each other",
    ],
    "Somebody deletes a route in Tokyo, and the event is lost": [
        "seoul to tokyo: no reply: default-main sends it to default-igw",
        "tokyo to seoul: blocked: default-main sends it to default-igw",
        "seoul and tokyo: would reach each other",
    ],
    "Tokyo's security group stops pings, then admits them again": [
        "seoul to tokyo: blocked: no rule of tokyo-host allows icmp echo request from seoul",
        "tokyo to seoul: would reach",
    ],
    "Seoul deletes the peering seoul-tokyo": [
        "seoul and tokyo: blocked: seoul-tokyo is deleted, not active"
    ],
    "The same in mode observe": [
        "seoul to tokyo: blocked: my-pub sends it to my-igw",
        "tokyo to seoul: blocked: default-main sends it to default-igw",
    ],
}
"""By scene: what the ping says then."""


def pings(lines: list[str]) -> dict[str, list[str]]:
    """The pings of each scene, each on one line."""
    told: dict[str, list[str]] = {}
    title = ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if found := re.match(r"\d+/\d+ (.*?) ─", line):
            title = found[1]
        if said := re.match(r"  ⇒ ping (.*)", line):
            more = after.strip() if after.startswith("    ") else ""
            told.setdefault(title, []).append(f"{said[1]} {more}".strip())
    return told


def test_the_ping_says_what_is_in_its_way_at_each_stage(lines: list[str]) -> None:
    assert pings(lines) == PINGS


def test_the_hops_of_a_ping_are_told_on_demand(runs: tuple[str, str, str]) -> None:
    first, _second, verbose = runs
    hops = re.findall(r"^    ([✓✗]) (?:back, )?(?:security|network|route|peering)", verbose, re.M)
    assert len(hops) == 7 * 2 * 9
    assert not re.search("[✓✗]", first)
    assert {"✓", "✗"} == {*hops}


def test_the_plumbing_is_told_on_demand_alone(runs: tuple[str, str, str]) -> None:
    first, _second, verbose = runs
    assert [word for word in PLUMBING if word in first] == []
    assert [word for word in PLUMBING[:-1] if word not in verbose] == []
    assert len(first.splitlines()) < 305


def signs(lines: list[str]) -> set[str]:
    """What begins a line of the story, or follows its time or function, and is no word."""
    story = lines[next(n for n, line in enumerate(lines) if line.startswith("1/")) :]
    story = story[: story.index(CLOSING)]
    first = re.compile(r"^ +(?:\d\d:\d\d:\d\d )?([^\w\s.…\"'(-])(?= )")
    return {found[1] for line in story if (found := first.match(line))}


@pytest.mark.parametrize("run", [0, 2])
def test_the_legend_has_each_sign_that_follows(runs: tuple[str, str, str], run: int) -> None:
    lines = runs[run].splitlines()
    explained = set(SIGNS) | (set(PLUMBING_SIGNS) if run else set())
    legend = lines[2 : lines.index("")]
    assert {line[at] for line in legend for at in (2, 40) if line[at : at + 1]} == explained
    assert {"✔", "!", "⇒", "●", "○", "◐"} <= signs(lines) <= explained


def test_the_gap_that_only_the_sweep_finds_waits_for_the_sweep(lines: list[str]) -> None:
    at = next(n for n, line in enumerate(lines) if line.startswith("5/"))
    told = "\n".join(lines[at : lines.index("", at)])
    lost, swept = re.findall(r"(\d\d):(\d\d):\d\d (?:●|Sweep)", told)
    assert int(swept[0]) * 60 + int(swept[1]) - int(lost[0]) * 60 - int(lost[1]) == 15
    assert "… 15 minutes went by" in told


def test_the_recording_in_the_readme_is_the_demo_of_today(lines: list[str]) -> None:
    """By its lines, without blanks, ids and times."""
    drawn: dict[str, str] = {}
    picture = (ROOT / "docs/pictures/demo.svg").read_text()
    for y, text in re.findall(
        r'<text x="[\d.]+" y="(\d+)" textLength[^>]*>([^<]*)</text>', picture
    ):
        drawn[y] = f"{drawn.get(y, '')} {unescape(text)}"
    prompt, *told = ("".join(line.split()) for line in masked("\n".join(drawn.values())))
    assert prompt == "$makedemo"
    assert told == [said for line in masked("\n".join(lines)) if (said := "".join(line.split()))]


def test_no_long_sentence_is_said_twice(lines: list[str]) -> None:
    """A finding and the status tag of its peering once said the same 250 characters."""
    story = " ".join(" ".join(lines[: lines.index(CLOSING)]).split())
    reasons = re.findall(r"waits: .{60}", story)
    assert len(reasons) == len(set(reasons)) == 3


def test_the_summary_says_what_happened(lines: list[str]) -> None:
    """tests/integration/test_story.py holds the counts to the calls that EC2 got."""
    assert row(lines, "accepted") == "accepted 2 requests seoul-tokyo seoul-lab"
    assert row(lines, "routed") == "routed 10 routes seoul-lab: 4 seoul-tokyo: 6"
    assert "seoul-lab, accepted later: our side has not agreed" in row(lines, "held")
    assert "foreign, pending-acceptance: account 444455556666" in row(lines, "held")
    assert row(lines, "carrying").endswith("seoul-lab seoul-tokyo, until it was deleted")
    assert "100.64.0.0/16 in nat-table" in row(lines, "in part only")
    assert "foreign: pending-acceptance overlapping: failed" in row(lines, "not carrying")
    assert row(lines, "repaired").endswith("my-pub, by its event default-main, by the sweep")
    assert row(lines, "cleaned") == "cleaned 6 routes seoul-tokyo: 6"
    assert row(lines, "mode observe").startswith("mode observe 0 writes")
    story = lines[: lines.index(CLOSING)]
    routed = sum("✔ routed" in line for line in story)
    assert routed == 10 + 2


def test_the_page_that_it_names_is_there(lines: list[str]) -> None:
    assert (ROOT / lines[-1].split()[-1]).is_file()


def test_a_command_in_a_finding_can_be_copied(lines: list[str]) -> None:
    whole = "\n".join(lines).replace(f"{MORE}\n", " ")
    commands = re.findall(r"^ +(aws ec2 create-tags .*)$", whole, re.MULTILINE)
    assert len(commands) == 4
    for command in commands:
        shown = subprocess.run(
            ["bash", "-c", f"printf '%s\\n' {command}"], text=True, capture_output=True, check=True
        ).stdout.splitlines()
        assert shown[:4] == ["aws", "ec2", "create-tags", "--region"]
        assert shown[-1].startswith("Key=peerkeeper:")


@pytest.mark.enable_socket
def test_the_next_commands_work_as_they_are_printed(
    lines: list[str],
) -> None:
    printed = [line.strip() for line in lines if line.startswith(("  ./peerkeeper ", "  eval "))]
    assert printed == [command for command, _ in next_commands("./peerkeeper")]
    serve, client, *looks = printed
    shell = Shell(variables(), ROOT)
    try:
        with serving(serve):
            # 4: the estate has peers in accounts that nobody here may read.
            shell.run(client)
            plan, drawn = (shell.run(f"{look} || test $? = 4") for look in looks)
            shell.run("rm peerkeeper-map.html")
    finally:
        shell.close()
    assert "Plan in mode full" in plan
    assert "peerkeeper-map.html: 66 VPCs" in drawn
