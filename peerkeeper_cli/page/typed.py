"""What the user typed for this program, for advice that works when it is typed again."""

from __future__ import annotations

import os


def typed() -> str:
    """Return it: ./peerkeeper in a clone, peerkeeper where it is installed."""
    return os.environ.get("PEERKEEPER_TYPED", "peerkeeper")
