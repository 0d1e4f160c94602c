"""The story that demo and tests play: two Regions, two peerings, and what can happen to them.

In: a stage. Out: what EC2 shows after each scene. The functions are the real ones, chosen by the patterns
in template.yaml; the operator's calls are ordinary EC2 calls.
"""

from peerkeeper_local.story.scenes import OBSERVED, SCENES, Scene, prepare
from peerkeeper_local.story.stage import Stage

__all__ = ["OBSERVED", "SCENES", "Scene", "Stage", "prepare"]
