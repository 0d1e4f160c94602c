"""The whole walk of docs/start/two-regions.md, typed as it is written, against a served cloud.

Only the start of the CLI is saved: its program runs once, and answers each command in a fork.
"""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aws_forks import started_once
from tests.served import A_PROCESS, ROOT, until
from tests.shell import AWS, Shell, blocks, serving, variables

PAGE = ROOT / "docs/start/two-regions.md"
PUBLIC = re.compile(r"running\t10\.30\.1\.4\t\d")
"""A host that runs, the first address of its subnet, and a public one."""
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not AWS, reason="needs the aws CLI: `make test` sets it up"),
]


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    known = variables()
    with started_once(AWS, tmp_path) as folder:
        shell = Shell({**known, "PATH": f"{folder}:{known['PATH']}"}, ROOT)
        yield shell
        shell.close()


def test_the_whole_walk_works_as_written(shell: Shell) -> None:
    serve, client, *walk = blocks(PAGE)
    began = time.monotonic()
    with serving(serve.strip()):
        shell.run(client)
        seoul, table, tokyo, images, hosts, look, ask, status, routes, endpoint, ping, *teardown = (
            walk
        )
        for block in (seoul, table, tokyo, images, hosts):
            shell.run(block)
        assert until(lambda: PUBLIC.search(shell.run(look)), A_PROCESS)
        shell.run(ask)
        assert until(lambda: "active" in shell.run(status), A_PROCESS)
        assert until(lambda: routed(shell.run(routes)), A_PROCESS)
        assert "com.amazonaws.ap-northeast-2.s3\tavailable" in shell.run(endpoint)
        assert shell.run(ping).count("4 packets, 4 would come back, 0% loss: would reach") == 2
        order, end, gone, after, refused, inside, outside, vpcs = teardown
        printed = shell.run(f"{order.strip()} || test $? = 3")
        assert "aws ec2 delete-vpc-peering-connection" in printed
        assert printed.index("terminate-instances") < printed.index("delete-subnet")
        shell.run(end)
        assert until(lambda: not shell.run(gone).strip(), A_PROCESS)
        assert "nothing is left" in shell.run(after)
        assert "DependencyViolation" in shell.run(refused)
        assert shell.run(inside).count("shutting-down") == 2
        shell.run(outside)
        shell.run(vpcs)
        left = "aws ec2 describe-vpcs --region $SEOUL --filters Name=tag:Name,Values=seoul,tokyo"
        assert "vpc-" not in shell.run(left)
    calls = sum(block.count("aws ec2") for block in walk)
    took = time.monotonic() - began
    sys.stdout.write(f"{calls} calls on the page, {took:.0f} s from serve to the last VPC\n")


def routed(said: str) -> bool:
    """Whether both sides show an active route to the other network."""
    return all(f"{cidr}\tactive" in said for cidr in ("10.40.0.0/16", "10.30.0.0/16"))
