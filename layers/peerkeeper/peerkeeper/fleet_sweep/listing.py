"""Which locations a sweep of the fleet looks at, and which it leaves out, and why.

In: the fleet, the organization's accounts, the regions enabled in each. Out: `Listing`. Never talks to AWS.

    account          its region                      then
    not ACTIVE       any                             skipped: the account's state
    ACTIVE or named  on by default in our account    listed: it is on in every account
    ACTIVE or named  known to be enabled             listed
    ACTIVE or named  known to be in another state    skipped: not enabled
    ACTIVE or named  not in the reply, or not read   listed: a failed read is no empty read; its sweep tells

The hub's own account is always among them, and is asked first. It says which Regions no account can turn off,
so the code keeps no list of them. Source: Account Management API reference, Region.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from peerkeeper.errors import SettingsError
from peerkeeper.fleet_sweep.fleet import Fleet
from peerkeeper.values.ec2 import Location

MOST_LOCATIONS = 10_000
"""At most so many are swept in one run: what six hours at eight a time hold with room to spare."""
ACTIVE = "ACTIVE"
ON_IN_EVERY_ACCOUNT = "ENABLED_BY_DEFAULT"
ENABLED = frozenset({"ENABLED", ON_IN_EVERY_ACCOUNT})
Statuses = Mapping[str, str]
"""The status of each region of an account, as Account Management names it."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the organization, and the state Organizations gives it."""

    id: str
    state: str = ACTIVE


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


def listing(
    fleet: Fleet,
    organization: Iterable[Account],
    statuses: Callable[[str], Statuses | None],
) -> Listing:
    """Return the fleet's locations.

    `organization`: its accounts, where the fleet is one. `statuses`: gives the statuses of an account's
    Regions, or None where they could not be read. Another account is asked only where a Region may be off
    in it. Raises SettingsError for no location, or for more than one run takes.
    """
    accounts = {one.id: one for one in (*map(Account, fleet.accounts), *organization)}
    accounts[fleet.own_account] = Account(fleet.own_account)
    own = statuses(fleet.own_account)
    always = {region for region, status in (own or {}).items() if status == ON_IN_EVERY_ACCOUNT}
    asks = not always.issuperset(fleet.regions)
    known = {
        key: own if key == fleet.own_account else statuses(key)
        for key, account in accounts.items()
        if asks and account.state == ACTIVE
    }
    found = [
        each
        for key in sorted(accounts)
        for each in _of(accounts[key], fleet, known.get(key) or {}, always)
    ]
    locations = tuple(each for each in found if isinstance(each, Location))
    if not 0 < len(locations) <= MOST_LOCATIONS:
        raise SettingsError(
            "This fleet cannot be swept:",
            [f"it has {len(locations)} locations; one run takes 1 to {MOST_LOCATIONS}"],
        )
    return Listing(locations, tuple(each for each in found if isinstance(each, Skipped)))


def _of(
    account: Account, fleet: Fleet, known: Statuses, always: Container[str]
) -> Iterator[Location | Skipped]:
    for region in sorted(set(fleet.regions)):
        location = Location(account.id, region)
        if account.state != ACTIVE:
            yield Skipped(location, f"the account is {account.state or 'in no known state'}")
        elif region not in always and known.get(region, ON_IN_EVERY_ACCOUNT) not in ENABLED:
            yield Skipped(location, "the region is not enabled in this account")
        else:
            yield location
