"""The local cloud: moto, with EC2's peering domain as AWS does it laid over it.

In: accounts, regions, delays. Out: botocore clients, a virtual clock, and a record of every call.
"""

import peerkeeper_local.cloud.loader  # noqa: F401 - first of all, since it loads moto
from peerkeeper_local.cloud.clock import VirtualClock
from peerkeeper_local.cloud.local_cloud import LocalCloud
from peerkeeper_local.cloud.outages import Outages
from peerkeeper_local.cloud.recorder import Call, depth
from peerkeeper_local.semantics.limits import Delays, Limits
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal

__all__ = [
    "Call",
    "Delays",
    "Limits",
    "LocalCloud",
    "Location",
    "Outages",
    "Refusal",
    "VirtualClock",
    "depth",
]
