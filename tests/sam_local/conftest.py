"""`sam local invoke` on a real engine. In: a built package, an engine. `make sam-local` is the door."""

import json
import os
import subprocess
from ipaddress import ip_network
from pathlib import Path

import pytest

from tests.served import HANGS, ROOT

BUILT = os.environ.get("SAM_BUILT", "")
WHY = "needs a container engine and the built package: `make sam-local` runs it"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests; skip them, saying why, unless `make sam-local` runs them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.enable_socket)
            if not BUILT:
                item.add_marker(pytest.mark.skip(reason=WHY))


@pytest.fixture(scope="session")
def bridge() -> str:
    """The address at which a container of the engine's bridge reaches this host."""
    shown = subprocess.run(
        ["docker", "network", "inspect", "bridge"], text=True, capture_output=True, check=True
    )
    config = json.loads(shown.stdout)[0]["IPAM"]["Config"][0]
    return config.get("Gateway") or str(next(ip_network(config["Subnet"]).hosts()))


def invoke(function: str, event: str, variables: dict[str, str], *more: str):
    """Run one event through the function in a container; return its reply, and what was logged.

    sam ends with 0 whatever the handler did, so only the reply tells.
    """
    command = [os.environ["SAM"], "local", "invoke", function, "--template", BUILT]
    done = subprocess.run(
        [*command, "--event", f"events/{event}.json", *more],
        env=variables | {name: os.environ[name] for name in os.environ if name.startswith("SAM_")},
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=False,
    )
    assert done.stdout.strip(), done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr
