"""All the calls to EC2 that have nothing to do with peering: most of what a trail records in a day.

In: chance. Out: calls without an effect on what the simulator keeps; each has its record. The templates'
first rule forwards some by their names. Only their parameters show that no function wants them.
"""

from __future__ import annotations

import random
from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator.start import operator
from simulator.trail import NOTHING
from simulator.world import Call

NAME = [{"Key": "Name", "Value": "web"}, {"Key": "team", "Value": "shop"}]
INSTANCE, VOLUME, GROUP = "i-0123456789abcdef0", "vol-0123456789abcdef0", "sg-0123456789abcdef0"
TABLE, GATEWAY = "rtb-0fedcba9876543210", "tgw-0123456789abcdef0"
REFUSED = ("InstanceLimitExceeded", "You have requested more instances than your current limit.")
CALLS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (20, "RunInstances", {"ImageId": "ami-0123456789abcdef0", "MinCount": 1, "MaxCount": 1}),
    (15, "TerminateInstances", {"InstanceIds": [INSTANCE]}),
    (5, "StopInstances", {"InstanceIds": [INSTANCE]}),
    (5, "StartInstances", {"InstanceIds": [INSTANCE]}),
    (10, "CreateVolume", {"AvailabilityZone": "a", "Size": 8}),
    (5, "AttachVolume", {"InstanceId": INSTANCE, "VolumeId": VOLUME, "Device": "/dev/sdf"}),
    (8, "CreateSnapshot", {"VolumeId": VOLUME}),
    (6, "DeleteSnapshot", {"SnapshotId": "snap-0123456789abcdef0"}),
    (8, "CreateNetworkInterface", {"SubnetId": "subnet-0fedcba9876543210"}),
    (8, "DeleteNetworkInterface", {"NetworkInterfaceId": "eni-0123456789abcdef0"}),
    (3, "RevokeSecurityGroupEgress", {"GroupId": GROUP}),
    (3, "CreateSecurityGroup", {"GroupName": "web", "Description": "web"}),
    (30, "CreateTags", {"Resources": [INSTANCE], "Tags": NAME}),
    (5, "DeleteTags", {"Resources": [INSTANCE], "Tags": [{"Key": "Name"}]}),
    (
        2,
        "CreateRoute",
        {
            "RouteTableId": TABLE,
            "DestinationCidrBlock": "10.200.0.0/16",
            "TransitGatewayId": GATEWAY,
        },
    ),
)
FAILED = 0.03
"""Share of the calls that EC2 refuses."""
BUSY, SHARE_OF_BUSY = 3, 0.9
"""So many Regions have this share of the calls."""


class Chatter:
    """Draws calls of others."""

    def __init__(self, locations: tuple[Location, ...], chance: random.Random) -> None:
        self.random = chance
        regions = list(dict.fromkeys(where.region for where in locations))
        self._busy = [where for where in locations if where.region in regions[:BUSY]]
        self._all = locations

    def call(self, now: float) -> Call:
        """Return one call, made now."""
        draw = self.random
        where = draw.choice(self._busy if draw.random() < SHARE_OF_BUSY else self._all)
        ((_, action, params),) = draw.choices(CALLS, weights=[weight for weight, _, _ in CALLS])
        failed = draw.random() < FAILED
        return Call(
            where.account,
            where.region,
            action,
            params,
            None if failed else {},
            REFUSED if failed else None,
            now,
            operator(where.account),
            None,
            NOTHING,
            NOTHING,
        )
