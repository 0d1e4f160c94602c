"""The local cloud: moto, with EC2's peering domain as AWS does it laid over it.

In: accounts, regions, delays. Out: botocore clients, a virtual clock, and a record of every call.
"""

from workbench.cloud.clock import VirtualClock
from workbench.cloud.faults import Faults
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.recorder import Call, depth
from workbench.semantics.limits import Delays, Limits
from workbench.semantics.location import Location
from workbench.semantics.refusal import Refusal

__all__ = [
    "Call",
    "Delays",
    "Faults",
    "Limits",
    "LocalCloud",
    "Location",
    "Refusal",
    "VirtualClock",
    "depth",
]
