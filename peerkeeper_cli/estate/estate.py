"""All that a command knows once it has read: the estate, and how much of it. In: `Opened`. Out: `Estate`."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import ROUTABLE, Location
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.reader.coverage import coverage
from peerkeeper_cli.reader.covered import KNOWN, Covered
from peerkeeper_cli.reader.narrowing import Narrowing
from peerkeeper_cli.reader.read_estate import Asked, Reading, read_estate


@dataclass
class Estate:
    """What was read, by which settings, and what could not be read."""

    reading: Reading
    settings: Settings
    said: str
    """Whose settings they are."""
    places: frozenset[Location]
    """Where something was read, or was to be."""
    ask: Asked
    """For what a plan that looks ahead has to read more."""
    after: frozenset[Location] = frozenset()
    """What the hub manages, by its settings."""
    gaps: tuple[Covered, ...] = ()
    """What is known to be missing before anything is read."""
    all_regions: bool = False
    """Whether every region that an account has enabled was to be read."""
    narrowing: Narrowing = field(default_factory=Narrowing)
    """What the user said to read."""

    @property
    def seen(self) -> Snapshot:
        """What EC2 showed."""
        return self.reading.seen

    @property
    def coverage(self) -> tuple[Covered, ...]:
        """What was read and what was not, as it is now: looking ahead reads more."""
        rows = coverage(self.seen, self.places, self.after, self.narrowing)
        return (*rows, *self.gaps)

    @property
    def answered(self) -> frozenset[Location]:
        """Where at least one read came back. Others may have failed there: `coverage` says which."""
        return frozenset(one.location for one in self.seen.done)

    @property
    def unread(self) -> tuple[Covered, ...]:
        """What is not known and must not be taken for empty."""
        return tuple(one for one in self.coverage if one.state not in KNOWN)


def read(opened: Opened, ask: Asked) -> Estate:
    """Read every location that can be read, other accounts by the role. Raises ReadError: nothing could."""
    role = opened.asked.role_name
    places = opened.places(opened.access.logins)
    opened.look_after(places)
    if role:
        places |= opened.assume(opened.asked.accounts or opened.named_accounts)
    reading = read_estate(places, opened.settings, ask, opened.now)
    while role and not opened.asked.accounts:
        fresh = opened.assume(_peers_of(reading.seen))
        if not fresh:
            break
        places |= fresh
        reading.settings = opened.settings
        reading.begin(fresh, ask)
    reading.settings = opened.settings
    estate = _estate(opened, reading, places, ask)
    if not estate.answered:
        said = dict.fromkeys(
            f"{one.location}: {one.words or one.state.value}" for one in estate.coverage
        )
        raise ReadError("nothing could be read: " + "; ".join(said))
    return estate


def _estate(opened: Opened, reading: Reading, places: frozenset[Location], ask: Asked) -> Estate:
    asked, logins = opened.asked, frozenset(opened.access.logins)
    return Estate(
        reading,
        opened.settings,
        opened.said,
        places,
        ask,
        opened.settings.locations if opened.located else frozenset(),
        opened.gaps,
        all_regions=not opened.regions,
        narrowing=Narrowing(asked.regions, asked.accounts, logins),
    )


def _peers_of(seen: Snapshot) -> set[str]:
    """Return the accounts of live peerings. Anybody may send a request, so a request adds no account."""
    live = (pcx for pcx in seen.peerings.values() if pcx.status in ROUTABLE)
    return {side.location.account_id for pcx in live for side in (pcx.requester, pcx.accepter)}
