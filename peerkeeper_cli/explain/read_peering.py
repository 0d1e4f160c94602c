"""Read what the decisions about one peering rest on. In: settings, the edge. Out: a snapshot. Never writes.

The same looks as the functions': what they would read, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.loop.outside import Observer
from peerkeeper.loop.update_snapshot import with_observed
from peerkeeper.reading.clean import CleanReads
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import Read, grouped, missing
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import Meaning, Trouble

NO_CREDENTIALS = Trouble(Meaning.REFUSED, "NoCredentials", "none of that account", "Describe")
"""What a read comes to in an account that the person asking has no credentials of."""


def read(
    pcx_id: str, places: Iterable[Location], settings: Settings, ec2: Observer, now: float
) -> Snapshot:
    """Return all that bears on the peering: it is looked for in `places`, and followed from there."""
    hints = [Hint(location, pcx_id) for location in sorted(places)]
    looks = (ConnectReads(), CleanReads())
    seen, asked = Snapshot(now=now), frozenset[Read]()
    wanted = [read for look in looks for hint in hints for read in look.first(hint)]
    while fresh := [*missing(wanted, asked)]:
        asked |= frozenset(fresh)
        seen = with_observed(seen, [ec2.observe(group) for group in grouped(fresh)])
        wanted = [read for look in looks for read in look.follow(seen, hints, settings)]
    return seen
