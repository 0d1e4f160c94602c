"""What never ends: a peering that stays provisioning, a tool that takes our route away again and again."""

import pytest

from peerkeeper_local.cloud import Delays
from peerkeeper_local.story.stage import SEOUL
from tests.integration.pair import QUICK, Pair

NEVER = Delays(initiating=0.0, provisioning=1e9, deleting=0.0)


@pytest.fixture
def pair(request):
    with Pair("full", request.param) as opened:
        yield opened


def still_waiting(pair):
    found = [f for run in pair.runs for f in run.report["findings"]]
    return [finding for finding in found if finding["code"] == "still-waiting"]


@pytest.mark.parametrize("pair", [NEVER], indirect=True)
def test_a_peering_that_stays_provisioning_is_routed_and_found_after_its_relooks_and_each_sweep(
    pair,
):
    pair.agree()
    pair.ask()
    pair.pump.advance(8 * 60)
    assert len(pair.to_peering()) == 2
    assert still_waiting(pair) == []
    pair.pump.advance(60)
    found = still_waiting(pair)
    assert {finding["subject"] for finding in found} == {pair.id("pcx")}
    assert all("provisioning" in finding["message"] for finding in found)
    pair.runs.clear()
    pair.pump.advance(3600)
    assert pair.runs == []  # nothing waits in a loop
    pair.pump.sweep()
    pair.pump.advance(10 * 60)
    assert still_waiting(pair)
    assert not any(run.writes for run in pair.runs)


@pytest.mark.parametrize("pair", [QUICK], indirect=True)
def test_a_route_taken_away_again_and_again_is_put_back_once_each_time(pair):
    pair.peer()
    pair.runs.clear()
    for _ in range(5):
        pair.ec2(SEOUL).delete_route(
            RouteTableId=pair.id("seoul-main"), DestinationCidrBlock="172.31.0.0/16"
        )
        pair.pump.advance(60)
        assert len(pair.to_peering()) == 2
    pair.pump.advance(600)
    made = [call.action for run in pair.runs for call in run.writes]
    assert made == ["CreateRoute"] * 5
