"""The deployment reader, on a small template with every shape it must understand."""

from pathlib import Path

import pytest

from peerkeeper_local.deployment import Deployment, DeploymentError, Redrive, Stack
from peerkeeper_local.deployment.names import Place
from peerkeeper_local.deployment.resolve import Resolver

TOY = Path(__file__).parent / "toy"
ACCOUNT, SEOUL, TOKYO = "111122223333", "ap-northeast-2", "ap-northeast-1"


def hub(**parameters: str) -> Stack:
    return Deployment(TOY).hub(ACCOUNT, SEOUL, parameters)


def resolved(value: object, **parts: object) -> object:
    return Resolver({"Resources": {}, **parts}, Place(ACCOUNT, SEOUL, "toy"), {}).value(value)


def test_a_functions_environment_has_every_reference_resolved() -> None:
    environment = hub().function("Greet").environment
    assert environment == {
        "PEERKEEPER_GREETING": "hello",
        "PEERKEEPER_WHERE": SEOUL,
        "PEERKEEPER_QUEUE": f"https://sqs.{SEOUL}.amazonaws.com/{ACCOUNT}/peerkeeper-GreetQueue",
        "PEERKEEPER_SENDERS": "AROAXXXXXXXXXTOYGREET,AROAXXXXXXXTOYNIGHTLY",
        "PEERKEEPER_ARN": f"arn:aws:sqs:{SEOUL}:{ACCOUNT}:peerkeeper-GreetQueue",
        "PEERKEEPER_OWN": "1",
    }


def test_parameters_change_what_depends_on_them() -> None:
    stack = hub(Greeting="good morning", Regions=f"{SEOUL},{TOKYO}")
    environment = stack.function("Nightly").environment
    assert environment["PEERKEEPER_GREETING"] == "good morning"
    assert environment["PEERKEEPER_WHERE"] == f"{SEOUL},{TOKYO}"
    assert "PEERKEEPER_OWN" not in environment


def test_a_resource_whose_condition_fails_is_not_deployed() -> None:
    assert "PoliteQueue" not in [queue.logical_id for queue in hub().queues]
    polite = hub(Greeting="good morning")
    assert "PoliteQueue" in [queue.logical_id for queue in polite.queues]


def test_a_function_takes_from_globals_what_it_does_not_say_itself() -> None:
    greet, nightly = hub().functions
    assert (greet.timeout, greet.memory, nightly.memory) == (20, 128, 256)
    assert (greet.name, nightly.name) == ("toy-greet", "peerkeeper-Nightly")
    assert greet.layers == (TOY / "layer",)
    assert greet.folder == TOY / "functions" / "greet"
    assert greet.role_name == "toy-greet"


def test_a_queue_has_its_times_and_its_redrive() -> None:
    queue = next(queue for queue in hub().queues if queue.logical_id == "GreetQueue")
    assert (queue.visibility_timeout, queue.delay, queue.retention) == (60, 0, 345600)
    assert queue.redrive == Redrive(f"arn:aws:sqs:{SEOUL}:{ACCOUNT}:graveyard", 2)


def test_rules_have_their_bus_and_their_targets() -> None:
    forward, tagged, off = hub().rules
    assert (forward.bus, tagged.bus) == ("default", "toys")
    assert forward.targets == (f"arn:aws:events:{SEOUL}:{ACCOUNT}:event-bus/toys",)
    assert tagged.targets == (f"arn:aws:sqs:{SEOUL}:{ACCOUNT}:peerkeeper-GreetQueue",)
    assert (tagged.enabled, off.enabled) == (True, False)


def test_an_event_source_mapping_has_its_batch_and_window() -> None:
    (mapping,) = hub().mappings
    assert (mapping.function, mapping.batch_size, mapping.window) == ("Greet", 3, 2)
    assert mapping.reports_item_failures


def test_a_schedule_names_its_target() -> None:
    (schedule,) = hub(Minutes="5").schedules
    assert schedule.expression == "rate(5 minutes)"
    assert schedule.target_arn == hub().function("Nightly").arn
    assert schedule.input is None


def test_a_spoke_forwards_to_the_hubs_bus() -> None:
    spoke = Deployment(TOY).spoke(ACCOUNT, TOKYO, hub())
    assert spoke.region == TOKYO
    assert spoke.rules[0].targets == (f"arn:aws:events:{SEOUL}:{ACCOUNT}:event-bus/toys",)


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"Greting": "hello"}, "no such parameter: Greting"),
        ({"Greeting": "oi"}, "parameter Greeting: 'oi' is not one of hello, good morning"),
    ],
)
def test_parameters_that_cloudformation_would_refuse_are_refused(
    parameters: dict[str, str], complaint: str
) -> None:
    with pytest.raises(DeploymentError, match=complaint):
        hub(**parameters)


def test_a_parameter_without_default_must_be_given() -> None:
    with pytest.raises(DeploymentError, match="parameter Name has no default"):
        resolved("x", Parameters={"Name": {"Type": "String"}})


def test_a_parameter_must_match_its_pattern_as_a_whole() -> None:
    declared = {"Mode": {"Type": "String", "Default": "full!", "AllowedPattern": "full"}}
    with pytest.raises(DeploymentError, match="does not match"):
        resolved("x", Parameters=declared)


def test_a_parameter_is_no_longer_than_it_may_be() -> None:
    declared = {"Mode": {"Type": "String", "Default": "full", "MaxLength": 4}}
    assert resolved({"Ref": "Mode"}, Parameters=declared) == "full"
    declared["Mode"]["MaxLength"] = 3
    with pytest.raises(DeploymentError, match="4 characters are more than 3"):
        resolved("x", Parameters=declared)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ({"Fn::Split": [",", "a,b"]}, ["a", "b"]),
        ({"Fn::Select": [1, ["a", "b"]]}, "b"),
        ({"Fn::Sub": ["${Who} in ${AWS::Region}, ${!Not}", {"Who": "me"}]}, None),
        ({"a": {"Ref": "AWS::NoValue"}, "b": [{"Ref": "AWS::NoValue"}, 1]}, {"b": [1]}),
        ({"Fn::And": [{"Fn::Equals": ["a", "a"]}, {"Fn::Not": [False]}]}, True),
        ({"Fn::Or": [{"Fn::Equals": ["a", "b"]}, False]}, False),
        ({"Condition": {"StringEquals": {"a": "b"}}}, {"Condition": {"StringEquals": {"a": "b"}}}),
    ],
)
def test_intrinsic_functions_give_what_cloudformation_gives(value: object, plain: object) -> None:
    expected = f"me in {SEOUL}, ${{Not}}" if plain is None else plain
    assert resolved(value) == expected


@pytest.mark.parametrize(
    ("bus", "arn"),
    [
        ({}, "rule/night"),
        ({"EventBusName": "default"}, "rule/night"),
        ({"EventBusName": {"Ref": "Bus"}}, "rule/shop/night"),
        ({"EventBusName": {"Fn::GetAtt": ["Bus", "Arn"]}}, "rule/shop/night"),
    ],
)
def test_the_arn_of_a_rule_names_its_bus_but_the_default_one(
    bus: dict[str, object], arn: str
) -> None:
    resources = {
        "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "shop"}},
        "Night": {"Type": "AWS::Events::Rule", "Properties": {"Name": "night", **bus}},
    }
    got = Resolver({"Resources": resources}, Place(ACCOUNT, SEOUL, "toy"), {})
    assert got.value({"Fn::GetAtt": ["Night", "Arn"]}) == f"arn:aws:events:{SEOUL}:{ACCOUNT}:{arn}"


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ({"Fn::ImportValue": "x"}, "Fn::ImportValue is not known"),
        ({"Ref": "Nobody"}, "Nobody is not a parameter or resource"),
        ({"Fn::GetAtt": "Nobody.Arn"}, "Nobody is not a parameter"),
    ],
)
def test_what_cannot_be_resolved_is_an_error(value: object, complaint: str) -> None:
    with pytest.raises(DeploymentError, match=complaint):
        resolved(value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("{ Id: bus, Arn: !GetAtt Bus.Arn }", "{ Arn: !GetAtt Bus.Arn, Input: x }", "Input of a"),
        ("Type: SQS", "Type: Schedule", "event Queue is no SQS event"),
        ("FunctionName: toy-greet", "FunctionName: !Ref Greeting", "must be plain text"),
        ("GreetRole.RoleId", "GreetRole.Colour", "attribute Colour is not known"),
    ],
)
def test_what_would_change_how_events_travel_is_never_passed_over(
    old: str, new: str, complaint: str, tmp_path: Path
) -> None:
    template = (TOY / "template.yaml").read_text()
    assert old in template
    (tmp_path / "template.yaml").write_text(template.replace(old, new))
    with pytest.raises(DeploymentError, match=complaint):
        Deployment(tmp_path).hub(ACCOUNT, SEOUL)
