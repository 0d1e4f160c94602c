"""How each function looks: which reads a hint calls for, and which follow from what was seen.

In: hints, and the snapshot so far. Out: `Read`s. Never talks to AWS.
"""

from peerkeeper.reading.what_to_read import WhatToRead

__all__ = ["WhatToRead"]
