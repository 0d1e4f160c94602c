"""The longest lists that the parameters take make stacks that Lambda and IAM take: no update fails half way.

Sources: Lambda developer guide, quotas (4 KB of environment variables; what is measured is their JSON, as the
refusal's "String measured" shows); IAM user guide, quotas (10,240 characters of inline policies a role, white
space not counted).
"""

import json
from typing import Any

import pytest

from peerkeeper_local.deployment import Deployment, DeploymentError, Stack
from tests.contract.deploy.templates import HUB, ROOT, SPOKE

MOST_OF_AN_ENVIRONMENT = 4096
MOST_OF_A_ROLE = 10_240
HOME, REGION = "111122223333", "ap-southeast-1"
REGIONS = [
    *(f"ap-northeast-{n}" for n in (1, 2, 3)),
    *(f"ap-southeast-{n}" for n in range(1, 8)),
    *("ca-central-1", "eu-central-1", "eu-central-2", "il-central-1", "me-central-1"),
    *("mx-central-1", "ap-south-1"),
]
MOST_ACCOUNTS = 80


def accounts(count: int) -> str:
    return ",".join(str(int(HOME) + n) for n in range(count))


def networks(first: int, how_many: int = 10) -> str:
    """Networks as long as they get in IPv4."""
    return ",".join(f"{first}.1{n}0.1{n}1.128/25" for n in range(how_many))


SHARED = {
    "Mode": "full",
    "Regions": ",".join(REGIONS),
    "AllowedAccounts": accounts(MOST_ACCOUNTS),
    "OrganizationId": "o-" + "a" * 32,
    "ExternalId": "e" * 128,
}
LONG = {
    **SHARED,
    "FleetSweep": "state-machine",
    "AllowedDestinations": networks(192),
    "AllowMoreSpecificThan": networks(172, 4),
    "DeleteOverride": f"{HOME}/{REGION}=999999",
    "AllowIpv6": "false",
    "RouteScope": "subnets",
    "EnforceIn": "participating",
    "SubnetPublicIp": "match-internet-route",
    "StaleGroupRules": "report",
    "QuotaCheck": "report",
    "Reachability": "report",
    "PrivateZones": "report",
    "Endpoints": "keep",
    "AllowMultipathCharges": "false",
    "LogLevel": "CRITICAL",
    "EndpointUrl": "",  # an emulator's alone; AWS, which measures, is where it is empty
}
NAMED = {**LONG, "Accounts": accounts(MOST_ACCOUNTS)}
UNITS = ",".join(f"ou-ab12-{n:08}" for n in range(50))
WHOLE = {**LONG, "Accounts": "organization", "OrganizationalUnits": UNITS}


def hub(parameters: dict[str, str]) -> Stack:
    return Deployment(ROOT).hub(HOME, REGION, parameters)


def spoke() -> Stack:
    given = {**SHARED, "RoleRegion": REGION}
    return Deployment(ROOT).spoke("444455556666", REGION, hub({}), given)


def size(document: Any) -> int:
    return len(json.dumps(document, separators=(",", ":")).encode())


def roles(stack: Stack) -> dict[str, int]:
    return {role.name: sum(map(size, role.policies)) for role in stack.roles}


def test_every_parameter_of_open_length_is_measured_at_its_longest() -> None:
    variables = HUB["Globals"]["Function"]["Environment"]["Variables"].values()
    read = {value["Ref"] for value in variables if isinstance(value, dict) and "Ref" in value}
    own = HUB["Parameters"]
    of_open_length = {name for name in read if "AllowedPattern" in own.get(name, {})}
    assert of_open_length
    assert of_open_length <= {*NAMED, *WHOLE}


@pytest.mark.parametrize("parameters", [NAMED, WHOLE], ids=["named", "organization"])
def test_the_longest_lists_fit_into_every_functions_environment(parameters: dict[str, str]) -> None:
    measured = {f.logical_id: size(f.environment) for f in hub(parameters).functions}
    assert len(measured) == 7
    assert max(measured.values()) < MOST_OF_AN_ENVIRONMENT, measured


@pytest.mark.parametrize(
    "stack", [hub(NAMED), hub(WHOLE), spoke()], ids=["named", "organization", "spoke"]
)
def test_the_longest_lists_fit_into_every_roles_policies(stack: Stack) -> None:
    measured = roles(stack)
    assert len(measured) >= 5
    assert max(measured.values()) < MOST_OF_A_ROLE, measured


def test_ten_accounts_more_in_each_list_would_not_fit() -> None:
    """So the limit is no lower than it must be; this test may go when there is more room."""
    more = accounts(MOST_ACCOUNTS + 10)
    environment = hub(NAMED).function("ConnectPeerings").environment
    longer = {"PEERKEEPER_ACCOUNTS": more, "PEERKEEPER_ALLOWED_ACCOUNTS": more}
    assert set(longer) <= set(environment)
    assert size({**environment, **longer}) >= MOST_OF_AN_ENVIRONMENT


@pytest.mark.parametrize("name", ["Accounts", "AllowedAccounts"])
def test_one_account_more_is_refused_before_anything_is_deployed(name: str) -> None:
    with pytest.raises(DeploymentError, match=f"parameter {name}: .* are more than"):
        hub({**NAMED, name: accounts(MOST_ACCOUNTS + 1)})


@pytest.mark.parametrize(
    "parameter",
    [
        HUB["Parameters"]["Accounts"],
        HUB["Parameters"]["AllowedAccounts"],
        SPOKE["Parameters"]["AllowedAccounts"],
    ],
)
def test_the_refusal_names_the_limit_and_the_way_out(parameter: dict[str, Any]) -> None:
    said = parameter["ConstraintDescription"]
    assert f"at most {MOST_ACCOUNTS}" in said
    assert "a second hub" in said
    assert parameter["MaxLength"] == len(accounts(MOST_ACCOUNTS))


@pytest.mark.parametrize("page", ["README.md", "docs/adopt/fleet.md"])
def test_the_pages_say_the_limit(page: str) -> None:
    assert f"at most {MOST_ACCOUNTS}" in (ROOT / page).read_text()
