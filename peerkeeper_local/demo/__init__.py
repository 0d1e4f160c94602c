"""The demo: the story, shown as it happens, and both regions as they stand.

In: a console. Out: text for a person. Decides nothing; every line comes from a step of the pump or from EC2.
"""

from peerkeeper_local.demo.demo import play

__all__ = ["play"]
