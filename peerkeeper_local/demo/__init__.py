"""The demo: the story, shown as it happens, and a summary.

In: a console. Out: text for a person. Decides nothing; every line comes from a step of the pump, from EC2, or
from what `./peerkeeper peerings` would say.
"""

from peerkeeper_local.demo.demo import play

__all__ = ["play"]
