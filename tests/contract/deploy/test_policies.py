"""The policies under docs/policies: each lets through whom it names, and denies everybody else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cfnlint.api import lint
from peerkeeper.values.tag_keys import (
    APPROVED,
    HOSTED_ZONE,
    KEYS,
    PEERS,
    SHARE,
    STATUS,
    ZONES,
    Reading,
    misread,
)

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.iam import Decision, Request, decide
from tests.contract.deploy.templates import ROOT, as_list

POLICIES = {
    path.stem: json.loads(path.read_text()) for path in (ROOT / "docs/policies").glob("*.json")
}
SCPS = sorted(name for name in POLICIES if name.startswith("scp-"))
FULL_ACCESS = {"Effect": "Allow", "Action": "*", "Resource": "*"}  # what an SCP stands beside
MOST_OF_AN_SCP, MOST_OF_A_BOUNDARY = 5120, 6144

HOME, APPS, STRANGER = "111122223333", "444455556666", "999999999999"
SEOUL, SINGAPORE = "ap-northeast-2", "ap-southeast-1"
ADMIN = f"arn:aws:iam::{APPS}:role/network-admin"
CONNECT = f"arn:aws:iam::{HOME}:role/peerkeeper-connect-peerings"
THERE = f"arn:aws:iam::{APPS}:role/peerkeeper-spoke-connect-peerings"
PEOPLE = [
    f"arn:aws:iam::{APPS}:role/developer",
    f"arn:aws:iam::{APPS}:user/network-admin",
    f"arn:aws:iam::{APPS}:role/peerkeeper-spoke-sweep",
    f"arn:aws:iam::{APPS}:role/peerkeeper-connect-peerings",  # the name, in the wrong account
]
SWITCHES = (f"{PEERS}-team", *KEYS)
TYPES = {resource for key in KEYS.values() for resource in key.on}
HANDS_OFF = set(KEYS) - {PEERS, APPROVED, SHARE, ZONES}
"""Keys of which a slip has effect: it may mean hands off."""
KINDS = ("vpc", "subnet", "route-table", "vpc-peering-connection", "vpc-endpoint")
MOST_OF_A_NAME = 64
"""Characters in a role's name. Source: IAM User Guide, quotas."""
OTHERS = ("ap-northeast-1", SINGAPORE)
Keys = str | tuple[str, ...]


def lets(policy: str, principal: str, action: str, resource: str, **context: Keys) -> bool:
    """Whether the policy leaves the action to whoever their own policies grant it to."""
    keys: dict[str, Keys] = {name.replace("__", ":"): value for name, value in context.items()}
    request = Request(principal, action, resource, {"aws:PrincipalArn": principal, **keys})
    beside = [FULL_ACCESS] if policy in SCPS else []
    return decide([*beside, *POLICIES[policy]["Statement"]], request) is Decision.ALLOWED


def ec2(kind: str, account: str = APPS) -> str:
    return f"arn:aws:ec2:{SEOUL}:{account}:{kind}/{kind}-1"


def tags(policy: str, principal: str, action: str, kind: str, *keys: str) -> bool:
    given: dict[str, Keys] = {"aws__TagKeys": keys} if keys else {}
    return lets(policy, principal, f"ec2:{action}", ec2(kind), **given)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", ["CreateTags", "DeleteTags"])
@pytest.mark.parametrize("key", [*SWITCHES, STATUS])
def test_a_tag_of_peerkeepers_is_set_and_taken_away_by_admins_alone(
    action: str, kind: str, key: str
) -> None:
    assert tags("scp-tags", ADMIN, action, kind, key)
    for person in PEOPLE:
        assert not tags("scp-tags", person, action, kind, key)
        assert not tags("scp-tags", person, action, kind, "Name", key)
        assert tags("scp-tags", person, action, kind, "Name")


@pytest.mark.parametrize("key", sorted(HANDS_OFF))
@pytest.mark.parametrize("blanks", ["{}", " {}", "{} ", " {} "])
def test_a_slip_that_has_effect_is_an_admins_alone_on_whatever_it_has_effect(
    key: str, blanks: str
) -> None:
    for word in (key, key.upper(), key.title(), key.capitalize()):
        spelt = blanks.format(word)
        assert spelt == key or misread(spelt) == Reading(key, slip=True)
        for kind in KEYS[key].on:
            assert tags("scp-tags", ADMIN, "CreateTags", kind, spelt)
            for person in (*PEOPLE, CONNECT, THERE):
                assert not tags("scp-tags", person, "CreateTags", kind, spelt)
                assert not tags("scp-tags", person, "DeleteTags", kind, spelt)


def test_a_key_has_effect_only_where_the_policy_protects_it() -> None:
    assert {*KINDS, HOSTED_ZONE} == TYPES


@pytest.mark.parametrize("policy", ["scp-tags", "boundary-people"])
@pytest.mark.parametrize("person", PEOPLE)
def test_a_hosted_zone_is_tagged_by_admins_alone_whatever_the_tag(policy: str, person: str) -> None:
    """Route 53 puts no keys of tags into a request. Source: Service Authorization Reference, Route 53."""
    action = "route53:ChangeTagsForResource"
    zone, check = (f"arn:aws:route53:::{kind}/Z1" for kind in (HOSTED_ZONE, "healthcheck"))
    assert not lets(policy, person, action, zone)
    assert lets(policy, person, action, check)
    assert lets("scp-tags", ADMIN, action, zone)


@pytest.mark.parametrize("role", [CONNECT, THERE])
def test_peerkeeper_itself_may_remember_and_approve_nothing(role: str) -> None:
    assert tags("scp-tags", role, "CreateTags", "vpc-peering-connection", STATUS)
    for key in SWITCHES:
        assert not tags("scp-tags", role, "CreateTags", "vpc-peering-connection", key)
        assert not tags("scp-tags", role, "CreateTags", "vpc-peering-connection", STATUS, key)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("principal", [*PEOPLE, CONNECT, THERE])
def test_nobody_but_an_admin_takes_every_tag_away_without_naming_one(
    principal: str, kind: str
) -> None:
    """DeleteTags without keys deletes all: `exempt` would go with them, and no key be in the request."""
    assert not tags("scp-tags", principal, "DeleteTags", kind)
    assert tags("scp-tags", ADMIN, "DeleteTags", kind)
    assert tags("scp-tags", principal, "DeleteTags", "instance")


@pytest.mark.parametrize("kind", ["vpc-peering-connection", "vpc"])
def test_a_request_is_accepted_by_peerkeeper_and_admins_and_nowhere_else(kind: str) -> None:
    def accepts(principal: str, region: str) -> bool:
        action = "ec2:AcceptVpcPeeringConnection"
        return lets("scp-acceptance", principal, action, ec2(kind), aws__RequestedRegion=region)

    for principal in (ADMIN, CONNECT, THERE):
        assert accepts(principal, SEOUL)
        assert not accepts(principal, SINGAPORE)
    for person in PEOPLE:
        assert not accepts(person, SEOUL)
    person, pcx = PEOPLE[0], ec2("vpc-peering-connection")
    assert lets("scp-acceptance", person, "ec2:RejectVpcPeeringConnection", pcx)


@pytest.mark.parametrize(
    ("action", "key"),
    [("CreateVpcPeeringConnection", "AccepterVpc"), ("AcceptVpcPeeringConnection", "RequesterVpc")],
)
@pytest.mark.parametrize(("partner", "may"), [(HOME, True), (APPS, True), (STRANGER, False)])
def test_vpcs_meet_those_of_the_accounts_listed_and_no_other(
    action: str, key: str, partner: str, may: bool
) -> None:
    who, pcx = PEOPLE[0], ec2("vpc-peering-connection")
    met: dict[str, Keys] = {f"ec2__{key}": ec2("vpc", partner)}
    assert lets("scp-partners", who, f"ec2:{action}", pcx, **met) is may
    assert lets("scp-partners", who, f"ec2:{action}", ec2("vpc"))  # has no such key, so not asked


LOGS = f"arn:aws:logs:{SEOUL}:{HOME}:log-group:/aws"
CHANGES = [
    ("events:DisableRule", f"arn:aws:events:{SEOUL}:{APPS}:rule/peerkeeper-forward"),
    ("events:RemoveTargets", f"arn:aws:events:{SEOUL}:{HOME}:rule/peerkeeper/peerkeeper-connect"),
    ("events:PutPermission", f"arn:aws:events:{SEOUL}:{HOME}:event-bus/peerkeeper"),
    ("iam:PutRolePolicy", THERE),
    ("iam:UpdateAssumeRolePolicy", f"arn:aws:iam::{APPS}:role/peerkeeper-spoke-clean-routes"),
    ("iam:CreateRole", CONNECT),
    ("iam:CreateRole", ADMIN),
    ("iam:PassRole", CONNECT),
    ("iam:PutRolePolicy", f"arn:aws:iam::{APPS}:role/peerkeeper-spoke-forward-{SEOUL}"),
    ("lambda:UpdateFunctionCode", f"arn:aws:lambda:{SEOUL}:{HOME}:function:peerkeeper-sweep"),
    ("scheduler:DeleteSchedule", f"arn:aws:scheduler:{SEOUL}:{HOME}:schedule/default/peerkeeper-sweep"),
    ("sqs:PurgeQueue", f"arn:aws:sqs:{SEOUL}:{HOME}:peerkeeper-connect"),
    ("iam:CreatePolicyVersion", f"arn:aws:iam::{HOME}:policy/peerkeeper-boundary-peerkeeper"),
    ("lambda:PutFunctionEventInvokeConfig", f"arn:aws:lambda:{SEOUL}:{HOME}:function:peerkeeper-sweep"),
    ("logs:PutRetentionPolicy", f"{LOGS}/lambda/peerkeeper-sweep"),
    ("logs:DeleteLogStream", f"{LOGS}/lambda/peerkeeper-sweep:log-stream:2026"),
    ("logs:DeleteLogGroup", f"{LOGS}/vendedlogs/states/peerkeeper-fleet-sweep"),
    ("cloudwatch:DeleteAlarms", f"arn:aws:cloudwatch:{SEOUL}:{HOME}:alarm:peerkeeper-sweep-stopped"),
    ("cloudtrail:StopLogging", f"arn:aws:cloudtrail:{SEOUL}:{HOME}:trail/organization"),
]  # fmt: skip
DEPLOYS = f"arn:aws:iam::{APPS}:role/stacksets-exec-0123456789abcdef"


@pytest.mark.parametrize(("action", "resource"), CHANGES)
def test_what_is_deployed_is_changed_by_admins_and_stack_sets_alone(
    action: str, resource: str
) -> None:
    assert lets("scp-installation", ADMIN, action, resource)
    assert lets("scp-installation", DEPLOYS, action, resource) is not action.startswith(
        "cloudtrail"
    )
    for other in (*PEOPLE, CONNECT, THERE):
        assert not lets("scp-installation", other, action, resource)
    elsewhere = resource.replace("peerkeeper", "shop").replace("network-admin", "shop")
    if elsewhere != resource:
        assert lets("scp-installation", PEOPLE[0], action, elsewhere)


def exempted() -> set[str]:
    """The names by which a service control policy knows whom it lets through."""
    blocks = [
        block
        for policy in SCPS
        for statement in POLICIES[policy]["Statement"]
        for block in statement.get("Condition", {}).values()
    ]
    return {name for block in blocks for name in as_list(block.get("aws:PrincipalArn", []))}


@pytest.mark.parametrize("name", sorted(exempted()))
@pytest.mark.parametrize("action", ["iam:CreateRole", "iam:UpdateAssumeRolePolicy"])
def test_a_name_that_is_let_through_is_taken_by_admins_alone(action: str, name: str) -> None:
    """Who may make a role of that name, or say who assumes it, would be let through."""
    role = name.replace("::*:", f"::{APPS}:").replace("*", "x")
    assert lets("scp-installation", ADMIN, action, role)
    for person in PEOPLE:
        assert not lets("scp-installation", person, action, role)


def test_the_names_that_are_let_through_are_found() -> None:
    assert {ADMIN.replace(APPS, "*"), CONNECT} < exempted()


def mapping(policy: str, principal: str, action: str, function: str) -> bool:
    of = f"arn:aws:lambda:{SEOUL}:{HOME}:function:{function}"
    resource = f"arn:aws:lambda:{SEOUL}:{HOME}:event-source-mapping:0123"
    return lets(policy, principal, f"lambda:{action}", resource, lambda__FunctionArn=of)


@pytest.mark.parametrize("how", ["Create", "Delete", "Update"])
def test_which_queue_a_function_reads_is_said_by_admins_alone(how: str) -> None:
    """A mapping has an id in place of a name. Its key names the function.

    Source: Service Authorization Reference, Lambda, lambda:FunctionArn.
    """
    action = f"{how}EventSourceMapping"
    assert mapping("scp-installation", ADMIN, action, "peerkeeper-sweep")
    for policy in ("scp-installation", "boundary-people"):
        assert mapping(policy, PEOPLE[0], action, "shop")
        for person in PEOPLE:
            assert not mapping(policy, person, action, "peerkeeper-connect-peerings")


TALKS = [
    ("events:PutEvents", f"arn:aws:events:{SEOUL}:{HOME}:event-bus/peerkeeper"),
    ("lambda:InvokeFunction", f"arn:aws:lambda:{SEOUL}:{HOME}:function:peerkeeper-clean-routes"),
    ("sqs:SendMessage", f"arn:aws:sqs:{SEOUL}:{HOME}:peerkeeper-clean"),
    ("sqs:ReceiveMessage", f"arn:aws:sqs:{SEOUL}:{HOME}:peerkeeper-clean"),
    ("sqs:DeleteMessage", f"arn:aws:sqs:{SEOUL}:{HOME}:peerkeeper-clean"),
    ("sqs:ChangeMessageVisibility", f"arn:aws:sqs:{SEOUL}:{HOME}:peerkeeper-clean"),
    ("states:StartExecution", f"arn:aws:states:{SEOUL}:{HOME}:stateMachine:peerkeeper-fleet-sweep"),
    ("states:StopExecution", f"arn:aws:states:{SEOUL}:{HOME}:execution:peerkeeper-fleet-sweep:run"),
]


@pytest.mark.parametrize(("action", "resource"), TALKS)
def test_peerkeeper_is_woken_and_its_queues_are_read_by_its_own_roles_and_admins_alone(
    action: str, resource: str
) -> None:
    assert not lets("scp-installation", PEOPLE[0], action, resource)
    assert not lets("boundary-people", PEOPLE[0], action, resource)
    for role in (ADMIN, CONNECT, f"arn:aws:iam::{APPS}:role/peerkeeper-spoke-forward-{SEOUL}"):
        assert lets("scp-installation", role, action, resource)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", ["CreateTags", "DeleteTags"])
def test_within_the_boundary_of_people_nobody_touches_a_tag_of_peerkeepers(
    action: str, kind: str
) -> None:
    who = PEOPLE[0]
    assert tags("boundary-people", who, action, kind, "Name")
    for key in (*SWITCHES, STATUS):
        assert not tags("boundary-people", who, action, kind, "Name", key)
    assert not tags("boundary-people", who, "DeleteTags", kind)


def test_within_the_boundary_of_people_nobody_accepts_or_gets_out_of_it() -> None:
    who, mine = PEOPLE[0], f"arn:aws:iam::{APPS}:role/mine"
    boundary = f"arn:aws:iam::{APPS}:policy/peerkeeper-boundary-people"

    def may(action: str, resource: str = mine, **context: Keys) -> bool:
        return lets("boundary-people", who, action, resource, **context)

    assert may("ec2:CreateVpcPeeringConnection", ec2("vpc"))
    assert not may("ec2:AcceptVpcPeeringConnection", ec2("vpc-peering-connection"))
    assert may("iam:CreateRole", iam__PermissionsBoundary=boundary)
    assert not may("iam:CreateRole")
    assert not may("iam:CreateRole", iam__PermissionsBoundary=f"arn:aws:iam::{APPS}:policy/any")
    assert not may("iam:DeleteRolePermissionsBoundary")
    assert not may("iam:CreatePolicyVersion", boundary)
    for action, resource in CHANGES[:-1]:  # the trail is not Peerkeeper's own
        assert not may(action, resource)
    assert not may("sts:AssumeRole", ADMIN)
    assert may("sts:AssumeRole")


def test_the_boundary_of_peerkeepers_roles_holds_what_the_templates_grant_and_nothing_else() -> (
    None
):
    held = {
        action
        for statement in POLICIES["boundary-peerkeeper"]["Statement"]
        for action in as_list(statement["Action"])
    }
    assert held == {action for _, action, _, _ in every_grant()}


WHOLE = {"Accounts": "organization", "OrganizationId": "o-a1b2c3d4e5"}
LOOKS = {
    "StaleGroupRules": "report",
    "Reachability": "report",
    "QuotaCheck": "hold",
    "PrivateZones": "report",
    "Endpoints": "keep",
}
SET_UPS: tuple[dict[str, str], ...] = (
    {"Accounts": APPS, "ExternalId": "a-secret-of-both-sides"},
    {**WHOLE, "FleetSweep": "state-machine"},
    {**WHOLE, "FleetSweep": "state-machine", "OrganizationalUnits": "ou-ab12-11111111"},
)


def every_grant() -> Iterator[tuple[str, str, str, Any]]:
    """Each role with an action, a resource it is granted on, and the statement's conditions."""
    for parameters in SET_UPS:
        stack = Deployment(ROOT).hub(HOME, SEOUL, {"Mode": "full", **LOOKS, **parameters})
        given = {
            "Mode": "full",
            "RoleRegion": SEOUL,
            "ExternalId": "a-secret-of-both-sides",
            **LOOKS,
        }
        spoke = Deployment(ROOT).spoke(APPS, SEOUL, stack, given)
        for role in (*stack.roles, *spoke.roles):
            for one in (each for policy in role.policies for each in policy["Statement"]):
                for action in as_list(one["Action"]) if one["Effect"] == "Allow" else []:
                    for resource in as_list(one["Resource"]):
                        yield role.arn, action, resource, one.get("Condition", {})


def test_within_that_boundary_every_role_may_do_what_its_template_grants() -> None:
    for role, action, pattern, condition in every_grant():
        keys = condition.get("ForAllValues:StringEquals", {})
        context = {key: tuple(as_list(value)) for key, value in keys.items()}
        request = Request(role, action, pattern.replace("*", "some-one"), context)
        statements = POLICIES["boundary-peerkeeper"]["Statement"]
        assert decide(statements, request) is Decision.ALLOWED, request


@pytest.mark.parametrize("name", ["peerkeeper", "network", "x" * 60])
def test_whatever_the_stacks_are_called_their_roles_still_wake_peerkeeper(name: str) -> None:
    """A StackSet's stacks are called after it, so that a role that CloudFormation names is too."""
    stack = Deployment(ROOT).hub(HOME, SEOUL, {"Mode": "full"}, stack=name)
    given = {"RoleRegion": SEOUL, "ExternalId": "a-secret-of-both-sides"}
    spokes = [Deployment(ROOT).spoke(APPS, SEOUL, stack, given, stack=f"StackSet-{name}")]
    spokes += [Deployment(ROOT).spoke(HOME, region, stack, stack=name) for region in OTHERS]
    talks = {action for action, _ in TALKS}
    for role in (role for each in (stack, *spokes) for role in each.roles):
        assert len(role.name) <= MOST_OF_A_NAME
        for one in (each for policy in role.policies for each in policy["Statement"]):
            for action in talks.intersection(as_list(one["Action"])):
                for resource in as_list(one["Resource"]):
                    assert lets("scp-installation", role.arn, action, resource), role.name
    names = [(each.account, role.name) for each in (stack, *spokes) for role in each.roles]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "action",
    ["ec2:ReplaceRoute", "ec2:DeleteVpcPeeringConnection", "ec2:DeleteVpc", "iam:PassRole"],
)
def test_within_that_boundary_a_role_that_somebody_widened_gains_nothing(action: str) -> None:
    assert not lets("boundary-peerkeeper", CONNECT, action, "*")
    pcx = "vpc-peering-connection"
    assert tags("boundary-peerkeeper", CONNECT, "CreateTags", pcx, STATUS)
    assert not tags("boundary-peerkeeper", CONNECT, "CreateTags", pcx, "peerkeeper:approved")
    assert lets("boundary-peerkeeper", CONNECT, "sts:AssumeRole", THERE)
    assert not lets("boundary-peerkeeper", CONNECT, "sts:AssumeRole", ADMIN)


def linted(document: Any) -> list[str]:
    """What cfn-lint, which knows IAM's actions, says of the document as a policy of a stack."""
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}}
    return [str(found) for found in lint(json.dumps({"Resources": {"Policy": policy}}))]


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_cfn_lint_finds_nothing_in_a_policy(name: str) -> None:
    assert linted(POLICIES[name]) == []


def test_cfn_lint_finds_an_action_that_iam_does_not_have() -> None:
    wrong = {"Sid": "Wrong", "Effect": "Deny", "Action": "ec2:AcceptPeering", "Resource": "*"}
    assert "acceptpeering" in str(linted({"Version": "2012-10-17", "Statement": [wrong]})).lower()


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_a_policy_fits_what_aws_takes(name: str) -> None:
    text = (ROOT / f"docs/policies/{name}.json").read_text()
    assert len(text) <= (MOST_OF_AN_SCP if name in SCPS else MOST_OF_A_BOUNDARY)
    sids = [statement["Sid"] for statement in POLICIES[name]["Statement"]]
    assert len(set(sids)) == len(sids)
    assert not [one for one in POLICIES[name]["Statement"] if "Principal" in one]
