"""The fleet sweep's state machine: only where asked for, bounded, watched, and with no right to spare."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cfnlint.api import lint_file

from tests.contract.deploy.templates import (
    FLEET_FUNCTIONS,
    FUNCTIONS,
    HUB,
    ROOT,
    allowed,
    as_list,
    holds,
    id_in,
    of_type,
    statements,
)

MACHINE = HUB["Resources"]["FleetSweepMachine"]["Properties"]
TEXT = (ROOT / MACHINE["DefinitionUri"]).read_text()
DEFINITION = json.loads(TEXT)
MAP = DEFINITION["States"]["SweepLocations"]
CHILD = MAP["ItemProcessor"]
TRANSIENT = {
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
}
PUTS = {"s3:PutObject"}


def tasks(states: Any) -> dict[str, Any]:
    return {name: state for name, state in states.items() if state["Type"] == "Task"}


def lambdas() -> dict[str, Any]:
    found = {**tasks(DEFINITION["States"]), **tasks(CHILD["States"])}
    return {n: s for n, s in found.items() if s["Resource"].endswith("lambda:invoke")}


def fleet(role: str, **parameters: str) -> list[Any]:
    return list(statements(HUB, role, FleetSweep="state-machine", **parameters))


def test_a_small_installation_gets_none_of_it() -> None:
    mine = {
        name
        for name, resource in HUB["Resources"].items()
        if resource.get("Condition") == "SweptByStateMachine"
    }
    folders = set(FLEET_FUNCTIONS)
    of_functions = {f + part for f in folders for part in ("", "Logs", "Role")}
    assert mine == of_functions | {
        "FleetSweepMachine",
        "FleetSweepLogs",
        "FleetSweepRole",
        "FleetSweepFailedAlarm",
        "SweepsBucket",
        "SweepsBucketPolicy",
    }
    assert HUB["Parameters"]["FleetSweep"]["Default"] == "direct"
    assert not holds(HUB, "SweptByStateMachine", {"FleetSweep": "direct"})
    assert holds(HUB, "SweptByStateMachine", {"FleetSweep": "state-machine"})


def test_the_schedule_may_start_what_it_starts_and_nothing_else() -> None:
    directly = allowed(HUB, "SweepScheduleRole")
    by_machine = {a for s in fleet("SweepScheduleRole") for a in as_list(s["Action"])}
    assert directly == {"lambda:InvokeFunction", "sqs:SendMessage"}
    assert by_machine == {"states:StartExecution", "sqs:SendMessage"}


def test_as_many_are_swept_at_once_as_a_new_account_can_run_with_two_to_spare() -> None:
    """A new account has ten concurrent invocations in all. Source: Lambda developer guide, quotas."""
    assert MAP["MaxConcurrency"] == 8
    assert "ItemBatcher" not in MAP
    assert CHILD["ProcessorConfig"] == {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}


def test_a_run_looks_for_others_first_and_sweeps_if_it_cannot_tell() -> None:
    """Its own machine's running executions, itself among them: two are enough to know."""
    states = DEFINITION["States"]
    first = states[DEFINITION["StartAt"]]
    assert first["Parameters"] == {
        "StateMachineArn.$": "$$.StateMachine.Id",
        "StatusFilter": "RUNNING",
        "MaxResults": 2,
    }
    (caught,) = first["Catch"]
    assert (caught["ErrorEquals"], caught["Next"]) == (["States.ALL"], "ListLocations")
    (other,) = states[first["Next"]]["Choices"]
    assert other["NumericGreaterThan"] == 1
    assert states[other["Next"]]["Type"] == "Succeed"
    assert states[first["Next"]]["Default"] == "ListLocations"


def test_a_share_of_failures_is_tolerated_and_more_is_caught_and_told() -> None:
    assert MAP["ToleratedFailurePercentage"] == 50
    (caught,) = MAP["Catch"]
    assert (caught["ErrorEquals"], caught["Next"]) == (["States.ALL"], MAP["Next"])


@pytest.mark.parametrize("name", lambdas())
def test_lambdas_own_trouble_is_retried_apart_and_what_a_function_raises_is_not(name: str) -> None:
    (retry,) = lambdas()[name]["Retry"]
    assert set(retry["ErrorEquals"]) == TRANSIENT
    assert retry["JitterStrategy"] == "FULL"
    assert retry["BackoffRate"] > 1


@pytest.mark.parametrize("name", lambdas())
def test_a_task_is_given_up_only_after_its_function_is(name: str) -> None:
    assert lambdas()[name]["TimeoutSeconds"] > HUB["Globals"]["Function"]["Timeout"]


def test_a_child_ends_within_the_five_minutes_of_an_express_execution() -> None:
    task = CHILD["States"]["Sweep"]
    (retry,) = task["Retry"]
    waits = [
        min(retry["IntervalSeconds"] * retry["BackoffRate"] ** n, retry["MaxDelaySeconds"])
        for n in range(retry["MaxAttempts"])
    ]
    assert task["TimeoutSeconds"] + sum(waits) < 300


def test_the_definition_uses_each_substitution_it_is_given_and_no_other() -> None:
    given = MACHINE["DefinitionSubstitutions"]
    assert {name for name in given if f"${{{name}}}" in TEXT} == set(given)
    assert TEXT.count("${") == sum(TEXT.count(f"${{{name}}}") for name in given)


def test_it_invokes_its_three_functions_and_may_invoke_no_other() -> None:
    given = MACHINE["DefinitionSubstitutions"]
    named = {
        id_in(given[state["Parameters"]["FunctionName"][2:-1]]) for state in lambdas().values()
    }
    (invoke,) = [s for s in fleet("FleetSweepRole") if s["Action"] == "lambda:InvokeFunction"]
    assert {id_in(arn) for arn in invoke["Resource"]} == named
    assert named == {"Sweep", *FLEET_FUNCTIONS}
    assert "Sweep" in FUNCTIONS


def test_it_may_put_no_event_but_its_own() -> None:
    (entry,) = DEFINITION["States"]["Announce"]["Parameters"]["Entries"]
    (put,) = [s for s in fleet("FleetSweepRole") if s["Action"] == "events:PutEvents"]
    assert put["Condition"] == {
        "ForAllValues:StringEquals": {
            "events:source": entry["Source"],
            "events:detail-type": entry["DetailType"],
        },
        "Null": {"events:source": "false"},
    }
    assert id_in(put["Resource"]) == "HubBus"


def test_only_failures_are_logged_and_no_data() -> None:
    logging = MACHINE["Logging"]
    assert (logging["Level"], logging["IncludeExecutionData"]) == ("ERROR", False)
    (to,) = logging["Destinations"]
    assert id_in(to["CloudWatchLogsLogGroup"]["LogGroupArn"]) == "FleetSweepLogs"
    name = of_type(HUB, "AWS::Logs::LogGroup")["FleetSweepLogs"]["LogGroupName"]
    assert name == f"/aws/vendedlogs/states/{MACHINE['Name']}"


@pytest.mark.parametrize(
    ("accounts", "units", "actions"),
    [
        ("", "", set()),
        ("444455556666", "", set()),
        ("organization", "", {"ListAccounts"}),
        (
            "organization",
            "ou-ab12-11111111",
            {"ListAccountsForParent", "ListOrganizationalUnitsForParent"},
        ),
    ],
)
def test_the_lister_may_list_an_organization_only_where_it_is_to(
    accounts: str, units: str, actions: set[str]
) -> None:
    found = fleet("ListLocationsRole", Accounts=accounts, OrganizationalUnits=units)
    granted = {action for s in found for action in as_list(s["Action"])}
    listing = {one for one in granted if one.startswith("organizations:")}
    assert listing == {f"organizations:{action}" for action in actions}


@pytest.mark.parametrize(
    ("accounts", "organization", "sees"),
    [
        ("", "", False),
        ("", "o-a1b2c3d4e5", False),  # there is nobody to ask about
        (
            "444455556666",
            "",
            False,
        ),  # nobody would answer, and the resource would have no organization
        ("444455556666", "o-a1b2c3d4e5", True),
        ("organization", "o-a1b2c3d4e5", True),
    ],
)
def test_the_lister_sees_which_regions_its_accounts_have_on_in_an_organization(
    accounts: str, organization: str, sees: bool
) -> None:
    found = fleet("ListLocationsRole", Accounts=accounts, OrganizationId=organization)
    assert bool([s for s in found if s["Sid"] == "SeeRegions"]) is sees


def test_no_right_of_the_lister_reaches_another_organization() -> None:
    """Source: Service Authorization Reference, Organizations and Account Management, resource types."""
    for units in ("", "ou-ab12-11111111"):
        given = {"OrganizationId": "o-a1b2c3d4e5", "OrganizationalUnits": units}
        found = fleet("ListLocationsRole", Accounts="organization", **given)
        assert "SeeRegions" in {statement["Sid"] for statement in found}
        for statement in found:
            text = json.dumps(statement["Resource"])
            if statement["Sid"] in ("ListUnits", "SeeRegions"):
                assert "/${OrganizationId}/" in text
            # ListAccounts knows no resources: it lists the caller's own organization.
            assert ('"*"' in text) == (statement["Sid"] == "ListOrganization")


@pytest.mark.parametrize("function", FLEET_FUNCTIONS)
def test_a_function_of_the_fleet_sweep_reads_no_vpc_and_changes_nothing(function: str) -> None:
    found = fleet(f"{function}Role", Accounts="organization", OrganizationId="o-a1b2c3d4e5")
    actions = {a for s in found for a in as_list(s["Action"])}
    rest = {
        "ListLocations": {"organizations:ListAccounts", "account:ListRegions"},
        "SummarizeSweep": {"s3:ListBucket", "s3:GetObject"},
    }
    assert actions == {"logs:CreateLogStream", "logs:PutLogEvents"} | PUTS | rest[function]


def test_the_bucket_is_private_encrypted_and_forgets_after_a_month() -> None:
    bucket = of_type(HUB, "AWS::S3::Bucket")["SweepsBucket"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["ExpirationInDays"], rule["Prefix"], rule["Status"]) == (30, "sweeps/", "Enabled")
    assert "BucketEncryption" in bucket
    (denied,) = of_type(HUB, "AWS::S3::BucketPolicy")["SweepsBucketPolicy"]["PolicyDocument"][
        "Statement"
    ]
    assert (denied["Effect"], denied["Principal"], denied["Action"]) == ("Deny", "*", "s3:*")
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_an_execution_that_did_not_succeed_raises_an_alarm() -> None:
    alarm = of_type(HUB, "AWS::CloudWatch::Alarm")["FleetSweepFailedAlarm"]
    total, *parts = alarm["Metrics"]
    metrics = {one["MetricStat"]["Metric"]["MetricName"] for one in parts}
    assert metrics == {"ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"}
    # Not FILL: two of the three may never have been measured, and no page says what it makes of that.
    assert total["Expression"] == "SUM(METRICS())"
    for one in parts:
        (dimension,) = one["MetricStat"]["Metric"]["Dimensions"]
        assert dimension["Name"] == "StateMachineArn"
        assert id_in(dimension["Value"]) == "FleetSweepMachine"
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)


def test_cfn_lint_finds_nothing_in_the_definition(tmp_path: Path) -> None:
    """In a file of its own the definition is not looked at: here it stands in a template, filled in."""
    lambda_arn = "arn:aws:lambda:ap-northeast-2:111122223333:function:peerkeeper"
    values = {"Partition": "aws"} | dict.fromkeys(
        ("ListLocationsArn", "SweepArn", "SummarizeSweepArn"), lambda_arn
    )
    filled = re.sub(r"\$\{(\w+)\}", lambda found: values.get(found[1], "name"), TEXT)
    machine = {"DefinitionString": filled, "RoleArn": "arn:aws:iam::111122223333:role/any"}
    resource = {"Type": "AWS::StepFunctions::StateMachine", "Properties": machine}
    path = tmp_path / "template.json"
    path.write_text(json.dumps({"Resources": {"Machine": resource}}))
    assert lint_file(path) == []
    spoilt = resource | {
        "Properties": machine | {"DefinitionString": filled.replace('"Next"', '"Nxt"')}
    }
    path.write_text(json.dumps({"Resources": {"Machine": spoilt}}))
    assert "E3601" in {match.rule.id for match in lint_file(path)}  # it does look into it
