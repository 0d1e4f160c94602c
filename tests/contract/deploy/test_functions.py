"""The functions themselves: their names, code, roles, what they share, and what starts the sweep."""

import pytest

from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.resolve import Resolver
from peerkeeper_local.deployment.template import read_template
from tests.contract.deploy.templates import FLEET_FUNCTIONS, FUNCTIONS, HUB, ROOT, id_in, of_type

TOPIC = "arn:aws:sns:ap-northeast-2:111122223333:alarms"


@pytest.mark.parametrize(("function", "folder"), (FUNCTIONS | FLEET_FUNCTIONS).items())
def test_a_function_has_the_name_the_code_and_the_role_that_its_id_says(
    function: str, folder: str
) -> None:
    properties = of_type(HUB, "AWS::Serverless::Function")[function]
    name = f"peerkeeper-{folder.replace('_', '-')}"
    assert properties["FunctionName"] == name
    assert properties["CodeUri"] == f"functions/{folder}/"
    assert id_in(properties["Role"]) == f"{function}Role"
    assert HUB["Resources"][f"{function}Role"]["Properties"]["RoleName"] == name
    spoke = {"PEERKEEPER_SPOKE_ROLE": name.replace("peerkeeper-", "peerkeeper-spoke-")}
    own = properties.get("Environment", {"Variables": {}})["Variables"]
    units = {"PEERKEEPER_ORGANIZATIONAL_UNITS": {"Ref": "OrganizationalUnits"}}
    looks = {"PEERKEEPER_ENDPOINTS": {"Ref": "Endpoints"}}
    queue, nothing = {"Ref": "KeepQueue"}, ""
    asked = queue if function == "KeepEndpoints" else {"Fn::If": ["KeepsEndpoints", queue, nothing]}
    looks["PEERKEEPER_QUEUE_KEEP_ENDPOINTS"] = asked
    organization = ["WholeOrganization", {"Ref": "FleetSweep"}, ""]
    less = {"PEERKEEPER_FLEET_SWEEP": {"Fn::If": organization}}  # room is scarce
    if function == "KeepEndpoints":
        less = {"PEERKEEPER_ALLOW_MORE_SPECIFIC_THAN": ""}  # it makes no route
    takes = function in ("ConnectPeerings", "CleanRoutes", "ConfigureVpcs")
    senders = {name: own[name] for name in ["PEERKEEPER_SENDERS"] if takes}
    assert own == {
        **senders,
        **(looks | less if function in ("Sweep", "KeepEndpoints") else {}),
        **(spoke if function in FUNCTIONS else {}),  # the others enter no account
        **(units if function == "ListLocations" else {}),
    }


def test_all_functions_share_one_runtime_and_one_layer() -> None:
    shared = HUB["Globals"]["Function"]
    assert (shared["Runtime"], shared["Handler"]) == ("python3.13", "handler.lambda_handler")
    assert [id_in(layer) for layer in shared["Layers"]] == ["PeerkeeperLayer"]
    assert "ReservedConcurrentExecutions" not in shared


def test_the_sweep_gets_schedulers_envelope_as_a_constant() -> None:
    (schedule,) = of_type(HUB, "AWS::Scheduler::Schedule").values()
    assert schedule["ScheduleExpression"] == {"Fn::Sub": "rate(${SweepMinutes} minutes)"}
    assert (
        min(HUB["Parameters"]["SweepMinutes"]["AllowedValues"]) > 1
    )  # rate(1 minutes) is not English enough for AWS
    condition, machine, directly = schedule["Target"]["Arn"]["Fn::If"]
    assert condition == "SweptByStateMachine"
    assert (id_in(machine), id_in(directly)) == ("FleetSweepMachine", "Sweep")
    assert schedule["Target"]["Input"] == (
        '{"source":"aws.scheduler","detail-type":"Scheduled Event","detail":"{}"}'
    )


@pytest.mark.parametrize(
    ("mode", "watched"),
    [
        ("direct", ("AWS/Lambda", "Invocations", "FunctionName", "peerkeeper-sweep")),
        (
            "state-machine",
            ("AWS/Lambda", "Invocations", "FunctionName", "peerkeeper-summarize-sweep"),
        ),
    ],
)
def test_a_sweep_that_stopped_raises_an_alarm(mode: str, watched: tuple[str, ...]) -> None:
    """No dead letter tells of a schedule that was removed: only its silence does."""
    place = Place("111122223333", "ap-northeast-2", "peerkeeper")
    resolver = Resolver(
        read_template(ROOT / "template.yaml"), place, {"FleetSweep": mode, "AlarmTopicArn": TOPIC}
    )
    alarm = resolver.value(of_type(HUB, "AWS::CloudWatch::Alarm")["SweepStoppedAlarm"])
    (dimension,) = alarm["Dimensions"]
    about = (alarm["Namespace"], alarm["MetricName"], dimension["Name"], dimension["Value"])
    assert about == watched
    assert alarm["Statistic"] == "Sum"
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    # What rings is the end of the data: a new alarm has none yet, and must not ring before the first sweep.
    assert alarm["TreatMissingData"] == "missing"
    assert alarm["InsufficientDataActions"] == alarm["AlarmActions"] == [TOPIC]
    assert alarm["Period"] >= 60 * max(HUB["Parameters"]["SweepMinutes"]["AllowedValues"])
