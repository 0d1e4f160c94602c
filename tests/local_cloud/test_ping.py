"""`ping`: both ways of the story's hosts, as ping prints; what is no host is refused with its remedy."""

import io
import re
from collections.abc import Iterator

import pytest
from peerkeeper.values.traffic import traffic
from rich.console import Console
from typer.testing import CliRunner

from peerkeeper_cli.page.page import Page
from peerkeeper_cli.reach.reached import Reached, reached
from peerkeeper_cli.reach.word import word
from peerkeeper_local.cli import _app
from peerkeeper_local.demo.read_stage import opened_on
from peerkeeper_local.demo.stage_ask import StageAsk
from peerkeeper_local.ping.hosts import PingError, refuse_networks
from peerkeeper_local.ping.show import show
from peerkeeper_local.story import SCENES, Stage, prepare
from peerkeeper_local.story.hosts import HOSTS, pings_from
from peerkeeper_local.story.stage import EVERYWHERE

MORE = "./peerkeeper reach seoul tokyo icmp"
RAN = CliRunner()


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Stage("full", **EVERYWHERE) as opened:
        prepare(opened)
        SCENES[0].play(opened)
        yield opened


def asked(stage: Stage, source: str = "seoul", target: str = "tokyo") -> Reached:
    words = word(source), word(target)
    return reached(*words, traffic("icmp"), opened_on(stage, "reach"), StageAsk(stage))


def shown(found: Reached, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width, force_terminal=True, no_color=True)
    show(Page(console), found, MORE)
    said = console.file.getvalue()
    return re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines()


def test_both_ways_are_told_hop_by_hop_with_a_count_of_packets(stage: Stage) -> None:
    lines = shown(asked(stage))
    assert [line for line in lines if line.startswith("PING")] == [
        "PING tokyo (172.31.32.4) from seoul (10.39.0.4): judged, no packet is sent",
        "PING seoul (10.39.0.4) from tokyo (172.31.32.4): judged, no packet is sent",
    ]
    assert sum(line.startswith("    ✓ ") for line in lines) == 18
    assert lines.count("4 packets, 4 would come back, 0% loss: would reach") == 2
    assert not any("✗" in line or MORE in line for line in lines)


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_id_is_broken(stage: Stage, width: int) -> None:
    lines = shown(asked(stage), width)
    assert max(map(len, lines)) <= width
    ids = re.findall(r"\b(?:acl|rtb|sg|pcx|vpc|igw)-[0-9a-f]+", "\n".join(lines))
    assert {len(one.partition("-")[2]) for one in ids} == {17}


def test_a_group_stops_the_request_and_not_the_reply(stage: Stage) -> None:
    tokyo = HOSTS[1]
    sent = {"GroupId": stage.id(tokyo.group), "IpPermissions": [pings_from(tokyo.peer)]}
    ec2 = stage.ec2(tokyo.region)
    ec2.revoke_security_group_ingress(**sent)
    try:
        found = asked(stage)
        lines = shown(found)
    finally:
        ec2.authorize_security_group_ingress(**sent)
    assert found.exit_code == 3
    (stopped,) = (number for number, line in enumerate(lines) if "✗" in line)
    words = " ".join(" ".join(lines[stopped : stopped + 2]).split())
    assert words.startswith(f"✗ security groups, in no rule of {sent['GroupId']} allows icmp")
    assert "4 packets, 0 would come back, 100% loss: blocked at 1 of 9 hops" in lines
    assert "4 packets, 4 would come back, 0% loss: would reach" in lines
    assert f"  {MORE}" in lines


def test_a_host_is_named_by_its_name_id_or_address_and_told_as_it_was_typed(stage: Stage) -> None:
    instance = stage.id("seoul")
    for source, told in (("10.39.0.4", "10.39.0.4"), (instance, f"{instance} (10.39.0.4)")):
        found = asked(stage, source)
        assert found.exit_code == 0
        heading = shown(found)[0]
        assert heading.startswith(f"PING tokyo (172.31.32.4) from {told}"), heading


def test_a_vpc_found_by_its_name_is_no_host(stage: Stage) -> None:
    there = asked(stage, "my-vpc").there
    assert there
    with pytest.raises(PingError, match=r'"my-vpc" is a VPC: a ping goes to a host; `reach`'):
        refuse_networks((there.source, there.target))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("seoul", "seoul"), ["FROM and TO are both seoul: name two hosts"]),
        (("10.0.0.0/8", "rtb-0123456789abcdef0"), ["FROM: 10.0.0.0/8", "TO: rtb-"]),
        (("subnet-0123456789abcdef0", "tokyo"), ["is a subnet: a ping goes to a host"]),
        (("seoul", "tokyo", "--endpoint", "localhost:1"), ["write http://"]),
        pytest.param(
            ("seoul", "tokyo", "--endpoint", "http://127.0.0.1:1"),
            ["`./peerkeeper serve`"],
            marks=pytest.mark.enable_socket,
        ),
    ],
)
def test_what_is_wrong_is_said_at_once_with_what_helps(
    words: tuple[str, ...], said: list[str]
) -> None:
    done = RAN.invoke(_app("./peerkeeper"), ["ping", *words])
    assert done.exit_code in (1, 2)
    plain = " ".join(re.sub("[│╭╮╰╯─]", " ", done.output).split())
    for each in said:
        assert each in plain
