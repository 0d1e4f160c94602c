"""Fleet sweeps that go wrong as a whole, and what they do not ask for."""

from tests.state_machine.stage import SEOUL, TOKYO, FleetStage, deny


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


def test_a_fleet_of_default_regions_asks_no_account_for_its_regions():
    with FleetStage({"Regions": f"{SEOUL},{TOKYO}"}) as stage:
        assert stage.run()["status"] == "SUCCEEDED"
        assert stage.asked_regions == []
