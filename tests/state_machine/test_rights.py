"""The fleet sweep's roles: they judge every call, by its resource and keys, and no grant is to spare."""

import pytest
from botocore.exceptions import ClientError

from tests.state_machine.stage import HONG_KONG, SEOUL, FleetStage
from tests.state_machine.test_list_locations import listed

BY_AWS = {
    "logs:": "Lambda and Step Functions write the logs",
    "states:DescribeExecution": "Step Functions follows the Map's children, and stops them, by itself",
    "states:StopExecution": "as above",
    "s3:ListMultipartUploadParts": "Step Functions, for results too large for one part",
    "s3:AbortMultipartUpload": "as above",
}
"""Granted, and used where no call can be seen here, and by whom."""


def unused(stage, logical_id):
    """The grants of a role that nothing needed, but for those that AWS uses."""
    name = stage.resolver.value({"Ref": logical_id})
    return {
        (sid, action, resource)
        for (role, sid, action, resource), _ in stage.iam.grants(name)
        if (role, sid, action, resource) not in stage.iam.used
        and not action.startswith(tuple(BY_AWS))
    }


def test_the_machine_its_children_and_the_summary_hold_the_rights_they_use():
    with FleetStage({"Regions": SEOUL}) as stage:
        assert stage.run()["status"] == "SUCCEEDED"
        assert unused(stage, "FleetSweepRole") == set()
        assert unused(stage, "SummarizeSweepRole") == set()
        # Scheduler itself leaves what it could not deliver.
        assert {sid for sid, _, _ in unused(stage, "SweepScheduleRole")} == {"LeaveUndelivered"}


@pytest.mark.parametrize(("units", "named"), [((), False), (("network",), False), ((), True)])
def test_the_lister_holds_the_rights_it_uses(units, named):
    def enable(stage, theirs):
        accounts = [stage.cloud.account, theirs.outside, *theirs.in_network, *theirs.in_lab]
        stage.enabled = {account: [SEOUL] for account in accounts}

    with listed(units, f"{SEOUL},{HONG_KONG}", enable, named) as (_, _, stage, _):
        assert unused(stage, "ListLocationsRole") == set()


def without(stage, logical_id, sid):
    """Take a statement away from a role."""
    name = stage.resolver.value({"Ref": logical_id})
    for policy in stage.iam.roles[name].policies:
        policy["Statement"] = [one for one in policy["Statement"] if one["Sid"] != sid]


@pytest.mark.parametrize(
    ("role", "sid"),
    [
        ("FleetSweepRole", "InvokeItsFunctions"),
        ("FleetSweepRole", "StartChildren"),
        ("FleetSweepRole", "ReadItemsAndWriteResults"),
        ("FleetSweepRole", "Announce"),
        ("ListLocationsRole", "WriteItems"),
        ("SummarizeSweepRole", "FindResults"),
        ("SummarizeSweepRole", "ReadResults"),
        ("SummarizeSweepRole", "WriteSummary"),
    ],
)
def test_without_a_right_the_execution_fails(role, sid):
    """So a call that no statement allows is seen here, as it would be at AWS."""
    with FleetStage({"Regions": SEOUL}) as stage:
        without(stage, role, sid)
        assert stage.run()["status"] == "FAILED"


def test_without_the_right_to_see_other_runs_the_execution_sweeps():
    """A boundary of an older version grants no such right."""
    with FleetStage({"Regions": SEOUL}) as stage:
        without(stage, "FleetSweepRole", "SeeOtherRuns")
        assert stage.run()["status"] == "SUCCEEDED"
        assert stage.document("latest.json")["locations"]["done"] == 1


def test_the_schedule_starts_nothing_without_its_right():
    with FleetStage({"Regions": SEOUL}) as stage:
        without(stage, "SweepScheduleRole", "StartFleetSweep")
        with pytest.raises(ClientError, match="states:StartExecution"):
            stage.run()


def test_the_machine_may_announce_nothing_but_its_own_event():
    with FleetStage({"Regions": SEOUL}) as stage:
        bus = f"arn:aws:events:{SEOUL}:{stage.cloud.account}:event-bus/peerkeeper"
        said = {"events__source": "peerkeeper", "events__detail_type": "FleetSweepFinished"}
        stage.iam.check("peerkeeper-fleet-sweep", "events:PutEvents", bus, **said)
        for spoilt in ({**said, "events__source": "aws.ec2"}, {**said, "events__detail_type": "X"}):
            with pytest.raises(ClientError, match="not authorized"):
                stage.iam.check("peerkeeper-fleet-sweep", "events:PutEvents", bus, **spoilt)
