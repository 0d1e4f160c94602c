"""The stage that is served: seeded up to the present time, and going on when a function raises.

In: the parameters. Out: a Stage. Never keeps reports: it may run for days.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from peerkeeper_local.cloud import Limits, LocalCloud
from peerkeeper_local.pump import Step
from peerkeeper_local.seeds.looked_after import looked_after
from peerkeeper_local.story import Stage
from peerkeeper_local.story.stage import DELAYS

SEEDING = timedelta(days=3, minutes=5)
"""Virtual time that lies before the present, for seeds that need a past."""


class OpenStage(Stage):
    """A stage for clients from outside, in the regions and accounts that its parameters name.

    Every account of `Accounts` has a spoke in each region; with `OrganizationId` it is in that organization.
    """

    def __init__(self, mode: str, limits: Limits | None = None, /, **parameters: str) -> None:
        """`parameters`: those of template.yaml besides Mode."""
        super().__init__(mode, DELAYS, None, **parameters)
        places = looked_after(parameters)
        self.regions, self.accounts = places.regions, places.accounts
        start = datetime.now(UTC) - SEEDING
        self.cloud = LocalCloud(
            regions=self.regions, delays=DELAYS, start=start, accounts=self.accounts, limits=limits
        )
        if organization := parameters.get("OrganizationId"):
            members = (self.cloud.account, *self.accounts)
            self.cloud.authority.organizations.update(dict.fromkeys(members, organization))

    def _note(self, step: Step) -> None:
        """Keep nothing and raise nothing: the live view tells of both."""
