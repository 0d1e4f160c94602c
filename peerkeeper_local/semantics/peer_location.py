"""Where the accepter's VPC of a request is. In: what the call names. Out: a location, or a Refusal."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import invalid_value

ACCOUNT = re.compile(r"\d{12}", re.ASCII)


def peer_location(sent: Mapping[str, Any], caller: Location, regions: Collection[str]) -> Location:
    """Return the account and Region that the call names; the caller's where it names none.

    `regions`: the Regions of the caller's partition. Raises Refusal (InvalidParameterValue) for an
    account or a Region that cannot exist, at once: both assumed. Source: EC2 API,
    CreateVpcPeeringConnection (PeerOwnerId, PeerRegion).
    """
    account = str(sent.get("PeerOwnerId") or caller.account)
    region = str(sent.get("PeerRegion") or caller.region)
    if not ACCOUNT.fullmatch(account):
        raise invalid_value(account, "peerOwnerId")
    if region not in regions:
        raise invalid_value(region, "peerRegion")
    return Location(account, region)
