"""What a role could do in the wrong hands, whatever our code says: the templates' own policies, evaluated."""

from typing import Any

import pytest

from peerkeeper_local.deployment import Deployment, Stack
from peerkeeper_local.iam import Request, Role, allowed_for_principal
from tests.contract.deploy.templates import ROOT

HOME, APPS, THIRD, STRANGER = "111122223333", "444455556666", "777788889999", "999999999999"
SEOUL, SINGAPORE = "ap-northeast-2", "ap-southeast-1"
SECRET = "3f1c9a5e-0d6b-4c57-9d55-6d0f8b5f7a10"
SET_UP = {"Mode": "full", "Regions": SEOUL, "Accounts": APPS, "ExternalId": SECRET}
SET_UP |= {"Endpoints": "keep"}
SET_UP |= {"AllowedAccounts": f"{HOME},{APPS},{THIRD}"}
NAMES = {
    "ConnectPeerings": "connect-peerings",
    "CleanRoutes": "clean-routes",
    "ConfigureVpcs": "configure-vpcs",
    "KeepEndpoints": "keep-endpoints",
    "Sweep": "sweep",
}
POWERS = {
    "ConnectPeerings": {
        "AcceptVpcPeeringConnection",
        "CreateRoute",
        "CreateTags",
        "ModifyVpcPeeringConnectionOptions",
    },
    "CleanRoutes": {"DeleteRoute"},
    "ConfigureVpcs": {"ModifySubnetAttribute", "ModifyVpcAttribute"},
    "KeepEndpoints": {"ModifyVpcEndpoint"},
    "Sweep": set[str](),
}
"""All that each function's role may write, at home and in another account."""
WRITES = {
    # what a thief would like to call, and a resource that it needs
    "AcceptVpcPeeringConnection": "vpc-peering-connection",
    "AssociateRouteTable": "route-table",
    "AssociateVpcCidrBlock": "vpc",
    "AttachInternetGateway": "vpc",
    "AuthorizeSecurityGroupIngress": "security-group",
    "CreateFlowLogs": "vpc",
    "CreateRoute": "route-table",
    "CreateTags": "vpc-peering-connection",
    "CreateVpcPeeringConnection": "vpc",
    "DeleteRoute": "route-table",
    "DeleteRouteTable": "route-table",
    "DeleteTags": "vpc-peering-connection",
    "DeleteVpc": "vpc",
    "DeleteVpcPeeringConnection": "vpc-peering-connection",
    "DeleteVpcEndpoints": "vpc-endpoint",
    "ModifySubnetAttribute": "subnet",
    "ModifyVpcAttribute": "vpc",
    "ModifyVpcEndpoint": "vpc-endpoint",
    "ModifyVpcPeeringConnectionOptions": "vpc-peering-connection",
    "RejectVpcPeeringConnection": "vpc-peering-connection",
    "ReplaceRoute": "route-table",
    "ReplaceRouteTableAssociation": "route-table",
    "RunInstances": "subnet",
}
ELSEWHERE = [
    ("iam:PassRole", f"arn:aws:iam::{HOME}:role/peerkeeper-connect-peerings"),
    ("iam:PutRolePolicy", f"arn:aws:iam::{HOME}:role/peerkeeper-sweep"),
    ("lambda:UpdateFunctionCode", f"arn:aws:lambda:{SEOUL}:{HOME}:function:peerkeeper-sweep"),
    ("sts:AssumeRole", f"arn:aws:iam::{APPS}:role/OrganizationAccountAccessRole"),
    ("s3:GetObject", "arn:aws:s3:::anything/at-all"),
    ("sns:Publish", f"arn:aws:sns:{SEOUL}:{HOME}:peering-notices"),
    ("events:PutRule", f"arn:aws:events:{SEOUL}:{HOME}:rule/peerkeeper/peerkeeper-connect"),
]
PLACES = ["hub", "spoke"]


def stack(place: str, **changed: str) -> Stack:
    hub = Deployment(ROOT).hub(HOME, SEOUL, {**SET_UP, **changed})
    if place == "hub":
        return hub
    given = {"RoleRegion": SEOUL, **SET_UP, **changed}
    return Deployment(ROOT).spoke(APPS, SEOUL, hub, given)


def role(place: str, function: str, **changed: str) -> Role:
    name = f"peerkeeper-{'spoke-' if place == 'spoke' else ''}{NAMES[function]}"
    (found,) = [one for one in stack(place, **changed).roles if one.name == name]
    return found


def may(thief: Role, action: str, resource: str, region: str = SEOUL, **context: Any) -> bool:
    keys = {name.replace("__", ":"): value for name, value in context.items()}
    where = {"ec2:Region": region, "aws:RequestedRegion": region}
    request = Request(thief.arn, action, resource, {**where, **keys})
    return allowed_for_principal(thief.policies, request)


def writes(thief: Role, action: str, region: str = SEOUL, peer: str = HOME, **context: Any) -> bool:
    account = thief.arn.split(":")[4]
    kind = WRITES[action]
    keys: dict[str, Any] = {
        "ec2__AccepterVpc": f"arn:aws:ec2:{region}:{account}:vpc/vpc-1",
        "ec2__RequesterVpc": f"arn:aws:ec2:{region}:{peer}:vpc/vpc-2",
        "aws__TagKeys": "peerkeeper:status",
        "aws__ResourceTag/peerkeeper:endpoint-tables": "private",
        **context,
    }
    return may(thief, f"ec2:{action}", f"arn:aws:ec2:{region}:{account}:{kind}/it", region, **keys)


@pytest.mark.parametrize("function", POWERS)
@pytest.mark.parametrize("place", PLACES)
def test_a_stolen_role_writes_what_its_function_writes_and_nothing_else(
    place: str, function: str
) -> None:
    thief = role(place, function)
    assert {action for action in WRITES if writes(thief, action)} == POWERS[function]
    assert not [action for action in WRITES if writes(thief, action, SINGAPORE)]


@pytest.mark.parametrize("function", POWERS)
@pytest.mark.parametrize("place", PLACES)
def test_in_observe_a_stolen_role_writes_nothing(place: str, function: str) -> None:
    thief = role(place, function, Mode="observe")
    assert not [action for action in WRITES if writes(thief, action)]


@pytest.mark.parametrize("place", PLACES)
def test_who_holds_the_role_of_endpoints_changes_tagged_ones_alone(place: str) -> None:
    thief, key = role(place, "KeepEndpoints"), "aws__ResourceTag/peerkeeper:endpoint-tables"
    assert writes(thief, "ModifyVpcEndpoint", **{key: "all"})
    assert not writes(thief, "ModifyVpcEndpoint", **{key: "public"})


@pytest.mark.parametrize("place", PLACES)
def test_who_holds_connects_role_accepts_from_allowed_accounts_alone(place: str) -> None:
    thief, accept = role(place, "ConnectPeerings"), "AcceptVpcPeeringConnection"
    assert all(writes(thief, accept, peer=one) for one in (HOME, APPS, THIRD))
    assert not writes(thief, accept, peer=STRANGER)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "key", ["peerkeeper:approved", "peerkeeper:peers", "Name", ("peerkeeper:status", "Name"), ()]
)
def test_who_holds_connects_role_sets_no_tag_that_approves(place: str, key: Any) -> None:
    thief = role(place, "ConnectPeerings")
    context = {"aws__TagKeys": key} if key else {"aws__TagKeys": None}
    assert not writes(thief, "CreateTags", **context)
    vpc = f"arn:aws:ec2:{SEOUL}:{thief.arn.split(':')[4]}:vpc/it"
    assert not may(thief, "ec2:CreateTags", vpc, aws__TagKeys="peerkeeper:status")


@pytest.mark.parametrize("function", POWERS)
def test_a_stolen_role_of_the_hub_reaches_no_other_functions_role(function: str) -> None:
    thief = role("hub", function)
    there = {"aws__ResourceAccount": APPS}

    def assumes(name: str, account: str = APPS) -> bool:
        arn = f"arn:aws:iam::{account}:role/peerkeeper-spoke-{name}"
        return may(thief, "sts:AssumeRole", arn, **{**there, "aws__ResourceAccount": account})

    assert {name for name in NAMES.values() if assumes(name)} == {NAMES[function]}
    assert not assumes(NAMES[function], STRANGER)


@pytest.mark.parametrize("function", POWERS)
@pytest.mark.parametrize("place", PLACES)
def test_a_stolen_role_gets_no_further(place: str, function: str) -> None:
    thief = role(place, function)
    for action, resource in ELSEWHERE:
        assert not may(thief, action, resource, aws__ResourceAccount=APPS)


@pytest.mark.parametrize("function", POWERS)
def test_a_stolen_role_forges_no_call_of_ec2s(function: str) -> None:
    thief, bus = role("hub", function), f"arn:aws:events:{SEOUL}:{HOME}:event-bus/peerkeeper"
    assert may(thief, "events:PutEvents", bus, events__source="peerkeeper")
    assert not may(thief, "events:PutEvents", bus, events__source="aws.ec2")
    assert not may(role("spoke", function), "events:PutEvents", bus, events__source="peerkeeper")


def test_the_hub_as_a_whole_gets_in_another_account_what_its_spoke_grants_and_no_more() -> None:
    """Whoever owns the hub's account may be all four functions at once."""
    every = set[str]().union(*POWERS.values())
    roles = [role("spoke", function) for function in POWERS]
    assert {action for action in WRITES if any(writes(one, action) for one in roles)} == every


def test_another_accounts_owner_may_allow_less_than_the_hub_would() -> None:
    accept = "AcceptVpcPeeringConnection"
    narrow = role("spoke", "ConnectPeerings", AllowedAccounts=APPS)
    assert writes(narrow, accept, peer=APPS)
    assert not writes(narrow, accept, peer=THIRD)
    hub = Deployment(ROOT).hub(HOME, SEOUL, SET_UP)
    quiet = Deployment(ROOT).spoke(
        APPS, SEOUL, hub, {**SET_UP, "RoleRegion": SEOUL, "Mode": "observe"}
    )
    held = [one for one in quiet.roles if one.name.startswith("peerkeeper-spoke-c")]
    assert len(held) == 3
    assert not [action for action in WRITES for one in held if writes(one, action)]
