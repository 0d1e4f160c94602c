"""The templates, deployed on an AWS engine that nobody here wrote. `make deployed` is the door.

One engine serves all tests; each fixture goes on where the one before it left off, as an operator does.
"""

import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.deployed.compared import facts
from tests.deployed.deploy import (
    BOUNDARY,
    EVERYTHING_ON,
    RIGHTS,
    Deployed,
    deploy_by_address,
    deploy_hub,
    deploy_spoke,
)
from tests.deployed.engine import Engine, running
from tests.deployed.places import HUB, OTHER, ROOT, SEOUL, TOKYO
from tests.deployed.released import Release, released
from tests.figures import said

HERE = Path(__file__).parent
NAME = os.environ.get("ENGINE", "")
WHY = "needs an AWS engine of its own: `make deployed` installs and starts one"
OTHER_ENGINE = "asks for another engine: `make deployed ENGINE={}`"
LAST = "test_leaving.py"
FIGURE = "deployed"
BEGAN = time.monotonic()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests; skip them, saying why, unless `make deployed` runs them. What deletes
    comes last.
    """
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.enable_socket)
        wanted = "localstack" if item.path.name == "test_loop.py" else "ministack"
        if not NAME:
            item.add_marker(pytest.mark.skip(reason=WHY))
        elif wanted != NAME:
            item.add_marker(pytest.mark.skip(reason=OTHER_ENGINE.format(wanted)))
    items.sort(key=lambda item: item in ours and item.path.name == LAST)


@dataclass(frozen=True)
class Compared:
    """A stack, and every fact of it as it was just after it was deployed: (logical id, fact, the
    engine's, ours).
    """

    stack: Deployed
    facts: tuple[tuple[str, str, Any, Any], ...]


def compared(stack: Deployed) -> Compared:
    return Compared(stack, tuple(facts(stack)))


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine of this run, empty at first. Where it does not start, its last words fail the test."""
    home = tmp_path_factory.mktemp(NAME)
    with running(NAME, Path(os.environ["ENGINE_PYTHON"]), home) as one:
        yield one


@pytest.fixture(scope="session")
def by_default(engine: Engine) -> Compared:
    """The hub as `sam deploy` makes it where nobody says anything."""
    return compared(deploy_hub(engine, {}))


@pytest.fixture(scope="session")
def release(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """What `make package` makes, in a bucket of the hub's account."""
    made = released(tmp_path_factory.mktemp("package"))
    made.upload(engine)
    return made


@pytest.fixture(scope="session")
def everything_on(by_default: Compared, release: Release) -> Compared:
    """The same stack, updated to a release by the address of its template."""
    engine = by_default.stack.engine
    for topic in ("NoticeTopicArn", "AlarmTopicArn"):
        engine.client("sns").create_topic(Name=EVERYTHING_ON[topic].rpartition(":")[2])
    for account in (HUB, OTHER):
        text = (ROOT / "docs/policies" / f"{BOUNDARY}.json").read_text()
        iam = engine.client("iam", account=account)
        iam.create_policy(PolicyName=BOUNDARY, PolicyDocument=text)
    return compared(deploy_by_address(engine, f"{release.address}/template.yaml", EVERYTHING_ON))


@pytest.fixture(scope="session")
def spokes(everything_on: Compared) -> tuple[Compared, ...]:
    """The hub's account in another region, and another account in both."""
    hub = everything_on.stack
    wanted = ((HUB, TOKYO, {}), (OTHER, SEOUL, RIGHTS), (OTHER, TOKYO, RIGHTS))
    return tuple(compared(deploy_spoke(hub.engine, hub.ours, *one)) for one in wanted)


@pytest.fixture
def figure(record_property: Any) -> Callable[[str], None]:
    """Say a line of the table at the end."""
    return lambda words: record_property(FIGURE, words)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    lines = said(terminalreporter, FIGURE)
    if not lines:
        return
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in spent)
    terminalreporter.section(f"deployed on {NAME}")
    for line in lines:
        terminalreporter.write_line(line)
    terminalreporter.write_line(
        f"{time.monotonic() - BEGAN:.0f} s in all, {cpu:.0f} s of them on a processor"
    )
