"""The commands of docs/operate/teardown.md, typed as written on the network of docs/start/two-regions.md.

Bash runs the printed scripts to the end, with the aws CLI. Only the start of the CLI is saved.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aws_forks import started_once
from tests.served import A_PROCESS, ROOT, until
from tests.shell import AWS, Shell, blocks, serving, variables

PAGE = ROOT / "docs/operate/teardown.md"
WALK = ROOT / "docs/start/two-regions.md"
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not AWS, reason="needs the aws CLI: `make test` sets it up"),
]


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    known = variables()
    with started_once(AWS, tmp_path) as folder:
        shell = Shell({**known, "PATH": f"{folder}:{known['PATH']}"}, _clone(tmp_path / "clone"))
        yield shell
        shell.close()


def _clone(folder: Path) -> Path:
    """Make a folder that looks like this one, where the page's commands may leave files."""
    folder.mkdir()
    for each in ROOT.iterdir():
        (folder / each.name).symlink_to(each)
    return folder


def typed(block: str) -> str:
    """The block as in a clone, where a list with something on it may end with 3."""
    lines = []
    for line in block.replace("\\\n", " ").splitlines():
        here = f"./{line}" if line.startswith("peerkeeper ") else line
        due = here != line and "--after" not in line
        lines.append(f"{{ {here} || test $? = 3; }}" if due else here)
    return "\n".join(lines)


def test_the_page_takes_the_seeds_network_apart(shell: Shell) -> None:
    serve, client, *walk = blocks(WALK)
    seoul, table, tokyo, images, hosts, _look, ask, status, routes, endpoint = walk[:10]
    look, run, after, vpc, witness = blocks(PAGE)
    with serving(serve.replace("--speed 10", "--speed 30").strip()):
        for block in (client, seoul, table, tokyo, images, hosts, ask):
            shell.run(block)
        assert until(lambda: "active" in shell.run(status), A_PROCESS)
        assert until(lambda: shell.run(routes).count("active") >= 2, A_PROCESS)
        shell.run(endpoint)
        said = shell.run(typed(look))
        assert "aws ec2 delete-vpc-peering-connection" in said
        said = shell.run(typed(run))
        assert re.search(r"All \d steps are done\.", said)
        assert "nothing is left" in shell.run(typed(after))
        for name in ("$S_VPC", "$T_VPC"):
            shell.run(f"VPC={name}")
            said = shell.run(typed(vpc))
            assert "aws ec2 delete-vpc " in said
            assert "nothing is left" in said
            shell.run(f"export AWS_DEFAULT_REGION=$SEOUL\n{witness}")
        left = "aws ec2 describe-vpcs --region {} --filters Name=tag:Name,Values=seoul,tokyo"
        for region in ("$SEOUL", "$TOKYO"):
            assert "vpc-" not in shell.run(left.format(region))
