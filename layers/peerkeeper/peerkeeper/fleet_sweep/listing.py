"""Which locations a sweep of the fleet looks at, and which it leaves out, and why.

In: the fleet, the organization's accounts, the regions enabled in each. Out: `Listing`. Never talks to AWS.

    account          its region                    then
    not ACTIVE       any                           skipped: the account's state
    ACTIVE or named  on in every account           listed
    ACTIVE or named  opt-in, known to be enabled   listed
    ACTIVE or named  opt-in, known to be off       skipped: not enabled
    ACTIVE or named  opt-in, could not be read     listed: a failed read is no empty read; its sweep tells

The hub's own account is always among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from peerkeeper.errors import SettingsError
from peerkeeper.fleet_sweep.fleet import Fleet
from peerkeeper.values.ec2 import Location

MOST_LOCATIONS = 10_000
"""At most so many are swept in one run: what six hours at eight a time hold with room to spare."""
ALWAYS_ON = frozenset(
    {
        *("us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"),
        *("eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1"),
        *("ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"),
        *("ap-southeast-1", "ap-southeast-2"),
    }
)
"""Enabled in every account, and cannot be disabled. Source: Account Management guide, enable Regions."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the organization, and the state Organizations gives it."""

    id: str
    state: str = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A location that is not swept, and why."""

    location: Location
    why: str

    def to_dict(self) -> dict[str, str]:
        """Return it as plain JSON values."""
        return {"location": str(self.location), "why": self.why}


@dataclass(frozen=True, slots=True)
class Listing:
    """Every location of the fleet, in order of account and region."""

    locations: tuple[Location, ...]
    skipped: tuple[Skipped, ...] = ()

    def items(self) -> list[dict[str, str]]:
        """Return the items of the state machine's Map."""
        return [{"account": at.account_id, "region": at.region} for at in self.locations]


def opt_in(region: str) -> bool:
    """Tell whether an account may have this region off. China and GovCloud know no opting in."""
    return region not in ALWAYS_ON and not region.startswith(("cn-", "us-gov-"))


def listing(
    fleet: Fleet,
    organization: Iterable[Account],
    enabled: Callable[[str], frozenset[str] | None],
) -> Listing:
    """Return the fleet's locations.

    `organization`: its accounts, where the fleet is one. `enabled`: the regions enabled in an account, None
    where that could not be read; asked only where a region may be off. Raises SettingsError for none, or
    for more locations than one run takes.
    """
    accounts = {one.id: one for one in (*map(Account, fleet.accounts), *organization)}
    accounts[fleet.own_account] = Account(fleet.own_account)
    found = [each for key in sorted(accounts) for each in _of(accounts[key], fleet, enabled)]
    locations = tuple(each for each in found if isinstance(each, Location))
    if not 0 < len(locations) <= MOST_LOCATIONS:
        raise SettingsError(
            "This fleet cannot be swept:",
            [f"it has {len(locations)} locations; one run takes 1 to {MOST_LOCATIONS}"],
        )
    return Listing(locations, tuple(each for each in found if isinstance(each, Skipped)))


def _of(
    account: Account, fleet: Fleet, enabled: Callable[[str], frozenset[str] | None]
) -> Iterator[Location | Skipped]:
    active = account.state == "ACTIVE"
    asks = active and any(opt_in(region) for region in fleet.regions)
    known = enabled(account.id) if asks else None
    for region in sorted(set(fleet.regions)):
        location = Location(account.id, region)
        if not active:
            yield Skipped(location, f"the account is {account.state or 'in no known state'}")
        elif known is not None and opt_in(region) and region not in known:
            yield Skipped(location, "the region is not enabled in this account")
        else:
            yield location
