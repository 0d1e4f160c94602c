"""How each function looks: the reads that a hint calls for, and those that follow from what was seen.

In: hints, and the snapshot so far. Out: `Read`s. Never talks to AWS.
"""

from peerkeeper.reading.what_to_read import WhatToRead

__all__ = ["WhatToRead"]
