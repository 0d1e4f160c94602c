"""All that a command knows once it has read: the estate, and how much of it. In: `Opened`. Out: `Estate`."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.settings import Settings
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.reader.coverage import coverage
from peerkeeper_cli.reader.covered import Covered, State
from peerkeeper_cli.reader.read_estate import Asked, Reading, read_estate


@dataclass
class Estate:
    """What was read, by which settings, and what could not be read."""

    reading: Reading
    settings: Settings
    said: str
    """Whose settings they are."""
    coverage: tuple[Covered, ...]
    ask: Asked
    """For what a plan that looks ahead has to read more."""

    @property
    def seen(self) -> Snapshot:
        """What EC2 showed."""
        return self.reading.seen


def read(opened: Opened, ask: Asked) -> Estate:
    """Read every location that can be read, other accounts by the role. Raises ReadError: nothing could."""
    role = opened.asked.role_name
    places = opened.places(opened.access.logins)
    opened.look_after(places)
    if role:
        fresh = opened.assume(opened.asked.accounts or _of_settings(opened))
        opened.look_after(fresh)
        places |= fresh
    reading = read_estate(places, opened.settings, ask, opened.now)
    while role and not opened.asked.accounts:
        fresh = opened.assume(_peers_of(reading.seen))
        if not fresh:
            break
        opened.look_after(fresh)
        places |= fresh
        reading.settings = opened.settings
        reading.begin(fresh, ask)
    reading.settings = opened.settings
    found = coverage(reading.seen, places, opened.settings.locations if opened.located else ())
    if not any(one.state is State.READ for one in found):
        said = dict.fromkeys(f"{one.location}: {one.words or one.state.value}" for one in found)
        raise ReadError("nothing could be read: " + "; ".join(said))
    return Estate(reading, opened.settings, opened.said, found, ask)


def _of_settings(opened: Opened) -> set[str]:
    return {one.account_id for one in opened.settings.locations} if opened.located else set()


def _peers_of(seen: Snapshot) -> set[str]:
    """Return the accounts that peerings name."""
    sides = (side for pcx in seen.peerings.values() for side in (pcx.requester, pcx.accepter))
    return {side.location.account_id for side in sides}
