"""One scene of the story. In: nothing. Out: `Scene`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from peerkeeper_local.story.stage import Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """A title, what is about to happen, and the doing of it."""

    title: str
    tell: str
    play: Callable[[Stage], None]
