"""The commands of the README and of docs/start/local-cloud.md do, as written, what the pages say."""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import A_PROCESS, ROOT, until
from tests.shell import AWS, Shell, blocks, serving, variables

PAGE = ROOT / "docs/start/local-cloud.md"
PATH_OF_A_NEWCOMER = 4
"""Blocks of the page's first section."""
FLEET = 3
"""Blocks about a peering between two accounts."""
ESTATE = 2
"""Blocks about the large estate."""
BREAK = "\\\n"
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not AWS, reason="needs the aws CLI: `make test` sets it up"),
]


@pytest.fixture
def shell() -> Iterator[Shell]:
    shell = Shell(variables(), ROOT)
    yield shell
    shell.close()


def test_a_newcomer_gets_a_routed_peering_by_typing_the_page(shell: Shell) -> None:
    start, ask, look, *_ = blocks(PAGE)
    make, serve = start.strip().splitlines()
    assert make == "make demo"  # .ci/run runs it, on a clean clone
    began = time.monotonic()
    with serving(serve):
        shell.run(ask)
        assert until(lambda: "pcx-" in shell.run(look), A_PROCESS)
        seoul = look.replace("ap-northeast-1", "ap-northeast-2").replace("$B", "$A")
        assert until(lambda: "pcx-" in shell.run(seoul), A_PROCESS)
    typed = [line for line in f"{start}{ask}{look}".splitlines() if line[0] != " "]
    took = time.monotonic() - began
    sys.stdout.write(f"{len(typed)} commands, {took:.0f} s from serve to both routes\n")
    assert len(typed) + len(["git clone", "cd"]) <= 10


def test_the_other_commands_of_the_page_work_as_written(shell: Shell) -> None:
    """Among them a peering between two accounts, which is routed on the other side too."""
    _start, ask, _look, fleet, pair, other_side, assume, *rest = blocks(PAGE)
    dump, invoke, *_sam = rest[ESTATE:]
    with serving(f"{fleet.replace(BREAK, ' ').strip()} --speed 30"):
        shell.run(pair)
        assert until(lambda: "pcx-" in shell.run(other_side), A_PROCESS)
        shell.run(ask.splitlines()[0])
        assert "SessionToken" in shell.run(assume)
        shell.run(dump)
        assert '"peerkeeper": 1' in shell.run("head -3 cloud.json; rm cloud.json")
        said = shell.run(invoke)
        assert "✔ accepted pcx-" in said
        assert '"function": "Sweep"' in said


def test_the_large_estate_can_be_planned_by_typing_the_page(shell: Shell) -> None:
    serve, look = blocks(PAGE)[PATH_OF_A_NEWCOMER - 1 + FLEET + 1 :][:ESTATE]
    with serving(serve.strip()):
        client, *looks = look.strip().splitlines()
        shell.run(client)
        said = [shell.run(f"{line} || test $? = 4") for line in looks]
        plan, peerings, drawn = said
        assert "peerkeeper-map.html" in shell.run(
            "ls peerkeeper-map.html && rm peerkeeper-map.html"
        )
    assert "4 accounts, 3 regions, 60 VPCs" in plan
    assert "888899990000" in plan
    assert "denied" in plan
    assert "lab-1-to-warehouse" in peerings
    assert "66 VPCs" in drawn


def test_a_dumped_cloud_is_served_again(shell: Shell, tmp_path: Path) -> None:
    start, ask, *_ = blocks(PAGE)
    serve = start.strip().splitlines()[-1]
    file = tmp_path / "cloud.json"
    with serving(serve):
        shell.run(ask)
        shell.run(f"./peerkeeper dump > {file}")
    with serving(f"{serve} --seed {file}"):
        shell.run(ask.splitlines()[0])
        shown = "aws ec2 describe-vpcs --region ap-northeast-2 --vpc-ids $A --query Vpcs[].VpcId"
        assert "vpc-" in shell.run(shown)


def test_every_block_of_the_page_is_run_by_some_test() -> None:
    serve, run = blocks(PAGE)[-2:]
    assert len(blocks(PAGE)) == PATH_OF_A_NEWCOMER - 1 + FLEET + ESTATE + 5
    assert re.match(r"\./peerkeeper serve .*--env-file env.json", serve)
    assert "sam local invoke" in run  # tests/sam_local runs these two
