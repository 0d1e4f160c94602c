"""Read what the decisions about one peering rest on. In: settings, the edge. Out: a snapshot. Never writes.

The same looks as the functions': what they would read, and nothing else.
"""

from __future__ import annotations

from peerkeeper.fold import with_observed
from peerkeeper.looks.clean import CleanLook
from peerkeeper.looks.connect import ConnectLook
from peerkeeper.reads import Read, grouped, missing
from peerkeeper.reconcile import Ec2
from peerkeeper.scope import Hint
from peerkeeper.settings import Settings
from peerkeeper.snapshot import Snapshot


def read(pcx_id: str, settings: Settings, ec2: Ec2, now: float) -> Snapshot:
    """Return all that bears on the peering, from every location that is looked after."""
    hints = [Hint(location, pcx_id) for location in sorted(settings.locations)]
    looks = (ConnectLook(), CleanLook())
    seen, asked = Snapshot(now=now), frozenset[Read]()
    wanted = [read for look in looks for hint in hints for read in look.first(hint)]
    while fresh := [*missing(wanted, asked)]:
        asked |= frozenset(fresh)
        seen = with_observed(seen, [ec2.observe(group) for group in grouped(fresh)])
        wanted = [read for look in looks for read in look.follow(seen, hints, settings)]
    return seen
