"""IAM's answer, element by element. Sources: IAM User Guide, policy elements, operators, evaluation logic."""

import pytest

from peerkeeper_local.iam import (
    Decision,
    Layers,
    PolicyError,
    Request,
    allowed_on_resource,
    decide,
    refusal,
)

ROLE = "arn:aws:iam::111122223333:role/hub"
VPC = "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1"


def request(action="ec2:CreateRoute", resource=VPC, **context):
    keys = {name.replace("__", ":"): value for name, value in context.items()}
    return Request(ROLE, action, resource, keys)


def allow(**more):
    return {"Effect": "Allow", "Action": "ec2:CreateRoute", "Resource": "*", **more}


def decided(*statements, **context):
    return decide(statements, request(**context))


def on(operator, wanted, **context):
    return decided(allow(Condition={operator: {"ec2:Region": wanted}}), **context)


def test_nothing_said_is_a_denial_and_a_deny_outweighs_every_allow():
    assert decided() is Decision.DENIED
    assert decided(allow()) is Decision.ALLOWED
    assert decided(allow(), allow(Effect="Deny")) is Decision.DENIED_EXPLICITLY


@pytest.mark.parametrize(
    ("pattern", "action", "applies"),
    [
        ("ec2:CreateRoute", "ec2:CreateRoute", True),
        ("EC2:createroute", "ec2:CreateRoute", True),
        ("ec2:Create*", "ec2:CreateRoute", True),
        ("ec2:CreateRout?", "ec2:CreateRoute", True),
        ("ec2:CreateRoute", "ec2:CreateRouteTable", False),
        ("ec2:*", "sqs:SendMessage", False),
        (["sqs:*", "ec2:CreateRoute"], "ec2:CreateRoute", True),
    ],
)
def test_actions_by_name_and_by_wildcard(pattern, action, applies):
    said = decide([allow(Action=pattern)], request(action))
    assert (said is Decision.ALLOWED) is applies


@pytest.mark.parametrize(
    ("pattern", "applies"),
    [
        ("*", True),
        (VPC, True),
        ("arn:aws:ec2:*:111122223333:vpc/*", True),
        ("arn:aws:ec2:*:111122223333:route-table/*", False),
        ("arn:aws:ec2:*:444455556666:vpc/*", False),
        ("arn:aws:ec2:*:vpc/*", True),  # a wildcard that ends a segment goes on beyond the colon
        ("arn:aws:ec2:eu*", True),
        ("arn:aws:ec2:e*3:vpc/*", False),  # one inside a segment ends with it
        ("arn:aws:ec2:eu-west-1?111122223333:vpc/*", False),
        ("arn:aws:ec2:*:11112222333?:vpc/vpc-?", True),
        ([VPC.replace("vpc-1", "vpc-2"), VPC], True),
    ],
)
def test_resources_by_name_and_by_wildcard(pattern, applies):
    assert (decided(allow(Resource=pattern)) is Decision.ALLOWED) is applies


@pytest.mark.parametrize(
    ("operator", "wanted", "value", "holds"),
    [
        ("StringEquals", "eu-west-1", "eu-west-1", True),
        ("StringEquals", ["eu-west-2", "eu-west-1"], "eu-west-1", True),
        ("StringEquals", "EU-west-1", "eu-west-1", False),
        ("StringEquals", "eu-*", "eu-west-1", False),
        ("StringEquals", "eu-west-1", None, False),
        ("StringLike", "eu-*", "eu-west-1", True),
        ("StringNotEquals", ["eu-west-1"], "eu-west-1", False),
        ("StringNotEquals", ["eu-west-1", "eu-west-2"], "us-east-1", True),
        ("StringNotEquals", "eu-west-1", None, True),
        ("ArnLike", "arn:*:ec2:*:111122223333:vpc/*", VPC, True),
        ("ArnEquals", "arn:*:ec2:*:111122223333:vpc/*", VPC, True),
        ("ArnEquals", VPC, VPC.replace("vpc-1", "vpc-2"), False),
        ("ArnLike", VPC, None, False),
        ("StringNotLike", ["eu-*", "us-*"], "eu-west-1", False),
        ("StringNotLike", ["us-*"], "eu-west-1", True),
        ("StringNotLike", ["us-*"], None, True),
        ("ArnNotLike", "arn:*:ec2:*:111122223333:vpc/*", VPC, False),
        ("ArnNotEquals", [VPC.replace("vpc-1", "vpc-2")], VPC, True),
        ("ArnNotLike", [VPC.replace("vpc-1", "vpc-2"), VPC], VPC, False),
        ("ArnNotLike", VPC, None, True),
        ("Bool", "false", "False", True),
        ("Bool", "true", "false", False),
        ("Null", "false", "x", True),
        ("Null", "false", None, False),
        ("Null", "true", None, True),
        ("ForAllValues:StringEquals", ["a", "b"], ("b", "a"), True),
        ("ForAllValues:StringEquals", ["a"], ("a", "b"), False),
        ("ForAllValues:StringEquals", ["a"], None, True),
        ("ForAllValues:StringNotEquals", ["a"], ("b", "c"), True),
        ("ForAllValues:StringNotEquals", ["a"], ("a", "b"), False),
        ("ForAnyValue:StringEquals", ["a"], ("a", "b"), True),
        ("ForAnyValue:StringEquals", ["a"], ("b", "c"), False),
        ("ForAnyValue:StringEquals", ["a"], None, False),
        ("ForAnyValue:StringLike", ["a-*"], ("b", "a-1"), True),
        ("ForAnyValue:StringLike", ["a-*"], ("A-1", "b"), False),
        ("ForAnyValue:StringNotLike", ["a-*"], ("a-1", "b"), True),
        ("ForAnyValue:StringNotLike", ["a-*"], None, False),
        ("StringEquals", ["a"], ("b", "a"), True),
    ],
)
def test_condition_operators(operator, wanted, value, holds):
    context = {} if value is None else {"ec2__Region": value}
    assert (on(operator, wanted, **context) is Decision.ALLOWED) is holds


def test_all_conditions_must_hold_and_keys_are_of_any_case():
    both = {"StringEquals": {"EC2:region": "eu-west-1", "ec2:Vpc": VPC}}
    assert decided(allow(Condition=both), ec2__Region="eu-west-1", ec2__Vpc=VPC).value == "allowed"
    assert decided(allow(Condition=both), ec2__Region="eu-west-1") is Decision.DENIED


@pytest.mark.parametrize(
    "operator", ["NumericEquals", "ForAnyValue:NumericEquals", "ForSomeValues:StringEquals"]
)
def test_an_operator_that_is_not_known_is_an_error_that_names_it(operator):
    with pytest.raises(PolicyError, match=f"{operator} is not known here; known are StringEquals"):
        on(operator, "x", ec2__Region="x")


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("StringEquals", "aws:TagKeys"),
        ("StringLike", "AWS:tagkeys"),
        ("StringNotEquals", "events:source"),
        ("StringEquals", "events:detail-type"),
        ("StringEquals", "aws:CalledVia"),
        ("ArnLike", "events:TargetArn"),
    ],
)
def test_a_plain_operator_on_a_key_of_several_values_is_an_error_that_names_both(operator, key):
    for context in ({}, {key.replace(":", "__"): ("x", "y")}):
        with pytest.raises(
            PolicyError, match=f"{key} holds several values, so {operator} needs `For"
        ):
            decided(allow(Condition={operator: {key: "x"}}), **context)
    decided(allow(Condition={"Null": {key: "false"}}))
    decided(allow(Condition={f"ForAnyValue:{operator}": {key: "x"}}))


@pytest.mark.parametrize("element", ["NotAction", "NotResource", "NotPrincipal"])
def test_an_element_that_is_not_known_is_an_error_that_names_it(element):
    with pytest.raises(PolicyError, match=element):
        decided(allow(**{element: "*"}))


@pytest.mark.parametrize(
    ("principal", "named"),
    [
        ("*", True),
        ({"AWS": "*"}, True),
        ({"AWS": "111122223333"}, True),
        ({"AWS": ["444455556666", "arn:aws:iam::111122223333:root"]}, True),
        ({"AWS": ROLE}, True),
        ({"AWS": "arn:aws:iam::444455556666:root"}, False),
        ({"Service": "events.amazonaws.com"}, False),
    ],
)
def test_whom_a_resources_policy_names(principal, named):
    policy = {"Statement": {**allow(), "Principal": principal}}
    assert allowed_on_resource(policy, request()) is named


CLOSED = {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}
OPEN = {"Effect": "Allow", "Action": "*", "Resource": "*"}
DENIED = "with an explicit deny in {}"
LACKING = "because no {} allows the ec2:CreateRoute action"


def policy(*statements):
    return {"Statement": list(statements)}


@pytest.mark.parametrize(
    ("identity", "boundary", "controls", "why"),
    [
        ([OPEN], None, [], ""),
        ([OPEN], [OPEN], [[OPEN], [OPEN]], ""),
        ([], None, [], LACKING.format("identity-based policy")),
        ([OPEN, CLOSED], None, [], DENIED.format("an identity-based policy")),
        ([OPEN], [], [], LACKING.format("permissions boundary")),
        ([OPEN], [OPEN, CLOSED], [], DENIED.format("a permissions boundary")),
        ([OPEN], [OPEN], [[OPEN], []], LACKING.format("service control policy")),
        ([OPEN], [OPEN], [[OPEN, CLOSED]], DENIED.format("a service control policy")),
        ([], [OPEN, CLOSED], [[]], DENIED.format("a permissions boundary")),  # a Deny comes first
        ([OPEN, CLOSED], [], [[OPEN, CLOSED]], DENIED.format("a service control policy")),
        ([], [], [[OPEN]], LACKING.format("identity-based policy")),
    ],
)
def test_the_kind_of_policy_that_refuses_is_named_as_aws_names_it(
    identity, boundary, controls, why
):
    layers = Layers(
        (policy(*identity),),
        None if boundary is None else policy(*boundary),
        tuple(policy(*each) for each in controls),
    )
    assert refusal(layers, request()) == why
