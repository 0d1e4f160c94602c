"""The `sam` commands of docs/start/local-cloud.md, as written."""

import json
from collections.abc import Iterator

import pytest

from tests.served import ROOT
from tests.shell import Shell, blocks, serving, variables


@pytest.fixture
def shell() -> Iterator[Shell]:
    shell = Shell(variables(), ROOT)
    yield shell
    shell.close()
    (ROOT / "env.json").unlink(missing_ok=True)


def test_the_pages_sam_commands_invoke_real_functions(shell: Shell, bridge: str) -> None:
    serve, run = blocks(ROOT / "docs/start/local-cloud.md")[-2:]
    assert bridge in serve, f"the page's bridge is another than this engine's, {bridge}"
    with serving(serve.strip()):
        said = shell.run(run)
    replies = [json.loads(line) for line in said.splitlines() if line.startswith('{"function"')]
    reports = [reply for reply in replies if "_aws" not in reply]
    invoked = [line for line in run.splitlines() if line.startswith("sam local")]
    assert [report["mode"] for report in reports] == ["full"] * len(invoked)
