"""How each function looks: which reads a hint calls for, and which follow from what was seen.

In: hints, and the snapshot so far. Out: `Read`s. Never talks to AWS.
"""

from peerkeeper.looks.look import Look

__all__ = ["Look"]
