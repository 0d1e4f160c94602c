"""What the fleet sweep covers, from the environment that template.yaml makes of its parameters.

In: the environment. Out: `Fleet`, or one SettingsError that names every fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from peerkeeper.errors import SettingsError, quoted
from peerkeeper.settings import ACCOUNT, REGION
from peerkeeper.settings.environment import PREFIX
from peerkeeper.settings.parsers import ORGANIZATION, words

UNIT = re.compile(r"ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}")
"""Source: Organizations API reference, ListAccountsForParent, ParentId."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """The accounts and regions of one installation, as its operator names them."""

    own_account: str
    regions: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    """Named one by one, in addition to the hub's own."""
    organization: bool = False
    """All accounts that the organization has, instead of `accounts`."""
    units: tuple[str, ...] = ()
    """Organizational units to look in; empty means the whole organization."""


def fleet_from(environment: Mapping[str, str]) -> Fleet:
    """Return the fleet that the environment names; an empty Regions means the function's own region.

    Raises SettingsError with every fault at once.
    """
    accounts = _words(environment, "ACCOUNTS")
    organization = accounts == (ORGANIZATION,)
    fleet = Fleet(
        own_account=environment.get(PREFIX + "ACCOUNT", ""),
        regions=_words(environment, "REGIONS") or (environment.get("AWS_REGION", ""),),
        accounts=() if organization else accounts,
        organization=organization,
        units=_words(environment, "ORGANIZATIONAL_UNITS"),
    )
    if faults := list(_faults(fleet)):
        raise SettingsError("The fleet sweep's settings are wrong:", faults)
    return fleet


def _words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(words(environment.get(PREFIX + name, "")))


def _faults(fleet: Fleet) -> Iterator[str]:
    for account in (fleet.own_account, *fleet.accounts):
        if not ACCOUNT.fullmatch(account):
            yield f"{quoted(account)} is not a 12-digit account id"
    for region in fleet.regions:
        if not REGION.fullmatch(region):
            yield f"{quoted(region)} is not a region name"
    for unit in fleet.units:
        if not UNIT.fullmatch(unit):
            yield f"{quoted(unit)} is not the id of an organizational unit"
    if fleet.units and not fleet.organization:
        yield f"OrganizationalUnits needs Accounts={ORGANIZATION}"
