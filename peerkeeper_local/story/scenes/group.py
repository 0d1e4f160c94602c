"""A security group stops what the routes carry: Peerkeeper changes no group.

In: a stage. Out: nothing; the stage's cloud shows it.
"""

from __future__ import annotations

from peerkeeper_local.story.hosts import HOSTS, pings_from
from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.stage import Stage


def _no_pings(stage: Stage) -> None:
    """Take the rule for pings out of the group of Tokyo's host, and put it back."""
    _, tokyo = HOSTS
    ec2, rule = stage.ec2(tokyo.region), [pings_from(tokyo.peer)]
    ec2.revoke_security_group_ingress(GroupId=stage.id(tokyo.group), IpPermissions=rule)
    stage.pump.run(max_seconds=20)
    stage.moment()
    ec2.authorize_security_group_ingress(GroupId=stage.id(tokyo.group), IpPermissions=rule)
    stage.pump.run(max_seconds=20)


NO_PINGS = Scene(
    "Tokyo's security group stops pings, then admits them again",
    "All routes are right, and Peerkeeper changes no group. The ping names the group.",
    _no_pings,
)
