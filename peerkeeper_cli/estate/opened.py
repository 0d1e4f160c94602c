"""From the command line to what can be read: logins, settings, locations. In: `AskedFor`. Out: `Opened`.

A served local cloud says by itself what its settings and its accounts are. Everywhere else boto3's own
configuration counts. Raises ReadError before anything of the estate is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from botocore.session import Session
from peerkeeper.aws.clients import THREADS
from peerkeeper.aws.spokes import SpokeRole
from peerkeeper.settings import REGION, Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.asked_for import AskedFor, ReadError
from peerkeeper_cli.estate.unlisted import unlisted
from peerkeeper_cli.logins.login import Login, LoginError
from peerkeeper_cli.logins.other_accounts import assumed
from peerkeeper_cli.logins.own import own_logins
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.allowed_actions import hold
from peerkeeper_cli.reader.covered import Covered, State
from peerkeeper_cli.reader.regions import enabled
from peerkeeper_cli.served_cloud.served import Served, served
from peerkeeper_cli.settings_source.chosen import Chosen, chosen, settings_of


@dataclass
class Opened:
    """Whom to read as, by which settings, and where."""

    asked: AskedFor
    access: Access
    settings: Settings
    said: str
    """Whose settings they are."""
    located: bool
    """Whether the settings say what the hub manages. If not, all that is read counts as managed."""
    now: float
    regions: tuple[str, ...] = ()
    """Regions to read in each account, or empty for those that it has enabled."""
    assumed: frozenset[str] = frozenset()
    """Accounts that are read by the role."""
    gaps: tuple[Covered, ...] = ()
    """What is known to be missing before anything is read."""
    local_url: str = ""
    """Where a served local cloud answers, or empty for AWS."""

    def places(self, accounts: Iterable[str]) -> frozenset[Location]:
        """Return the locations to read in these accounts, as far as the hub manages them."""
        found = self.every_place(accounts)
        return frozenset(one for one in found if not self.located or self.settings.covers(one))

    def every_place(self, accounts: Iterable[str]) -> frozenset[Location]:
        """Return the locations to read in these accounts, whether the hub manages them or not."""
        asked = [*accounts]
        with ThreadPoolExecutor(THREADS) as pool:
            found = [*pool.map(self._regions_of, asked)]
        return frozenset(
            Location(account, region)
            for account, its in zip(asked, found, strict=True)
            for region in (self._without_list(account, its) if isinstance(its, Trouble) else its)
        )

    @property
    def named_accounts(self) -> frozenset[str]:
        """The accounts that the hub manages, by the settings. Empty if they do not say it."""
        after = self.settings.locations if self.located else ()
        return frozenset(one.account_id for one in after)

    def look_after(self, places: frozenset[Location]) -> None:
        """If the settings do not say what the hub manages, plan as if it managed all that is read."""
        if not self.located:
            self.settings = replace(self.settings, locations=self.settings.locations | places)

    def assume(self, accounts: Iterable[str]) -> frozenset[Location]:
        """Assume the role in more accounts. Count each that lets us in as managed. Return their places."""
        login = self.access.own
        assert self.asked.role_name  # noqa: S101 - for the type checker
        found = assumed(
            login,
            SpokeRole(
                self.asked.role_name,
                f"peerkeeper-{self.asked.command}",
                self.asked.external_id,
                login.partition,
            ),
            {*accounts} - self.access.logins.keys() - self.access.refused.keys(),
            partial(hold, command=self.asked.command),
        )
        self.access.admit(found.logins, found.refused)
        self.assumed |= {login.account for login in found.logins}
        refused = [
            Location(one, region) for one in found.refused for region in self._known_regions()
        ]
        new = self.places(login.account for login in found.logins)
        self.look_after(new)
        return new | frozenset(refused)

    def _known_regions(self) -> tuple[str, ...]:
        return self.regions or (self.access.own.home,)

    def _regions_of(self, account: str) -> tuple[str, ...] | Trouble:
        return self.regions or enabled(self.access, account)

    def _without_list(self, account: str, trouble: Trouble) -> tuple[str, ...]:
        """Return the Regions to read in an account that does not list its own. Raises ReadError.

        One role of many does not end the rest: its account is read in the home Region, and all its other
        Regions are a gap.
        """
        if account not in self.assumed:
            words = f"{trouble.action} says {trouble.code}: {trouble.message}"
            raise ReadError(
                f"the regions of {account} cannot be read ({words}): name each --region"
            )
        known = self._known_regions()
        self.access.refused[account] = trouble
        self.gaps = tuple(dict.fromkeys((*self.gaps, unlisted(account, trouble, known))))
        return known


def opened(asked: AskedFor, *, look_for_hub: bool = True) -> Opened:
    """Return what the options come to. Raises ReadError with every fault and its remedy.

    `look_for_hub`: whether regions are asked for a hub, where no option says whose settings count.
    """
    cloud = served(asked.endpoint)
    logins = _logins(asked, cloud)
    access = Access(logins)
    own = logins[0]
    _known(asked.regions, own.session)
    if cloud:
        base = Chosen(cloud.environment, f"the local cloud at {cloud.url}", located=True)
        if asked.config:
            base = chosen(asked, access, ())
    else:
        base = chosen(asked, access, _hub_regions(asked, access) if look_for_hub else ())
    settings, said = settings_of(base, asked, own.account, own.home, own.partition)
    located = base.located or "Regions" in asked.given
    regions = asked.regions or (
        tuple(sorted({one.region for one in settings.locations})) if located else ()
    )
    return Opened(
        asked,
        access,
        settings,
        said,
        located,
        cloud.now if cloud else time.time(),
        regions,
        gaps=_gaps(asked, base, settings),
        local_url=cloud.url if cloud else "",
    )


def _gaps(asked: AskedFor, base: Chosen, settings: Settings) -> tuple[Covered, ...]:
    """Return what cannot be known: whether there is a hub, and which accounts an organization has."""
    found = []
    if base.unsure:
        words = f"{base.unsure}: the settings may be others; name the --hub, or a --config"
        found.append(Covered(settings.account, "", State.UNREAD, words))
    if settings.organization and not asked.accounts:
        words = "the hub manages the whole organization: name each --account, with --role-name"
        found.append(Covered("organization", "", State.NOT_ASKED, words))
    return tuple(found)


def _logins(asked: AskedFor, cloud: Served | None) -> list[Login]:
    prepare = partial(hold, command=asked.command)
    try:
        if cloud and not asked.profiles:
            return cloud.logins(prepare)
        region = asked.hub or (asked.regions[0] if asked.regions else None)
        return own_logins(asked.profiles, region, prepare)
    except LoginError as error:
        raise ReadError(str(error)) from error


def _hub_regions(asked: AskedFor, access: Access) -> tuple[str, ...]:
    """Return where a hub may be: in every enabled region, even if fewer are to be read."""
    if asked.config or asked.hub:
        return ()
    found = enabled(access, access.own.account)
    if isinstance(found, Trouble):
        return tuple(dict.fromkeys((*asked.regions, access.own.home)))
    return found


def _known(regions: Iterable[str], session: Session) -> None:
    """Say which of the regions AWS does not have. Raises ReadError."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong region needs it

    there = [
        region
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("ec2", partition)
    ]
    # One that is newer than this botocore looks like a region; EC2 says whether it is one.
    wrong = [one for one in regions if one not in there and not _is_new(one, there)]
    if wrong and os.environ.get("AWS_ENDPOINT_URL") is None:
        said = []
        for one in wrong:
            near = get_close_matches(one, there, n=1, cutoff=0.6)
            said.append(f"{one} is no region{f'; did you mean {near[0]}?' if near else ''}")
        raise ReadError("; ".join(said))


def _is_new(region: str, there: list[str]) -> bool:
    from difflib import get_close_matches  # noqa: PLC0415 - as above

    return bool(REGION.fullmatch(region)) and not get_close_matches(region, there, n=1, cutoff=0.85)
