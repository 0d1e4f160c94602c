"""While one run of the fleet sweep goes on, a second one ends at once."""

from tests.state_machine.stage import SEOUL, FleetStage


def test_a_run_that_finds_another_one_running_ends_at_once_and_sweeps_nothing():
    """Each run sweeps eight locations at once: two runs would take the whole of a new account's ten."""
    second = []

    def while_the_first_runs():
        if not second:
            second.append({})
            second[0] = stage.run("run-2")

    with FleetStage({"Regions": SEOUL}) as stage:
        stage.interpreter.starts = while_the_first_runs
        first = stage.run()
        assert (first["status"], second[0]["status"]) == ("SUCCEEDED", "SUCCEEDED")
        assert stage.document("latest.json")["run"] == "run-1"
        assert [event["detail"]["run"] for event in stage.events()] == ["run-1"]
        listed = stage.client("s3").list_objects_v2(Bucket=stage.bucket, Prefix="sweeps/run-2/")
        assert listed["KeyCount"] == 0
        third = stage.run("run-3")
        assert third["status"] == "SUCCEEDED"
        assert stage.document("latest.json")["run"] == "run-3"
