from collections.abc import Iterator

import pytest

from peerkeeper_local.cloud import LocalCloud
from tests.contract.fidelity.stage import OURS, SEOUL, TOKYO, Stage, stage_of


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud(OURS, (SEOUL, TOKYO)) as opened:
        yield opened


@pytest.fixture
def stage(cloud: LocalCloud) -> Stage:
    return stage_of(cloud)
