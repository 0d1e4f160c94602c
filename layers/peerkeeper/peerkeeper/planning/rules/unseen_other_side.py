"""A peer in another account where we hold no role: what its owner has to do, done or not.

EC2 does not show another account's routes and options, so Peerkeeper never learns that they are done. An
event of the peering brings the finding up, and the sweep does not repeat it over and over.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.peer_owner import is_shown, must_route, without_role
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import ROUTABLE
from peerkeeper.values.findings import Finding
from peerkeeper.values.snapshot import Snapshot


def unseen_other_side(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what the owner of each such peer has to do: EC2 does not show whether it is done."""
    for pcx, own, peer, vpc in without_role(seen, settings):
        if seen.status_of(pcx.location, pcx.id) in ROUTABLE and not is_shown(own, peer):
            yield must_route(pcx, peer, vpc, settings)
