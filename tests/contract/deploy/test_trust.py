"""Who may put events on the hub bus and assume which role: the templates' own policies, evaluated."""

from dataclasses import replace
from typing import Any

import pytest
from peerkeeper.reporting.bus_events import SOURCE

from peerkeeper_local.deployment import Deployment, DeploymentError, Stack
from peerkeeper_local.iam import Request, allowed_for_principal, allowed_on_resource, put_events
from tests.contract.deploy.templates import FUNCTIONS, HUB, ROOT, of_type

HOME, LISTED, OTHER = "111122223333", "444455556666", "777788889999"
OURS, THEIRS = "o-a1b2c3d4e5", "o-f6g7h8i9j0"
SECRET = "3f1c9a5e-0d6b-4c57-9d55-6d0f8b5f7a10"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
BY_ID = {"Accounts": LISTED, "ExternalId": SECRET}
WHOLE = {"Accounts": "organization", "OrganizationId": OURS}
BY_ORGANIZATION = {**WHOLE, "FleetSweep": "state-machine"}
BOTH = {"Accounts": LISTED, "OrganizationId": OURS}
CALLS = "AWS API Call via CloudTrail"
NAMES = {"ConnectPeerings": "connect-peerings", "CleanRoutes": "clean-routes"} | {
    "ConfigureVpcs": "configure-vpcs",
    "Sweep": "sweep",
    "KeepEndpoints": "keep-endpoints",
}
KEEP = {"Endpoints": "keep"}


def hub(**parameters: str) -> Stack:
    return Deployment(ROOT).hub(HOME, SEOUL, {**KEEP, **parameters})


def spoke(region: str = SEOUL, **parameters: str) -> Stack:
    given = {"RoleRegion": SEOUL, **KEEP, **parameters}
    return Deployment(ROOT).spoke(LISTED, region, hub(), given)


def role(stack: Stack, name: str) -> Any:
    (found,) = [one for one in stack.roles if one.name == name]
    return found


def assumes(function: str, account: str, organization: str, parameters: dict[str, str]) -> bool:
    """Whether the hub's role may assume its spoke role in that account, as far as it has a say."""
    name = NAMES[function]
    target = f"arn:aws:iam::{account}:role/peerkeeper-spoke-{name}"
    context = {"aws:ResourceAccount": account, "aws:ResourceOrgID": organization}
    mine = role(hub(**parameters), f"peerkeeper-{name}")
    return allowed_for_principal(
        mine.policies, Request(mine.arn, "sts:AssumeRole", target, context)
    )


def puts(
    account: str,
    organization: str,
    parameters: dict[str, str],
    kind: tuple[str, str] = ("aws.ec2", CALLS),
    by_rule: bool = True,
    without: str = "",
) -> bool:
    """Whether the bus takes it; `without`: a condition key that is not in the request."""
    stack = hub(**parameters)
    (bus,) = stack.buses.values()
    sender = f"arn:aws:iam::{account}:role/forward"
    asked = put_events(sender, bus, kind, by_rule=by_rule, organization=organization)
    context = {key: value for key, value in asked.context.items() if key != without}
    policy = {"Statement": list(stack.bus_policy)}
    return allowed_on_resource(policy, replace(asked, context=context))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("parameters", "account", "organization", "allowed"),
    [
        ({}, LISTED, OURS, False),
        (BY_ID, LISTED, THEIRS, True),
        (BY_ID, OTHER, OURS, False),
        (BY_ORGANIZATION, LISTED, OURS, True),
        (BY_ORGANIZATION, OTHER, OURS, True),
        (BY_ORGANIZATION, OTHER, THEIRS, False),
        (BOTH, LISTED, OURS, True),
        (BOTH, LISTED, THEIRS, False),
        (BOTH, OTHER, OURS, False),
    ],
)
def test_the_hub_may_assume_roles_in_the_accounts_or_the_organization_named(
    function: str, parameters: dict[str, str], account: str, organization: str, allowed: bool
) -> None:
    assert assumes(function, account, organization, parameters) is allowed


@pytest.mark.parametrize(
    ("parameters", "account", "organization", "allowed"),
    [
        ({}, LISTED, OURS, False),
        (BY_ID, LISTED, THEIRS, True),
        (BY_ID, OTHER, THEIRS, False),
        (BY_ORGANIZATION, OTHER, OURS, True),
        (BY_ORGANIZATION, OTHER, THEIRS, False),
        (BOTH, LISTED, THEIRS, False),
        (BOTH, LISTED, OURS, True),
    ],
)
def test_the_hub_bus_hears_the_accounts_or_the_organization_named(
    parameters: dict[str, str], account: str, organization: str, allowed: bool
) -> None:
    assert puts(account, organization, parameters) is allowed


@pytest.mark.parametrize("parameters", [BY_ID, BY_ORGANIZATION, BOTH])
@pytest.mark.parametrize(
    "kind",
    [(SOURCE, "PeeringAccepted"), (SOURCE, CALLS), ("aws.s3", CALLS), ("aws.ec2", "PeeringHeld")],
)
def test_from_another_account_the_hub_bus_takes_ec2_calls_and_no_announcement(
    parameters: dict[str, str], kind: tuple[str, str]
) -> None:
    assert puts(LISTED, OURS, parameters)
    assert not puts(LISTED, OURS, parameters, kind)


@pytest.mark.parametrize("parameters", [BY_ID, BY_ORGANIZATION, BOTH])
def test_from_another_account_the_hub_bus_takes_what_a_rule_forwards_and_no_put_events(
    parameters: dict[str, str],
) -> None:
    assert not puts(LISTED, OURS, parameters, by_rule=False)
    assert not puts(LISTED, OURS, parameters, without="events:eventBusInvocation")
    assert not puts(LISTED, OURS, parameters, without="events:source")


def test_everybody_is_never_named_without_the_organization() -> None:
    (policy,) = of_type(HUB, "AWS::Events::EventBusPolicy").values()
    everybody = policy["Statement"]["Principal"]["Fn::If"]
    assert everybody[:2] == ["WholeOrganization", "*"]
    with pytest.raises(DeploymentError, match="OrganizationId must say which"):
        hub(Accounts="organization", ExternalId=SECRET)


def trusted(stack: Stack, function: str, principal: str, **context: str) -> bool:
    keys = {"aws:PrincipalArn": principal} | {k.replace("__", ":"): v for k, v in context.items()}
    trust = role(stack, f"peerkeeper-spoke-{NAMES[function]}").trust
    return allowed_on_resource(trust, Request(principal, "sts:AssumeRole", "*", keys))


def role_of_hub(function: str, account: str = HOME) -> str:
    return f"arn:aws:iam::{account}:role/peerkeeper-{NAMES[function]}"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_spoke_role_trusts_one_function_of_the_hub_with_the_external_id(function: str) -> None:
    stack = spoke(ExternalId=SECRET)
    own = role_of_hub(function)
    assert trusted(stack, function, own, sts__ExternalId=SECRET)
    assert not trusted(stack, function, own)
    assert not trusted(stack, function, own, sts__ExternalId="another-one-altogether")
    assert not trusted(stack, function, role_of_hub(function, OTHER), sts__ExternalId=SECRET)
    for other in set(FUNCTIONS) - {function}:
        assert not trusted(stack, function, role_of_hub(other), sts__ExternalId=SECRET)
    assert not trusted(stack, function, f"arn:aws:iam::{HOME}:user/me", sts__ExternalId=SECRET)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_spoke_role_trusts_one_function_of_the_hub_in_the_organization(function: str) -> None:
    stack = spoke(OrganizationId=OURS)
    own = role_of_hub(function)
    assert trusted(stack, function, own, aws__PrincipalOrgID=OURS)
    assert not trusted(stack, function, own, aws__PrincipalOrgID=THEIRS)
    assert not trusted(stack, function, own)


def test_the_roles_are_made_in_the_role_region_and_nowhere_else() -> None:
    made = {one.name for one in spoke(ExternalId=SECRET).roles}
    assert len(made) == 6
    assert {one.name for one in spoke(TOKYO, ExternalId=SECRET).roles} == {
        f"peerkeeper-spoke-forward-{TOKYO}"
    }


@pytest.mark.parametrize("deploy", [spoke, lambda: hub(Accounts=LISTED)])
def test_neither_template_is_deployed_without_the_id_of_an_organization_or_an_external_one(
    deploy: Any,
) -> None:
    with pytest.raises(DeploymentError, match="OrganizationId or ExternalId must be given"):
        deploy()


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        (WHOLE, "which FleetSweep=state-machine does"),
        ({**BY_ORGANIZATION, "OrganizationId": ""}, "OrganizationId must say which"),
        ({"OrganizationalUnits": "ou-ab12-11111111"}, "Accounts must be organization"),
        ({**BY_ID, "OrganizationalUnits": "ou-ab12-11111111"}, "Accounts must be organization"),
    ],
)
def test_an_organization_is_deployed_with_its_id_and_the_state_machine_that_lists_it(
    parameters: dict[str, str], said: str
) -> None:
    with pytest.raises(DeploymentError, match=said):
        hub(**parameters)


def test_a_spoke_that_holds_no_roles_needs_neither() -> None:
    assert len(spoke(TOKYO, RoleRegion="").roles) == 1
