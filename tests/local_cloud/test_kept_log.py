"""The functions' log says truly how far it goes back, also where a seed made a past."""

import time

import pytest

from peerkeeper_local.seeds.open_stage import OpenStage
from peerkeeper_local.seeds.seed import Seed, Wanted
from peerkeeper_local.seeds.sow import sow


@pytest.mark.parametrize("seed", [Seed.NONE, Seed.EVENTS])
def test_the_log_of_a_young_cloud_begins_when_its_functions_do(seed):
    before = time.time()
    with OpenStage("full") as stage:
        assert stage.cloud.clock.now() < before
        sow(stage, Wanted(seed))
        said = stage.log.about("pcx-")
        assert said == {"since": stage.cloud.clock.now(), "lines": []}
        assert said["since"] >= before
        stage.pump.advance(60)
        assert stage.log.about("pcx-")["since"] == said["since"]
