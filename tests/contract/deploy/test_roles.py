"""What each role may do: what its function needs, in each mode, and nothing besides."""

from typing import Any

import pytest
from peerkeeper.reporting.bus_events import SOURCE
from peerkeeper.spoke_roles import SPOKE_PREFIX
from peerkeeper.values.tag_keys import ENDPOINT_TABLES, PRIVATE_DNS, STATUS

from tests.contract.deploy.templates import (
    FLEET_FUNCTIONS,
    FUNCTIONS,
    HUB,
    KEPT,
    ROOT,
    SPOKE,
    allowed,
    as_list,
    holds,
    id_in,
    of_type,
    statements,
)

THEM = "444455556666"
TELLS = {"events:PutEvents"}
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
TAKES = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
READS = {
    "ConnectPeerings": {"VpcPeeringConnections", "Vpcs", "Subnets", "RouteTables", "VpcAttribute"},
    "CleanRoutes": {"VpcPeeringConnections", "Vpcs", "RouteTables"},
    "ConfigureVpcs": {"Vpcs", "Subnets", "RouteTables", "VpcAttribute"},
    "Sweep": {"VpcPeeringConnections", "Vpcs", "Subnets", "RouteTables", "VpcAttribute"},
    "KeepEndpoints": {
        *("VpcEndpoints", "Vpcs", "Subnets", "RouteTables", "VpcAttribute"),
        "ManagedPrefixLists",
    },
}
WRITES = {
    "ConnectPeerings": {
        "AcceptVpcPeeringConnection": {"vpc-peering-connection", "vpc"},
        "CreateRoute": {"route-table"},
        "ModifyVpcPeeringConnectionOptions": {"vpc-peering-connection"},
        "CreateTags": {"vpc-peering-connection"},
    },
    "CleanRoutes": {"DeleteRoute": {"route-table"}},
    "ConfigureVpcs": {"ModifyVpcAttribute": {"vpc"}, "ModifySubnetAttribute": {"subnet"}},
    "Sweep": {},
    "KeepEndpoints": {"ModifyVpcEndpoint": {"vpc-endpoint", "route-table"}},
}
SENDS = {
    "ConnectPeerings": {"ConnectQueue", "CleanQueue"},
    "CleanRoutes": {"CleanQueue", "ConnectQueue"},
    "ConfigureVpcs": {"ConfigureQueue"},
    "Sweep": {"ConnectQueue", "CleanQueue", "ConfigureQueue", "SweepDeadLetters"},
    "KeepEndpoints": {"KeepQueue"},
}
TAGS_ASKED = {
    f"aws:ResourceTag/{ENDPOINT_TABLES}": ["private", "all"],
    f"aws:ResourceTag/{PRIVATE_DNS}": "on",
}
"""What an endpoint must be tagged with, to be changed."""
# Actions that know no resource. Source: service authorization reference.
NOWHERE_ELSE = {
    "FleetSweepRole": "logs:",
    "ListLocationsRole": "organizations:ListAccounts",
}
ROLES = [
    (template, role) for template in (HUB, SPOKE) for role in of_type(template, "AWS::IAM::Role")
]


HELD = [(template, function) for template in (HUB, SPOKE) for function in FUNCTIONS]


def ec2(function: str, mode: str, template: Any = HUB) -> set[str]:
    """The EC2 operations that the function's role is allowed in a mode."""
    actions = allowed(template, f"{function}Role", mode)
    return {action.removeprefix("ec2:") for action in actions if action.startswith("ec2:")}


def reads(function: str) -> set[str]:
    lists = {"DescribeManagedPrefixLists", "GetManagedPrefixListEntries"}
    sees_routes = function in ("ConnectPeerings", "Sweep")
    return {f"Describe{kind}" for kind in READS[function]} | (lists if sees_routes else set())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_in_full_mode_a_function_may_do_its_own_work_and_no_other(function: str) -> None:
    taking = set() if function == "Sweep" else TAKES
    rest = allowed(HUB, f"{function}Role") - {f"ec2:{name}" for name in ec2(function, "full")}
    assert ec2(function, "full") == reads(function) | set(WRITES[function])
    assert rest == LOGS | TELLS | taking | {"sqs:SendMessage"}


@pytest.mark.parametrize("mode", ["observe", "add-only", "full"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_in_another_account_it_may_do_to_ec2_what_it_may_at_home_and_nothing_else(
    function: str, mode: str
) -> None:
    there = allowed(SPOKE, f"{function}Role", mode)
    assert there == {f"ec2:{name}" for name in ec2(function, mode)}


@pytest.mark.parametrize(("template", "function"), HELD)
def test_in_observe_mode_no_function_holds_a_right_to_write(template: Any, function: str) -> None:
    assert ec2(function, "observe", template) == reads(function)


@pytest.mark.parametrize(("template", "function"), HELD)
def test_in_add_only_mode_no_function_holds_a_right_to_delete(template: Any, function: str) -> None:
    assert ec2(function, "add-only", template) == ec2(function, "full", template) - {"DeleteRoute"}


@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
@pytest.mark.parametrize(
    ("parameter", "action"),
    [("VpcDns", "ec2:ModifyVpcAttribute"), ("SubnetPublicIp", "ec2:ModifySubnetAttribute")],
)
def test_with_a_setting_at_leave_no_role_holds_the_right_to_it(
    template: Any, parameter: str, action: str
) -> None:
    roles = of_type(template, "AWS::IAM::Role")
    held = {role for role in roles if action in allowed(template, role)}
    assert held == {"ConfigureVpcsRole"}
    assert not any(action in allowed(template, role, **{parameter: "leave"}) for role in roles)


FURTHER_LOOKS = {
    "StaleGroupRules": {
        "ec2:DescribeStaleSecurityGroups",
        "ec2:DescribeSecurityGroupRules",
    },
    "QuotaCheck": {"servicequotas:ListServiceQuotas", "servicequotas:GetAWSDefaultServiceQuota"},
    "Reachability": {
        f"ec2:Describe{one}" for one in ("NetworkInterfaces", "SecurityGroups", "NetworkAcls")
    },
    "PrivateZones": {
        "route53:GetHostedZone",
        "route53:ListHostedZones",
        "route53:ListHostedZonesByVPC",
        "route53:ListTagsForResources",
    },
    "Endpoints": {"ec2:DescribeVpcEndpoints", "ec2:DescribeSecurityGroups"},
}
"""By parameter: what the sweep reads beside what decisions rest on."""


@pytest.mark.parametrize("mode", ["observe", "add-only", "full"])
@pytest.mark.parametrize("parameter", FURTHER_LOOKS)
@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
def test_a_further_look_is_a_right_of_the_sweep_alone_and_only_with_report(
    template: Any, parameter: str, mode: str
) -> None:
    actions = FURTHER_LOOKS[parameter]
    for role in set(of_type(template, "AWS::IAM::Role")) - {f"{one}Role" for one in KEPT}:
        off = allowed(template, role, mode)
        on = allowed(template, role, mode, **{parameter: "report"})
        assert not off & actions
        assert on - off == (actions if role == "SweepRole" else set())


@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
def test_with_hold_who_accepts_reads_quotas_too(template: Any) -> None:
    actions = FURTHER_LOOKS["QuotaCheck"]
    for role in of_type(template, "AWS::IAM::Role"):
        held = allowed(template, role, QuotaCheck="hold") & actions
        assert held == (actions if role in ("SweepRole", "ConnectPeeringsRole") else set())


@pytest.mark.parametrize(("template", "function"), HELD)
def test_a_function_writes_only_to_kinds_of_resource_of_its_own_account(
    template: Any, function: str
) -> None:
    found: dict[str, set[str]] = {}
    for statement in statements(template, f"{function}Role"):
        action = str(statement["Action"]).removeprefix("ec2:")
        if statement["Effect"] == "Allow" and action in WRITES[function]:
            arn = statement["Resource"]["Fn::Sub"]
            prefix, _, kind = arn.rpartition(":")
            assert prefix == "arn:${AWS::Partition}:ec2:*:${AWS::AccountId}"
            found.setdefault(action, set()).add(kind.removesuffix("/*"))
    assert found == WRITES[function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_sends_only_to_the_queues_it_hands_off_to(function: str) -> None:
    sent = {
        id_in(arn)
        for statement in statements(HUB, f"{function}Role")
        if statement["Action"] == "sqs:SendMessage"
        for arn in as_list(statement["Resource"])
    }
    assert sent == SENDS[function]


@pytest.mark.parametrize("function", FUNCTIONS | FLEET_FUNCTIONS)
def test_a_function_writes_to_its_own_log_and_to_no_other(function: str) -> None:
    (log,) = [s for s in statements(HUB, f"{function}Role") if set(as_list(s["Action"])) == LOGS]
    properties = of_type(HUB, "AWS::Logs::LogGroup")[f"{function}Logs"]
    lambda_function = of_type(HUB, "AWS::Serverless::Function")[function]
    assert log["Resource"] == {"Fn::GetAtt": [f"{function}Logs", "Arn"]}
    assert properties["LogGroupName"] == f"/aws/lambda/{lambda_function['FunctionName']}"
    assert properties["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    assert lambda_function["LoggingConfig"] == {"LogGroup": {"Ref": f"{function}Logs"}}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_call_leaves_the_regions_listed(function: str) -> None:
    (denied,) = [s for s in statements(HUB, f"{function}Role") if s["Effect"] == "Deny"]
    listed = {"Fn::If": ["RegionsListed", {"Ref": "Regions"}, {"Ref": "AWS::Region"}]}
    assert (denied["Action"], denied["Resource"]) == ("ec2:*", "*")
    assert denied["Condition"] == {
        "StringNotEquals": {"aws:RequestedRegion": {"Fn::Split": [",", listed]}}
    }
    assert not holds(HUB, "RegionsListed", {"Regions": ""})
    assert holds(HUB, "RegionsListed", {"Regions": "ap-northeast-1"})


@pytest.mark.parametrize("function", FUNCTIONS)
def test_in_another_account_everything_is_allowed_in_the_regions_listed_alone(
    function: str,
) -> None:
    listed = {"Fn::If": ["RegionsListed", {"Ref": "Regions"}, {"Ref": "AWS::Region"}]}
    for statement in statements(SPOKE, f"{function}Role"):
        assert statement["Effect"] == "Allow"
        asked = dict(statement["Condition"]["StringEquals"])
        assert asked.pop("ec2:Region") == {"Fn::Split": [",", listed]}
        assert asked.keys() <= TAGS_ASKED.keys()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_hub_assumes_its_own_role_alone_and_only_where_there_is_a_fleet(function: str) -> None:
    role = f"{function}Role"
    assert "sts:AssumeRole" not in allowed(HUB, role)
    (assume,) = [s for s in statements(HUB, role, Accounts=THEM) if s["Action"] == "sts:AssumeRole"]
    name = SPOKE["Resources"][role]["Properties"]["RoleName"]
    assert assume["Resource"] == {"Fn::Sub": f"arn:${{AWS::Partition}}:iam::*:role/{name}"}
    assert set(assume["Condition"]["StringEquals"]) == {"aws:ResourceAccount", "aws:ResourceOrgID"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_role_in_another_account_has_the_name_by_which_the_hubs_function_asks(
    function: str,
) -> None:
    hub_role = HUB["Resources"][f"{function}Role"]["Properties"]["RoleName"]
    name = SPOKE_PREFIX + hub_role.removeprefix("peerkeeper-")
    assert SPOKE["Resources"][f"{function}Role"]["Properties"]["RoleName"] == name
    properties = of_type(HUB, "AWS::Serverless::Function")[function]
    assert properties["Environment"]["Variables"]["PEERKEEPER_SPOKE_ROLE"] == name


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_role_in_another_account_is_made_in_one_region_alone(function: str) -> None:
    holds_it = "HoldsKeepRole" if function in KEPT else "HoldsRoles"
    assert SPOKE["Resources"][f"{function}Role"]["Condition"] == holds_it
    assert SPOKE["Conditions"]["HoldsKeepRole"]["Fn::And"] == [
        {"Condition": "HoldsRoles"},
        {"Condition": "KeepsEndpoints"},
    ]
    assert SPOKE["Conditions"]["HoldsRoles"] == {
        "Fn::Equals": [{"Ref": "RoleRegion"}, {"Ref": "AWS::Region"}]
    }


@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
def test_a_request_is_accepted_from_allowed_accounts_only_whatever_the_code_says(
    template: Any,
) -> None:
    (accept,) = [
        s
        for s in statements(template, "ConnectPeeringsRole")
        if s["Sid"] == "AcceptFromAllowedAccounts"
    ]
    (comma, joined) = accept["Condition"]["ArnLike"]["ec2:RequesterVpc"]["Fn::Split"]
    pieces: Any = joined["Fn::Join"]
    glue, accounts = pieces[1][1]["Fn::Join"]
    assert accounts["Fn::Split"][1]["Fn::If"] == [
        "AccountsListed",
        {"Ref": "AllowedAccounts"},
        {"Ref": "AWS::AccountId"},
    ]
    text = pieces[1][0] + glue.join(["111122223333", "444455556666"]) + pieces[1][2]
    assert text.split(comma) == ["arn:*:ec2:*:111122223333:vpc/*", "arn:*:ec2:*:444455556666:vpc/*"]


@pytest.mark.parametrize(("template", "role"), ROLES)
def test_nothing_is_allowed_by_wildcard_but_describing(template: Any, role: str) -> None:
    for statement in statements(template, role):
        if statement["Effect"] == "Deny":
            continue
        actions = as_list(statement["Action"])
        assert not [action for action in actions if "*" in action]
        if statement["Resource"] == "*":
            known = NOWHERE_ELSE.get(role, "ec2:Describe")
            assert all(action.startswith(known) for action in actions)
            assert "ec2:DescribeVpcAttribute" not in actions  # the one that can be held to vpc/*


BY_A_SERVICE = [one for one in ROLES if one[0] is HUB or one[1] == "ForwardRole"]


@pytest.mark.parametrize(("template", "role"), BY_A_SERVICE)
def test_a_role_is_assumed_by_one_service(template: Any, role: str) -> None:
    (trust,) = template["Resources"][role]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    others = {
        "ForwardRole": "events",
        "SweepScheduleRole": "scheduler",
        "FleetSweepRole": "states",
    }
    service = others.get(role, "lambda")
    assert trust["Principal"] == {"Service": f"{service}.amazonaws.com"}
    assert trust["Action"] == "sts:AssumeRole"


@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
def test_only_an_endpoint_whose_own_tag_asks_for_it_is_changed(template: Any) -> None:
    asked: dict[str, Any] = {}
    for statement in statements(template, "KeepEndpointsRole"):
        if statement["Action"] == "ec2:ModifyVpcEndpoint":
            kind = statement["Resource"]["Fn::Sub"].rpartition(":")[2]
            said = dict(statement.get("Condition", {}).get("StringEquals", {}))
            said.pop("ec2:Region", None)
            assert bool(said) == (kind == "vpc-endpoint/*")
            asked |= said
    assert asked == TAGS_ASKED


@pytest.mark.parametrize("name", [*KEPT, "KeepQueue", "KeepDeadLetters", "KeepRule"])
def test_without_keep_there_is_no_function_no_queue_and_no_rule(name: str) -> None:
    assert HUB["Resources"][name]["Condition"] == "KeepsEndpoints"
    assert not holds(HUB, "KeepsEndpoints", {"Endpoints": "report"})
    assert holds(HUB, "KeepsEndpoints", {"Endpoints": "keep"})


def test_the_layers_ec2_model_has_the_operations_that_the_roles_allow() -> None:
    listed = (ROOT / "layers/peerkeeper/build/operations.txt").read_text().split()
    looks = set().union(*FURTHER_LOOKS.values())
    held = [
        *(ec2(function, "full") for function in FUNCTIONS),
        {action.removeprefix("ec2:") for action in looks if action.startswith("ec2:")},
    ]
    assert listed == sorted(set().union(*held))


def test_the_one_tag_that_is_written_is_the_one_that_remembers_and_approves_nothing() -> None:
    (tagging,) = [
        s for s in statements(HUB, "ConnectPeeringsRole") if s["Action"] == "ec2:CreateTags"
    ]
    assert tagging["Condition"] == {
        "ForAllValues:StringEquals": {"aws:TagKeys": [STATUS]},
        "Null": {"aws:TagKeys": "false"},  # ForAllValues alone lets a call without any key through
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_puts_only_its_own_kind_of_event_on_the_hub_bus(function: str) -> None:
    (telling,) = [
        s for s in statements(HUB, f"{function}Role") if set(as_list(s["Action"])) == TELLS
    ]
    assert telling["Resource"] == {"Fn::GetAtt": ["HubBus", "Arn"]}
    assert telling["Condition"] == {
        "ForAllValues:StringEquals": {"events:source": SOURCE},
        "Null": {"events:source": "false"},
    }
