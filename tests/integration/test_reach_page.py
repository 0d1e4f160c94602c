"""The commands of docs/operate/reach.md do, as written, what the page says."""

import re
from collections.abc import Iterator

import pytest

from tests.served import A_PROCESS, ROOT, until
from tests.shell import AWS, Shell, blocks, serving, variables

PAGE = ROOT / "docs/operate/reach.md"
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not AWS, reason="needs the aws CLI: `make test` sets it up"),
]


@pytest.fixture
def shell() -> Iterator[Shell]:
    shell = Shell(variables(), ROOT)
    yield shell
    shell.close()


def test_a_group_and_an_acl_that_change_between_two_asks_change_the_answer(shell: Shell) -> None:
    serve, build, before, ask, routed, opened, deny, last = blocks(PAGE)

    def stopped(command: str, code: int = 3) -> list[str]:
        """Ask; return the hops of the way that was asked about that do not pass."""
        said = shell.run(f"{command.strip()} || test $? = {code}")
        found = (line.split("\t") for line in said.splitlines() if line.startswith("asked\t"))
        return [f"{way}: {hop}" for _, _, way, hop, state, _ in found if hop and state == "blocked"]

    with serving(serve.strip()):
        shell.run(build)
        group = "there: security groups, in"
        assert stopped(before) == [
            "there: route table",
            "there: peering connection",
            group,
            "back: route table",
        ]
        shell.run(ask)
        assert until(lambda: stopped(routed) == [group], A_PROCESS)
        assert ": would reach, as read at" in shell.run(opened)
        shell.run(deny)
        host, matrix = last.strip().splitlines()
        assert stopped(host) == ["back: network ACL, out"]
        said = shell.run(f"{host} || test $? = 3")
        assert re.search(r"back\tnetwork ACL, out\tblocked\tacl-\w+, egress entry 90", said)
        table = shell.run(f"{matrix} || test $? = 3")
        assert "\t10.30.0.0/24\t" in table
        assert "\tblocked\tacl-" in table
