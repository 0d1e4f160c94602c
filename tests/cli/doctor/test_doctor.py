"""The doctor judges what AWS says: where all is well nothing is wrong, and one fault is one check."""

import json
from datetime import UTC, datetime

import pytest
from peerkeeper import __version__
from peerkeeper.settings import Endpoints
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.doctor.document import document
from peerkeeper_cli.doctor.role_names import HUB_OF_A_FLEET, hub_roles, spoke_roles
from peerkeeper_cli.reader.allowed_actions import ACTIONS
from peerkeeper_cli.settings_source.parameters import DEFAULTS
from tests.cli.doctor.aws import (
    ALARMS,
    BUS,
    DENIED,
    NOW,
    OTHER,
    SEOUL,
    TOKYO,
    Aws,
    alarm,
    examined,
    site,
    stack,
    trail,
    trust,
    wrong,
)
from tests.cli.doctor.aws import (
    HUB as ACCOUNT,
)
from tests.contract.deploy.templates import HUB as HUB_TEMPLATE
from tests.contract.deploy.templates import SPOKE as SPOKE_TEMPLATE

HOME = f"{ACCOUNT}/{SEOUL}"


@pytest.fixture
def aws():
    return Aws()


def test_where_all_is_well_nothing_is_wrong(aws):
    found = examined(aws)
    assert wrong(aws) == []
    assert found.exit_code == 0
    assert {one.name for one in found.checks} > {"trail", "stack", "roles", "last sweep", "topic"}


def test_it_calls_every_action_of_its_list_and_no_other(aws):
    examined(aws)
    examined(aws, deployed=False)
    own = {one for one in ACTIONS["doctor"] if one != "sts:AssumeRole"}
    assert {one.action for one in aws.asked} == own


def test_every_action_of_the_list_reads():
    verbs = {one.partition(":")[2] for one in ACTIONS["doctor"]}
    assert all(one.startswith(("Describe", "Get", "List", "AssumeRole")) for one in verbs)


def test_before_a_deployment_it_looks_at_what_one_needs(aws):
    aws.says("GetRole", None)
    found = examined(aws, deployed=False)
    assert {one.name for one in found.checks} == {
        "region enabled",
        "trail",
        "names of roles",
        "hub",
    }
    assert found.exit_code == 0


def test_a_role_of_our_name_before_a_deployment_is_somebody_elses(aws):
    taken = lambda sent: {"Role": sent} if sent["RoleName"] == "peerkeeper-sweep" else None  # noqa: E731
    aws.says("GetRole", taken)
    (one,) = wrong(aws, deployed=False)
    assert (one.name, one.where) == ("names of roles", ACCOUNT)
    assert "peerkeeper-sweep" in one.words


def test_a_trail_that_is_off_is_named_with_the_command(aws):
    aws.says("GetTrailStatus", {"IsLogging": False})
    found = wrong(aws)
    assert {one.where for one in found} == {
        f"{account}/{region}" for account in (ACCOUNT, OTHER) for region in (SEOUL, TOKYO)
    }
    arn = trail(SEOUL)["TrailARN"]
    assert {one.mend for one in found} == {
        (f"aws cloudtrail start-logging --region {SEOUL} --name {arn}",)
    }


def test_a_trail_of_one_region_leaves_the_other_without(aws):
    aws.says("DescribeTrails", {"trailList": [trail(SEOUL, IsMultiRegionTrail=False)]})
    assert {one.where for one in wrong(aws)} == {f"{ACCOUNT}/{TOKYO}", f"{OTHER}/{TOKYO}"}


def test_one_trail_that_logs_writes_is_enough(aws):
    off = trail(TOKYO, TrailARN="arn:aws:cloudtrail:x:y:trail/off")
    aws.says("DescribeTrails", {"trailList": [off, trail(SEOUL)]})
    aws.says("GetTrailStatus", lambda sent: {"IsLogging": not sent["Name"].endswith("/off")})
    assert wrong(aws) == []


def test_what_aws_refuses_is_unknown_and_the_rest_goes_on(aws):
    aws.says("DescribeTrails", DENIED)
    found = examined(aws)
    assert found.exit_code == 4
    assert {one.name for one in found.checks if one.result == "unknown"} == {"trail"}
    (said,) = {one.mend for one in found.checks if one.result == "unknown"}
    assert "cloudtrail:DescribeTrails" in said[0]


def test_a_region_that_is_off(aws):
    said = {"RegionName": TOKYO, "OptInStatus": "not-opted-in"}
    aws.says(
        "DescribeRegions",
        {"Regions": [{**said, "RegionName": SEOUL, "OptInStatus": "opted-in"}, said]},
    )
    assert {one.mend for one in wrong(aws)} == {
        (f"aws account enable-region --region-name {TOKYO}",)
    }


def hub_stack(aws, **said):
    parameters = {**DEFAULTS, "Mode": "add-only", **said.pop("parameters", {})}
    outputs = {"HubBusArn": BUS, "SweepFunction": "s", "Version": said.pop("version", __version__)}
    made = said.pop("made", 0.0)
    found = stack("hub", parameters, outputs, **said)
    found["CreationTime"] = datetime.fromtimestamp(made, UTC)
    aws.says("DescribeStacks", {"Stacks": [found]}, f"{ACCOUNT}/{SEOUL}")


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("UPDATE_COMPLETE", "pass"),
        ("UPDATE_ROLLBACK_COMPLETE", "fail"),
        ("CREATE_FAILED", "fail"),
        ("UPDATE_IN_PROGRESS", "unknown"),
    ],
)
def test_the_state_of_the_stack(aws, status, result):
    hub_stack(aws, status=status)
    assert [one.result for one in examined(aws).checks if one.name == "stack"] == [result]


def test_a_stack_of_another_version(aws):
    hub_stack(aws, version="0.0.9")
    assert [one.name for one in wrong(aws)] == ["version"]


def test_parameters_that_differ_from_todays_defaults_are_listed_and_are_no_fault(aws):
    hub_stack(aws, parameters={"SubnetPublicIp": "match-internet-route"})
    (one,) = [one for one in examined(aws).checks if one.name == "parameters"]
    assert one.result == "pass"
    assert one.words == "not today's defaults: Mode=add-only; SubnetPublicIp=match-internet-route"


def test_functions_that_call_an_emulator(aws):
    hub_stack(aws, parameters={"EndpointUrl": "http://localhost:4566"})
    assert [(one.name, one.mend[0][-16:]) for one in wrong(aws)] == [
        ("parameters", "'EndpointUrl=\"\"'")
    ]


@pytest.mark.parametrize(
    ("saved", "faults"), [({"Mode": "add-only"}, 0), ({"Mode": "observe", "Colour": "red"}, 1)]
)
def test_what_a_saved_samconfig_would_undo(aws, saved, faults):
    found = wrong(aws, frozen=saved, frozen_in="samconfig.toml")
    assert [one.mend for one in found] == [("git checkout samconfig.toml",)] * faults
    assert all("Mode=observe (the stack has add-only)" in one.words for one in found)


def test_a_samconfig_that_cannot_be_read_leaves_the_parameters_unknown(aws):
    fault = "samconfig.toml is no TOML: at line 1"
    done = examined(aws, frozen_fault=fault, frozen_in="samconfig.toml")
    (one,) = [one for one in done.checks if one.name == "parameters"]
    assert (one.result, done.exit_code) == ("unknown", 4)
    assert one.words.startswith(fault)
    assert one.mend == ("correct samconfig.toml, or move it away",)


@pytest.mark.parametrize(
    ("operation", "value", "name", "mend"),
    [
        ("GetFunctionConfiguration", None, "function", "sam build"),
        ("GetFunctionConfiguration", {"State": "Failed"}, "function", "sam build"),
        ("ListEventSourceMappings", {"EventSourceMappings": []}, "function", "sam build"),
        (
            "ListEventSourceMappings",
            {"EventSourceMappings": [{"State": "Disabled", "UUID": "u-1"}]},
            "function",
            f"aws lambda update-event-source-mapping --region {SEOUL} --uuid u-1 --enabled",
        ),
        ("DescribeEventBus", None, "bus", "sam build"),
        ("DescribeEventBus", {"Name": "peerkeeper"}, "bus", "sam build"),
        ("GetSchedule", None, "schedule", "sam build"),
        ("DescribeAlarms", {"MetricAlarms": []}, "alarm", "sam build"),
        ("GetQueueUrl", None, "queue", "sam build"),
    ],
)
def test_what_is_not_there_or_off_has_its_cure(aws, operation, value, name, mend):
    aws.says(operation, value)
    found = [one for one in wrong(aws) if one.name == name]
    assert found
    assert found[0].mend[0].startswith(mend)


def test_a_rule_that_is_disabled_is_enabled_where_it_is(aws):
    aws.says("DescribeRule", {"State": "DISABLED"}, f"{OTHER}/{TOKYO}")
    (one,) = wrong(aws)
    assert one.where == f"{OTHER}/{TOKYO}"
    assert one.mend == (f"aws events enable-rule --region {TOKYO} --name peerkeeper-forward",)


def test_a_rule_that_is_not_there_needs_a_spoke(aws):
    aws.says("DescribeRule", None, f"{OTHER}/{TOKYO}")
    (one,) = wrong(aws)
    assert f"HubBusArn={BUS}" in one.mend[0]
    assert f"RoleRegion={SEOUL}" in one.mend[0]


def test_a_rule_of_another_hub(aws):
    other = BUS.replace(ACCOUNT, "999999999999")
    aws.says("ListTargetsByRule", {"Targets": [{"Arn": other}]}, f"{ACCOUNT}/{TOKYO}")
    (one,) = wrong(aws)
    assert other in one.words


def trusting(**condition):
    return lambda sent: {"Role": {"AssumeRolePolicyDocument": trust(sent["RoleName"], **condition)}}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (None, "not there: peerkeeper-spoke-connect-peerings"),
        (trusting(StringEquals={"sts:ExternalId": "another"}), "another ExternalId"),
        (trusting(Bool={"aws:SecureTransport": "true"}), "no aws:PrincipalOrgID"),
        (trusting(ArnEquals={"aws:PrincipalArn": "arn:x"}), "trusts arn:x, not"),
        ({"Role": {"AssumeRolePolicyDocument": {"Statement": []}}}, f"not trust account {ACCOUNT}"),
    ],
)
def test_roles_that_are_missing_or_trust_somebody_else(aws, said, words):
    aws.says("GetRole", said, f"{OTHER}/{SEOUL}")
    (one,) = wrong(aws)
    assert (one.name, one.where) == ("roles", OTHER)
    assert words in one.words


def test_dead_letters_are_sent_back_to_where_they_came_from(aws):
    arn = f"arn:aws:sqs:{SEOUL}:{ACCOUNT}:peerkeeper-clean-dead-letters"

    def held(sent):
        dead = sent["QueueUrl"].endswith("peerkeeper-clean-dead-letters")
        return {
            "Attributes": {"ApproximateNumberOfMessages": "2" if dead else "0", "QueueArn": arn}
        }

    aws.says("GetQueueAttributes", held)
    (one,) = wrong(aws)
    assert one.name == "dead letters"
    assert one.mend[1].endswith(f"--destination-arn {arn.removesuffix('-dead-letters')}")


@pytest.mark.parametrize("name", ["forward", "sweep", "notice"])
def test_dead_letters_that_need_no_sending_back_are_read_and_then_purged(aws, name):
    """They stay for 14 days, and so long the doctor would fail."""
    queue = f"peerkeeper-{name}-dead-letters"
    place = f"{ACCOUNT}/{SEOUL}"

    def held(sent):
        return {
            "Attributes": {
                "ApproximateNumberOfMessages": "2" if sent["QueueUrl"].endswith(queue) else "0",
                "QueueArn": f"arn:aws:sqs:{SEOUL}:{ACCOUNT}:{queue}",
            }
        }

    aws.says("GetQueueAttributes", held, place)
    (one,) = wrong(aws)
    assert one.name == "dead letters"
    assert one.words.startswith(f"{queue} holds 2: ")
    assert one.words.endswith("; read one, fix its cause, and empty the queue")
    read, purge = one.mend
    assert read.startswith(f"aws sqs receive-message --region {SEOUL} --queue-url https://")
    _, _, url = read.removesuffix(" --visibility-timeout 0").rpartition(" ")
    assert purge == f"aws sqs purge-queue --region {SEOUL} --queue-url {url}"
    assert url.endswith(queue)


def test_no_notices_queue_is_no_fault(aws):
    def url(sent):
        return (
            None
            if "notice" in sent["QueueName"]
            else {"QueueUrl": f"https://sqs/1/{sent['QueueName']}"}
        )

    aws.says("GetQueueUrl", url)
    assert wrong(aws) == []


def policy(principal, **more):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "SNS:Publish", **more}
    return {"Attributes": {"Policy": json.dumps({"Statement": [statement]})}}


EVENTS = {"Service": ["events.amazonaws.com", "cloudwatch.amazonaws.com"]}


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        (policy(EVENTS), 0),
        (policy({"Service": "events.amazonaws.com"}), 1),
        (policy({"AWS": "*"}, Condition={"StringEquals": {"AWS:SourceOwner": ACCOUNT}}), 2),
        (policy(EVENTS, Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}}), 1),
        ({"Attributes": {**policy(EVENTS)["Attributes"], "KmsMasterKeyId": "alias/aws/sns"}}, 2),
        (None, 2),
    ],
)
def test_topics_must_let_in_who_publishes_there(aws, said, faults):
    aws.says("GetTopicAttributes", said)
    found = wrong(aws)
    assert [one.name for one in found] == ["topic"] * faults


def test_the_statement_that_a_topic_lacks_is_put_beside_those_it_has(aws):
    aws.says("GetTopicAttributes", policy({"Service": "cloudwatch.amazonaws.com"}))
    (one,) = wrong(aws)
    said = json.loads(one.mend[0].partition("--attribute-value ")[2].strip("'"))
    assert [each["Principal"]["Service"] for each in said["Statement"]] == [
        "cloudwatch.amazonaws.com",
        "events.amazonaws.com",
    ]


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([], "no sweep in the last four hours"),
        ([{"Id": "errors0", "Values": [1.0]}], "raised"),
        ([{"Id": "errors1", "Values": [1.0]}], "raised"),
    ],
)
def test_a_sweep_that_does_not_come(aws, results, words):
    aws.says("GetMetricData", {"MetricDataResults": results})
    (one,) = wrong(aws)
    assert one.name == "last sweep"
    assert words in one.words


def test_of_a_new_stack_no_sweep_is_due_and_no_alarm_rings(aws):
    hub_stack(aws, made=NOW - 600)
    aws.says("GetMetricData", {"MetricDataResults": []})
    silent = alarm("peerkeeper-sweep-stopped", "INSUFFICIENT_DATA")
    aws.says("DescribeAlarms", {"MetricAlarms": [silent]})
    assert wrong(aws) == []
    hub_stack(aws, made=NOW - 86400)
    assert {one.name for one in wrong(aws)} == {"last sweep", "alarm"}


def test_messages_that_nobody_takes(aws):
    aws.says(
        "GetMetricData",
        lambda sent: {"MetricDataResults": [{"Id": "age1", "Values": [4000.0, 0.0]}]},
    )
    assert {one.name for one in wrong(aws)} == {"last sweep", "oldest message"}


def test_the_schedule_is_enabled_with_all_that_it_has(aws):
    said = {
        "Name": "peerkeeper-sweep",
        "State": "DISABLED",
        "ScheduleExpression": "rate(5 minutes)",
    }
    aws.says("GetSchedule", {**said, "FlexibleTimeWindow": {"Mode": "OFF"}, "Target": {"Arn": "a"}})
    (one,) = wrong(aws)
    assert one.mend == (
        f"aws scheduler update-schedule --region {SEOUL} --name peerkeeper-sweep "
        "--schedule-expression 'rate(5 minutes)' --flexible-time-window '{\"Mode\": \"OFF\"}' "
        '--target \'{"Arn": "a"}\' --state ENABLED',
    )


def test_a_fleets_sweep_has_functions_and_roles_of_its_own(aws):
    machine = f"arn:aws:states:{SEOUL}:{ACCOUNT}:stateMachine:peerkeeper-fleet-sweep"
    said = {
        "State": "ENABLED",
        "ScheduleExpression": "rate(15 minutes)",
        "Target": {"Arn": machine},
    }
    aws.says("GetSchedule", said)
    aws.says("GetRole", lambda sent: None if "fleet" in sent["RoleName"] else {"Role": {}}, HOME)
    aws.says(
        "GetFunctionConfiguration",
        lambda sent: None if "list" in sent["FunctionName"] else {"State": "Active"},
    )
    assert [(one.name, one.words) for one in wrong(aws)] == [
        ("function", "peerkeeper-list-locations does not exist"),
        ("roles", "not there: peerkeeper-fleet-sweep"),
    ]
    (asked,) = [one.sent for one in aws.asked if one.operation == "GetMetricData"]
    assert machine in asked


ABSENT = {
    "GetFunctionConfiguration": lambda sent: (
        None if "-keep" in sent["FunctionName"] else {"State": "Active"}
    ),
    "GetQueueUrl": lambda sent: None if "-keep" in sent["QueueName"] else {"QueueUrl": "https://q"},
    "DescribeRule": lambda sent: None if "-keep" in sent["Name"] else {"State": "ENABLED"},
    "GetRole": lambda sent: None if "-keep" in sent["RoleName"] else {"Role": {}},
}


def test_what_keeps_endpoints_is_looked_for_where_it_was_asked_for(aws):
    for operation, value in ABSENT.items():
        aws.says(operation, value, str(site().hub))
    assert wrong(aws) == []
    assert {(one.name, one.words) for one in wrong(aws, endpoints=Endpoints.KEEP)} == {
        (
            "rule of the hub",
            "the rule peerkeeper-keep does not exist: EventBridge forwards nothing",
        ),
        ("function", "peerkeeper-keep-endpoints does not exist"),
        ("roles", "not there: peerkeeper-keep-endpoints"),
        ("queue", "the queue peerkeeper-keep does not exist"),
        ("dead letters", "the queue peerkeeper-keep-dead-letters does not exist"),
    }


def test_an_alarm_that_rings_is_told_in_its_own_words(aws):
    told = alarm("peerkeeper-flaps", "ALARM", AlarmDescription="One route. Runbook: docs")
    silent = alarm("peerkeeper-sweep-stopped", "INSUFFICIENT_DATA")
    aws.says("DescribeAlarms", {"MetricAlarms": [told, silent, alarm("peerkeeper-x", "OK")]})
    found = wrong(aws)
    assert ["rings: One route." in found[0].words, len(found)] == [True, 2]


def test_alarms_that_are_mute(aws):
    aws.says("DescribeAlarms", {"MetricAlarms": [alarm("peerkeeper-flaps", ActionsEnabled=False)]})
    (one,) = wrong(aws)
    assert one.mend[0].endswith("--alarm-names peerkeeper-flaps")


def test_alarms_that_tell_nobody_are_so_by_choice(aws):
    aws.says("DescribeAlarms", {"MetricAlarms": [alarm("peerkeeper-flaps", AlarmActions=[])]})
    assert wrong(aws) == []
    assert ALARMS not in str(examined(aws).checks)


def spoke(aws, **said):
    parameters = {
        "HubBusArn": BUS,
        "RoleRegion": SEOUL,
        "Mode": "full",
        "Regions": f"{SEOUL},{TOKYO}",
    }
    found = stack("spoke", {**parameters, **said}, {})
    aws.says("DescribeStacks", {"Stacks": [found]}, f"{OTHER}/{SEOUL}")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ""),
        ({"Mode": "observe"}, "Mode is observe, and the hub's is add-only"),
        ({"Regions": SEOUL}, f"Regions leaves out {TOKYO}"),
        ({"HubBusArn": "another"}, "no stack of spoke.yaml"),
    ],
)
def test_what_a_spoke_allows_is_held_against_what_the_hub_wants(aws, said, words):
    spoke(aws, **said)
    assert [words in one.words for one in wrong(aws)] == [True] * bool(words)


def test_an_account_that_refuses_us_is_unknown_alone(aws):
    refused = Trouble(Meaning.DENIED, "AccessDenied", "not you", "AssumeRole")
    for operation in ("DescribeTrails", "DescribeStacks", "GetRole", "DescribeRule"):
        for region in (SEOUL, TOKYO):
            aws.says(operation, refused, f"{OTHER}/{region}")
    found = wrong(aws)
    assert {one.result.value for one in found} == {"unknown"}
    assert {one.where[:12] for one in found} == {OTHER}


def test_the_document_has_every_check_and_the_exit_code(aws):
    aws.says("GetTrailStatus", {"IsLogging": False})
    said = document(examined(aws))
    assert json.loads(json.dumps(said)) == said
    assert (said["version"], said["deployed"], said["exit_code"]) == (1, True, 3)
    assert {"name", "result", "where", "words", "mend"} == said["checks"][0].keys()


def role_names(template):
    roles = [
        r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::IAM::Role"
    ]
    return {said["RoleName"] for said in roles if isinstance(said["RoleName"], str)}


def test_the_names_of_roles_are_those_of_the_templates():
    all_on = site(endpoints=Endpoints.KEEP).settings
    assert {*hub_roles(all_on), *HUB_OF_A_FLEET} == role_names(HUB_TEMPLATE)
    assert {*spoke_roles(all_on)} == role_names(SPOKE_TEMPLATE)


def test_the_defaults_are_those_of_the_template():
    declared = HUB_TEMPLATE["Parameters"]
    assert {name: str(one.get("Default", "")) for name, one in declared.items()} == DEFAULTS
