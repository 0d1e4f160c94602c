"""What the user typed for this program, for advice that works when it is typed again."""

from __future__ import annotations

import os


def typed() -> str:
    """Return it: ./peerkeeper in a clone, peerkeeper where it is installed."""
    return typed_or("peerkeeper")


def typed_or(usual: str) -> str:
    """Return what was typed, or `usual` if the environment does not say."""
    return os.environ.get("PEERKEEPER_TYPED", usual)
