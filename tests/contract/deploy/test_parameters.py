"""The settings: each a described parameter with a harmless default, each reaching the functions."""

import re
from typing import Any

import pytest

from tests.contract.deploy.templates import FUNCTIONS, HUB, KEPT, ROOT, SPOKE, id_in

PARAMETERS = HUB["Parameters"]
VARIABLES = HUB["Globals"]["Function"]["Environment"]["Variables"]
OF_SOME = {"Endpoints": "off"}
"""Settings of the functions that look at what they are about, and of no other."""
DEFAULTS = {
    "Mode": "observe",
    "Regions": "",
    "AllowedAccounts": "",
    "AllowedDestinations": "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10",
    "AllowIpv6": "false",
    "AllowMoreSpecificThan": "",
    "AllowMultipathCharges": "false",
    "RouteScope": "keep",
    "EnforceIn": "participating",
    "VpcDns": "enforce",
    "SubnetPublicIp": "off-where-private",
    "StaleGroupRules": "off",
    "QuotaCheck": "off",
    "Reachability": "off",
    "PrivateZones": "off",
    "DeleteOverride": "",
    "Accounts": "",
    "ExternalId": "",
    "FleetSweep": "direct",
}
# Those that are not settings of the functions but of what runs them.
AROUND = {
    "OrganizationalUnits",  # of the lister alone
    *("OrganizationId", "SweepMinutes", "AlarmTopicArn", "NoticeTopicArn", "NoticeFormat"),
    *("LogLevel", "LogRetentionDays", "PermissionsBoundary", "EndpointUrl"),
}
TAKEN = {
    "Regions": ["", "ap-northeast-2", "ap-northeast-1,us-gov-west-1", "eusc-de-east-1"],
    "AllowedAccounts": ["", "111122223333", "111122223333,444455556666"],
    "AllowedDestinations": [
        "10.0.0.0/8",
        "10.0.0.0/8,fc00::/7",
        "192.168.1.1/32",
        "10.0.0.0/8,!10.64.0.0/10",
        "!10.64.0.0/10,10.0.0.0/8",
        "255.249.199.0/24,9.0.0.0/9",
        "FD00::/8,1:2:3:4:5:6:7:8/128,::/1",
    ],
    "AllowMoreSpecificThan": ["", "10.0.0.0/8", "10.0.0.0/8,2001:db8::/32", "FD00::/8"],
    "DeleteOverride": ["", "111122223333/ap-northeast-2=40"],
    "Accounts": ["", "organization", "111122223333", "111122223333,444455556666"],
    "OrganizationId": ["", "o-a1b2c3d4e5"],
    "ExternalId": ["", "3f1c9a5e-0d6b-4c57-9d55-6d0f8b5f7a10"],
    "OrganizationalUnits": ["", "ou-ab12-11111111", "ou-ab12-11111111,ou-ab12-222222223333"],
    "EndpointUrl": ["", "http://localhost:4566", "https://emulator.example"],
    "PermissionsBoundary": [
        "",
        "arn:aws:iam::111122223333:policy/peerkeeper-boundary-peerkeeper",
        "arn:aws-us-gov:iam::111122223333:policy/network/boundary",
        "arn:aws:iam::aws:policy/PowerUserAccess",
    ],
    "AlarmTopicArn": ["", "arn:aws:sns:ap-northeast-2:111122223333:alarms"],
    "NoticeTopicArn": ["", "arn:aws-cn:sns:cn-north-1:111122223333:notices"],
}
NO_NETWORKS = [
    *("999.1/8", "1000.0.0.0/8", "10.0.0/8", "10.0.0.0.0/8", "10/8"),
    *("10.0.0.0./8", ".10.0.0.0/8", "10.0.0.0/8.", "fd00/8", "fc00::/129", "fc00::"),
    *("10.0.0.0/8,", ",10.0.0.0/8", "10.0.0.0/8,,10.0.0.0/8", "10.0.0.0/810.0.0.0/8"),
]
REFUSED = {
    "Regions": ["*", "ap-northeast-2, ap-northeast-1", "Seoul", "ap-northeast-2,"],
    "AllowedAccounts": ["*", "11112222333", "111122223333,", "1111-2222-3333", "12*"],
    "AllowedDestinations": [
        "",
        "0.0.0.0/0",
        "::/0",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/8,0.0.0.0/0",
        "!!10.0.0.0/8",
        "10.0.0.0/8,!0.0.0.0/0",
        "10.0.0.0/8,! 10.64.0.0/10",
        *NO_NETWORKS,
    ],
    "AllowMoreSpecificThan": [
        "0.0.0.0/0",
        "::/0",
        "10.0.0.0/8 10.1.0.0/16",
        "!10.0.0.0/8",
        *NO_NETWORKS,
    ],
    "DeleteOverride": ["40", "ap-northeast-2=40", "111122223333/ap-northeast-2=0", "*/*=9"],
    "Accounts": ["*", "organisation", "organization,111122223333", "111122223333, 444455556666"],
    "OrganizationId": ["o-1", "ou-a1b2-c3d4e5f6", "*"],
    "ExternalId": ["peerkeeper", "with spaces in the middle", "*" * 16],
    "OrganizationalUnits": ["r-ab12", "ou-ab12-1", "ou-ab12-11111111, ou-ab12-22222222", "*"],
    "EndpointUrl": ["localhost:4566", "http://localhost:4566/path", "http://", "file:///etc"],
    "PermissionsBoundary": ["boundary", "arn:aws:iam::111122223333:role/boundary", "*"],
    "AlarmTopicArn": ["alarms", "arn:aws:sqs:ap-northeast-2:111122223333:alarms"],
    "NoticeTopicArn": ["notices", "arn:aws:sns:ap-northeast-2:111122223333:notices.fifo"],
}


def cases(values: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, row in values.items() for value in row]


def variable(parameter: str) -> str:
    """AllowIpv6 -> PEERKEEPER_ALLOW_IPV6."""
    return "PEERKEEPER_" + re.sub(r"(?<!^)(?=[A-Z])", "_", parameter).upper()


def test_the_settings_and_their_defaults_are_these() -> None:
    settings = DEFAULTS | OF_SOME
    assert {name: PARAMETERS[name]["Default"] for name in settings} == settings
    assert set(PARAMETERS) == set(settings) | AROUND


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_says_what_it_is_for_and_what_it_may_be(name: str) -> None:
    parameter = PARAMETERS[name]
    assert parameter["Description"].endswith(".")
    assert ("AllowedValues" in parameter) != ("AllowedPattern" in parameter)
    if "AllowedValues" in parameter:
        assert parameter["Default"] in parameter["AllowedValues"]
    else:
        assert re.search(parameter["AllowedPattern"], parameter["Default"])
        assert parameter["ConstraintDescription"]


@pytest.mark.parametrize(("name", "value"), cases(TAKEN))
def test_a_sound_value_is_taken(name: str, value: str) -> None:
    assert re.search(PARAMETERS[name]["AllowedPattern"], value)


@pytest.mark.parametrize(("name", "value"), cases(REFUSED))
def test_an_unsound_value_is_refused_before_anything_is_deployed(name: str, value: str) -> None:
    assert not re.search(PARAMETERS[name]["AllowedPattern"], value)


def test_every_pattern_has_samples_of_what_it_takes_and_refuses() -> None:
    patterned = {name for name, parameter in PARAMETERS.items() if "AllowedPattern" in parameter}
    assert set(TAKEN) == set(REFUSED) == patterned


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_setting_reaches_every_function(name: str) -> None:
    assert VARIABLES[variable(name)] == {"Ref": name}


@pytest.mark.parametrize("name", DEFAULTS | OF_SOME)
def test_a_setting_is_read_by_the_functions_or_by_the_fleet_sweep(name: str) -> None:
    layer = ROOT / "layers/peerkeeper/peerkeeper"
    source = (layer / "settings/environment.py").read_text() + (
        layer / "fleet_sweep/fleet.py"
    ).read_text()
    assert re.search(rf"\b{variable(name).removeprefix('PEERKEEPER_')}\b", source)


@pytest.mark.parametrize("name", OF_SOME)
def test_a_setting_of_some_functions_reaches_these(name: str) -> None:
    functions = {
        function: HUB["Resources"][function]["Properties"]["Environment"]["Variables"]
        for function in FUNCTIONS
    }
    told = {one for one, variables in functions.items() if variable(name) in variables}
    assert told == {"Sweep", "KeepEndpoints"}
    assert all(functions[one][variable(name)] == {"Ref": name} for one in told)


def test_the_units_reach_the_function_that_lists_them() -> None:
    lister = HUB["Resources"]["ListLocations"]["Properties"]["Environment"]["Variables"]
    assert lister == {variable("OrganizationalUnits"): {"Ref": "OrganizationalUnits"}}


def test_the_functions_are_told_where_they_are_and_whom_to_believe() -> None:
    rest = {name: value for name, value in VARIABLES.items() if name not in map(variable, DEFAULTS)}
    for function in ("ConnectPeerings", "CleanRoutes", "ConfigureVpcs"):  # a first look proves it
        own = HUB["Resources"][function]["Properties"]["Environment"]["Variables"]
        comma, senders = own["PEERKEEPER_SENDERS"]["Fn::Join"]
        assert comma == ","
        four = [one for one in FUNCTIONS if one not in KEPT]
        assert senders == [{"Fn::GetAtt": [f"{one}Role", "RoleId"]} for one in four]
    assert rest == {
        "PEERKEEPER_ACCOUNT": {"Ref": "AWS::AccountId"},
        "PEERKEEPER_PARTITION": {"Ref": "AWS::Partition"},
        "PEERKEEPER_BUS": {"Ref": "HubBus"},
        "PEERKEEPER_QUEUE_CONNECT_PEERINGS": {"Ref": "ConnectQueue"},
        "PEERKEEPER_QUEUE_CLEAN_ROUTES": {"Ref": "CleanQueue"},
        "PEERKEEPER_QUEUE_CONFIGURE_VPCS": {"Ref": "ConfigureQueue"},
        "POWERTOOLS_LOG_LEVEL": {"Ref": "LogLevel"},
        # Declared, so that sam local can point a function at a local cloud.
        "AWS_ENDPOINT_URL": {"Ref": "EndpointUrl"},
    }


SHARED = (
    *("AlarmTopicArn", "OrganizationId", "ExternalId", "Mode", "Regions", "AllowedAccounts"),
    *("VpcDns", "SubnetPublicIp", "StaleGroupRules", "Reachability", "QuotaCheck"),
    *("PrivateZones", "Endpoints", "PermissionsBoundary"),
)


@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
def test_the_console_shows_every_parameter_in_a_group(template: Any) -> None:
    groups = template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    shown = [name for group in groups for name in group["Parameters"]]
    assert sorted(shown) == sorted(template["Parameters"])


def test_the_spoke_asks_for_the_hubs_bus_and_shares_the_rest() -> None:
    asked = SPOKE["Parameters"]
    assert set(asked) == {"HubBusArn", "RoleRegion", *SHARED}
    for name in SHARED:
        for said in ("AllowedPattern", "AllowedValues", "Default", "MaxLength", "Type"):
            assert asked[name].get(said) == PARAMETERS[name].get(said)
    assert re.search(
        asked["HubBusArn"]["AllowedPattern"],
        "arn:aws:events:ap-northeast-2:111122223333:event-bus/peerkeeper",
    )
    assert id_in(HUB["Outputs"]["HubBusArn"]["Value"]) == "HubBus"
