"""The scenes, in order: what somebody does, and how long the world then runs.

In: a stage on which `prepare` was played. Out: nothing; the stage's cloud shows it. Each scene builds on
those before it.
"""

from peerkeeper_local.story.scenes.conflict import GROWN, NEW_TABLE, RESOLVED
from peerkeeper_local.story.scenes.drift import BY_EVENT, BY_SWEEP
from peerkeeper_local.story.scenes.ending import DELETED, UNINVITED
from peerkeeper_local.story.scenes.endpoint import ENDPOINT
from peerkeeper_local.story.scenes.group import NO_PINGS
from peerkeeper_local.story.scenes.observed import OBSERVED
from peerkeeper_local.story.scenes.outset import prepare
from peerkeeper_local.story.scenes.peering import AGREED, APPROVED, HELD
from peerkeeper_local.story.scenes.scene import Scene
from peerkeeper_local.story.scenes.vpc_settings import SETTINGS

SCENES = (
    AGREED,
    HELD,
    APPROVED,
    BY_EVENT,
    BY_SWEEP,
    NEW_TABLE,
    GROWN,
    RESOLVED,
    SETTINGS,
    ENDPOINT,
    NO_PINGS,
    DELETED,
    UNINVITED,
)

__all__ = ["OBSERVED", "SCENES", "Scene", "prepare"]
