"""The stage that is served: seeded up to the present time, and going on when a function raises.

In: the mode. Out: a Stage. Never keeps reports: it may run for days.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from peerkeeper_local.cloud import Limits, LocalCloud
from peerkeeper_local.pump import Step
from peerkeeper_local.story import Stage
from peerkeeper_local.story.stage import DELAYS, SEOUL, TOKYO

SEEDING = timedelta(days=3, minutes=5)
"""Virtual time that lies before the present, for seeds that need a past."""


class OpenStage(Stage):
    """A stage for clients from outside."""

    def __init__(self, mode: str, limits: Limits | None = None, /, **parameters: str) -> None:
        """`parameters`: those of template.yaml besides Mode and Regions."""
        super().__init__(mode, DELAYS, None, **parameters)
        start = datetime.now(UTC) - SEEDING
        self.cloud = LocalCloud(regions=(SEOUL, TOKYO), delays=DELAYS, start=start, limits=limits)

    def _note(self, step: Step) -> None:
        """Keep nothing and raise nothing: the live view tells of both."""
