"""Fleet sweeps that go wrong as a whole, and what they do not ask for."""

import pytest
from peerkeeper.fleet_sweep.summary import NO_RESULT

from tests.state_machine.organization import calls_of_ours, stage_of
from tests.state_machine.stage import SEOUL, SEVENTEEN, TOKYO, FleetStage, deny


def test_more_failures_than_are_tolerated_fail_the_execution_and_are_told_all_the_same():
    with FleetStage({"Regions": f"{SEOUL},{TOKYO}"}) as stage:
        deny(stage, SEOUL)
        deny(stage, TOKYO)
        ended = stage.run()
        assert ended["status"] == "FAILED"
        assert ended["error"] == "Peerkeeper.SweepFailed"
        assert ended["cause"].startswith("States.ExceedToleratedFailureThreshold")
        (event,) = stage.events()
        assert event["detail"]["tolerated"] is False
        assert event["detail"]["error"].startswith("States.ExceedToleratedFailureThreshold")
        assert event["detail"]["locations"]["failed"] == 2


def test_a_fleet_of_regions_that_nobody_can_turn_off_asks_its_own_account_alone():
    with stage_of(reachable=3) as stage:
        assert stage.run()["status"] == "SUCCEEDED"
        assert stage.asked_regions == [stage.cloud.account]


def test_once_too_many_have_failed_no_further_location_is_begun():
    with FleetStage({"Regions": ",".join(SEVENTEEN)}) as stage:
        for region in SEVENTEEN:
            deny(stage, region)
        assert stage.run()["status"] == "FAILED"
        locations = stage.document("latest.json")["locations"]
        # Nine of seventeen are more than half; seven more may be under way by then.
        assert 9 <= locations["failed"] <= 16
        assert locations == {
            "done": 0,
            "failed": locations["failed"],
            "pending": 17 - locations["failed"],
            "skipped": 0,
        }


@pytest.mark.parametrize(("lost", "status"), [({TOKYO}, "SUCCEEDED"), ({SEOUL, TOKYO}, "FAILED")])
def test_a_location_without_a_result_has_failed_and_more_than_half_fail_the_execution(lost, status):
    with FleetStage({"Regions": f"{SEOUL},{TOKYO}"}) as stage:
        stage.interpreter.lost = lost
        ended = stage.run()
        assert ended["status"] == status
        summary = stage.document("latest.json")
        count = {"done": 2 - len(lost), "failed": len(lost), "pending": 0, "skipped": 0}
        assert summary["locations"] == count
        assert {each["why"] for each in summary["failed"]} == {NO_RESULT}
        assert summary["tolerated"] is (status == "SUCCEEDED")
        (event,) = stage.events()
        assert event["detail"]["locations"] == count
        if status == "FAILED":
            assert ended["cause"].startswith("2 of 2 locations that were listed have no result")


def test_a_function_that_raises_fails_its_own_location_alone():
    with FleetStage({"Regions": f"{SEOUL},{TOKYO}"}) as stage:
        stage.crashing = {TOKYO}
        assert stage.run()["status"] == "SUCCEEDED"
        summary = stage.document("latest.json")
        (failed,) = summary["failed"]
        assert failed["location"] == f"{stage.cloud.account}/{TOKYO}"
        assert failed["why"].startswith("Runtime.ExitError")
        assert summary["locations"]["done"] == 1


def test_lambdas_own_trouble_is_tried_again():
    with FleetStage({"Regions": SEOUL}) as stage:
        stage.throttled = 2
        assert stage.run()["status"] == "SUCCEEDED"
        assert stage.throttled == 0
        assert stage.document("latest.json")["locations"]["done"] == 1


def test_no_more_are_swept_at_once_than_the_definition_says():
    with FleetStage({"Regions": ",".join(SEVENTEEN)}) as stage:
        stage.interpreter.together = 2
        assert stage.run()["status"] == "SUCCEEDED"
        assert 1 < stage.interpreter.most_running <= 8
        assert stage.document("latest.json")["locations"]["done"] == len(SEVENTEEN) == 17


def test_a_roll_out_that_reached_one_account_sweeps_that_one():
    """Three of four accounts hold no role of ours yet: more than half, and nothing is wrong with the hub."""
    with stage_of(reachable=1) as stage:
        assert stage.run()["status"] == "SUCCEEDED"
        summary = stage.document("latest.json")
        assert summary["locations"] == {"done": 4, "failed": 6, "pending": 0, "skipped": 0}
        assert summary["tolerated"] is True
        assert {call.account for call in calls_of_ours(stage)} == {
            stage.cloud.account,
            *stage.spokes,
        }
