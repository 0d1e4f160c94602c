"""The parameters of template.yaml, as variables of the functions. In: names and values. Out: an environment.

The package does not hold the template; a test compares this table with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from peerkeeper.settings.environment import PREFIX

PLANNED: dict[str, str] = {
    "Mode": "MODE",
    "Regions": "REGIONS",
    "Accounts": "ACCOUNTS",
    "AllowedAccounts": "ALLOWED_ACCOUNTS",
    "AllowedDestinations": "ALLOWED_DESTINATIONS",
    "AllowMoreSpecificThan": "ALLOW_MORE_SPECIFIC_THAN",
    "AllowIpv6": "ALLOW_IPV6",
    "AllowMultipathCharges": "ALLOW_MULTIPATH_CHARGES",
    "RouteScope": "ROUTE_SCOPE",
    "EnforceIn": "ENFORCE_IN",
    "VpcDns": "VPC_DNS",
    "SubnetPublicIp": "SUBNET_PUBLIC_IP",
    "StaleGroupRules": "STALE_GROUP_RULES",
    "QuotaCheck": "QUOTA_CHECK",
    "Reachability": "REACHABILITY",
    "PrivateZones": "PRIVATE_ZONES",
    "Endpoints": "ENDPOINTS",
    "DeleteOverride": "DELETE_OVERRIDE",
    "ExternalId": "EXTERNAL_ID",
    "FleetSweep": "FLEET_SWEEP",
}
"""Parameters that a plan depends on, and the variable of each, without its prefix."""

DEFAULTS: dict[str, str] = {
    "Mode": "observe",
    "Regions": "",
    "AllowedAccounts": "",
    "AllowedDestinations": "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10",
    "AllowMoreSpecificThan": "",
    "RouteScope": "keep",
    "AllowIpv6": "false",
    "AllowMultipathCharges": "false",
    "EnforceIn": "participating",
    "VpcDns": "enforce",
    "SubnetPublicIp": "off-where-private",
    "StaleGroupRules": "off",
    "QuotaCheck": "off",
    "Reachability": "off",
    "PrivateZones": "off",
    "Endpoints": "off",
    "DeleteOverride": "",
    "Accounts": "",
    "OrganizationId": "",
    "ExternalId": "",
    "FleetSweep": "direct",
    "OrganizationalUnits": "",
    "SweepMinutes": "15",
    "AlarmTopicArn": "",
    "NoticeTopicArn": "",
    "NoticeFormat": "text",
    "PermissionsBoundary": "",
    "EndpointUrl": "",
    "LogLevel": "INFO",
    "LogRetentionDays": "30",
}
"""Every parameter of the template, with its default as CloudFormation tells it."""

OTHERS = frozenset(DEFAULTS.keys() - PLANNED.keys())
"""Parameters that change nothing of what would be planned."""


def faults_of(given: Mapping[str, str]) -> list[str]:
    """Return a line for each name that is no parameter, with the nearest one that is."""
    known = {*PLANNED, *OTHERS}
    return [
        f"{name} is no parameter of the template{_near(name, known)}"
        for name in given
        if name not in known
    ]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the functions' variables for these parameters."""
    return {PREFIX + PLANNED[name]: value for name, value in given.items() if name in PLANNED}


def parameter_of(variable: str) -> str:
    """Return the parameter behind a variable, for messages; the variable itself where there is none."""
    short = variable.removeprefix(PREFIX)
    return next((name for name, own in PLANNED.items() if own == short), variable)


def _near(name: str, known: set[str]) -> str:
    by_case = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), by_case, n=1, cutoff=0.6)
    return f"; did you mean {by_case[near[0]]}?" if near else ""
