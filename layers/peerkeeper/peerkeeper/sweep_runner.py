"""The sweep function: every location on a schedule, or exactly those that the state machine names.

In: a runner; then events. Out: the runner's reply, or one result a location. One location's snapshot at a
time, and one account's clients: memory does not grow with the fleet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.fleet_sweep.locations import is_asked, locations_from, reply_of, result_of
from peerkeeper.runner import Runner
from peerkeeper.values.ec2 import Location
from peerkeeper.values.scope import Hint, Scope


class SweepRunner:
    """A runner that can also be asked for named locations."""

    def __init__(self, run: Runner) -> None:
        """Wrap the sweep's runner."""
        self.run = run
        self._account = ""

    def __call__(self, event: object, context: Context) -> dict[str, Any]:
        """Handle one event. Raises MessageError for one that cannot be read."""
        if not is_asked(event):
            return self.run(event, context)
        assert isinstance(event, Mapping)  # noqa: S101 - for the type checker: is_asked has looked
        locations = locations_from(event, self.run.settings)
        results = [self._swept(location, context) for location in locations]
        return reply_of(results)

    def _swept(self, location: Location, context: Context) -> dict[str, Any]:
        if self._account and location.account_id != self._account:
            self.run.clients.drop(self._account)
        self._account = location.account_id
        before = self.run.pace.taken
        scope = Scope(frozenset({Hint(location)}), why="fleet sweep")
        report = self.run.publish([scope], context, part=True)
        return result_of(location, report, self.run.pace.taken - before)
