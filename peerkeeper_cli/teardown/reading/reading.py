"""What a teardown has read so far, and of whom it asks. In: `Opened`, an id. Out: `Reading`."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerkeeper.values.ec2 import Location, PeeringConnection, Side

from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.teardown.reading.asking import Asking
from peerkeeper_cli.teardown.reading.gaps import Gaps
from peerkeeper_cli.teardown.seen.seen import OwnVpc


@dataclass
class Reading:
    """What was read so far."""

    target: str
    opened: Opened
    asking: Asking
    places: frozenset[Location]
    gaps: Gaps = field(default_factory=Gaps)
    peerings: tuple[PeeringConnection, ...] = ()
    vpc: OwnVpc | None = None

    @property
    def readable(self) -> frozenset[str]:
        """The accounts that can be asked."""
        return frozenset(self.opened.access.logins)

    @property
    def sides(self) -> list[Side]:
        """The sides of the peerings that can be read, each VPC once."""
        found = {
            side.vpc_id: side
            for pcx in self.peerings
            for side in (pcx.requester, pcx.accepter)
            if side.vpc_id and side.location.account_id in self.readable
        }
        return [*found.values()]


def places_of(opened: Opened) -> frozenset[Location]:
    """Return where to look: in the regions that were named, or else where the hub does."""
    accounts = [*opened.access.logins]
    named = opened.asked.regions
    if named:
        return frozenset(Location(account, region) for account in accounts for region in named)
    return opened.places(accounts)


def homes_of(opened: Opened) -> dict[str, Location]:
    """Return a location of each account, for services that have no Regions."""
    logins = opened.access.logins.items()
    return {account: Location(account, login.home) for account, login in logins}
