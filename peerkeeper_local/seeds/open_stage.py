"""The stage that is served: seeded up to the present time, and going on when a function raises.

In: the parameters. Out: a Stage. Never keeps reports: it may run for days.
"""

from __future__ import annotations

from datetime import UTC, datetime

from peerkeeper_local.cloud import Limits, LocalCloud
from peerkeeper_local.pump import Step
from peerkeeper_local.seeds.looked_after import looked_after
from peerkeeper_local.seeds.outset import Outset
from peerkeeper_local.story import Stage
from peerkeeper_local.story.stage import DELAYS


class OpenStage(Stage):
    """A stage for clients from outside, in the regions and accounts that its parameters name.

    Every account of `Accounts` has a spoke in each region; with `OrganizationId` it is in that organization.
    """

    def __init__(
        self,
        mode: str,
        limits: Limits | None = None,
        outset: Outset | None = None,
        /,
        **parameters: str,
    ) -> None:
        """`parameters`: template.yaml's, except Mode; `outset`'s own are not looked at."""
        super().__init__(mode, DELAYS, None, **parameters)
        places = looked_after(parameters)
        self.regions, self.accounts = places.regions, places.accounts
        begins = outset or Outset()
        self.cloud = LocalCloud(
            regions=self.regions,
            delays=DELAYS,
            start=datetime.now(UTC) - begins.past,
            accounts=self.accounts,
            limits=limits,
            ids_from=begins.ids_from,
        )
        self.cloud.authority.closed.update(begins.closed)
        if organization := parameters.get("OrganizationId"):
            members = (self.cloud.account, *self.accounts)
            self.cloud.authority.organizations.update(dict.fromkeys(members, organization))

    def _note(self, step: Step) -> None:
        """Keep nothing and raise nothing: the live view reports both."""
