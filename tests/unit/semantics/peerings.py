"""A peering to take rules for: Seoul asks Tokyo, both ours; a third VPC belongs to a stranger."""

from dataclasses import replace

from peerkeeper_local.semantics.limits import Delays, Limits, Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Peering, Side

SEOUL = Location("111122223333", "ap-northeast-2")
TOKYO = Location("111122223333", "ap-northeast-1")
STRANGER = Location("444455556666", "ap-northeast-2")
HOUR, DAY = 3600.0, 86400.0
DELAYS = Delays(initiating=1.0, provisioning=5.0, deleting=5.0, withdrawing=5.0)
PENDING, ACCEPTED, ACTIVE = 10.0, 20.0, 30.0

ASKING = Side(SEOUL, "vpc-seoul", ("10.0.0.0/16", "10.2.0.0/16"), ("2001:db8::/56",))
ASKED = Side(TOKYO, "vpc-tokyo", ("10.1.0.0/16",))
FOREIGN = Side(STRANGER, "vpc-foreign", ("10.9.0.0/16",))
AT_HOME = Side(SEOUL, "vpc-second", ("10.3.0.0/16",))


def at(now: float, limits: Limits | None = None) -> Moment:
    """Return a moment, `now` seconds after the request was made."""
    return Moment(now, DELAYS, limits or Limits())


def request(accepter: Side = ASKED, requester: Side = ASKING, pcx_id: str = "pcx-1") -> Peering:
    """Return a request made at 0."""
    return Peering(pcx_id, requester, accepter, created=0.0)


def active(accepter: Side = ASKED, requester: Side = ASKING, pcx_id: str = "pcx-1") -> Peering:
    """Return a peering accepted at ACCEPTED, and active at ACTIVE."""
    return replace(request(accepter, requester, pcx_id), accepted=ACCEPTED)
