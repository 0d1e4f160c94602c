"""A peer where we hold no role: what its owner must do, as commands. Our own half goes on without it.

status                  our side              the peer's option    verdict
pending-acceptance      agrees, requester     -                    Finding: accept, then routes and DNS
provisioning, active    agrees                off                  Finding: routes and DNS
provisioning, active    agrees                not shown to us      the same, by `unseen_other_side` alone
active                  agrees                on                   nothing: all that can be seen is done
any other               -                     -                    nothing
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.peer_owner import is_shown, must_accept, must_route, without_role
from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import ROUTABLE, PeeringStatus
from peerkeeper.values.findings import Finding
from peerkeeper.values.snapshot import Snapshot


def other_side(seen: Snapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what the owner of each such peer must do, as far as it is seen not to be done."""
    for pcx, own, peer, vpc in without_role(seen, settings):
        status = seen.status_of(pcx.location, pcx.id)
        if status is PeeringStatus.PENDING_ACCEPTANCE and own == pcx.requester:
            yield must_accept(pcx, peer, vpc, settings)
        elif status in ROUTABLE and is_shown(own, peer) and not peer.allows_remote_dns:
            yield must_route(pcx, peer, vpc, settings)
