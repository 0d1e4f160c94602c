"""One Lambda function: from its event to its reply. The handlers only name what they wire.

In: a job, the environment at cold start; then events. Out: a partial batch response for an SQS batch, the
report for a bare event. Raises SettingsError at cold start, MessageError for a bare event it cannot read;
never for trouble with EC2.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from peerkeeper.aws import collector
from peerkeeper.aws.clients import ATTEMPTS, Clients
from peerkeeper.aws.edge import Context, ContextClock, Edge, Threads
from peerkeeper.aws.events import tell
from peerkeeper.aws.pace import Pace
from peerkeeper.aws.queues import send
from peerkeeper.aws.silence import Silence
from peerkeeper.aws.spokes import SpokeRole
from peerkeeper.loop.job import Job
from peerkeeper.loop.reconcile import RESERVE, reconcile
from peerkeeper.loop.run_report import with_sent
from peerkeeper.messages.inbox import Message, is_batch, messages_from
from peerkeeper.reporting.announcements import announcements
from peerkeeper.reporting.bus_events import Announcement
from peerkeeper.reporting.drift import Drift, DriftMemory
from peerkeeper.reporting.repeated_writes import Repeated, RepeatedWrites
from peerkeeper.reporting.report import Report
from peerkeeper.settings.environment import settings_from
from peerkeeper.telemetry import publish
from peerkeeper.values.changes import DeleteRoute
from peerkeeper.values.scope import Function, Scope

ENOUGH_TO_TELL = 11.0
"""Seconds: one request to the bus at its slowest (two attempts of 3 s, and a pause), and the reply. So much
of the reserve is left after a call at its slowest."""


class Runner:
    """A job bound to this process's settings and clients."""

    def __init__(self, job: Job, environment: Mapping[str, str] = os.environ) -> None:
        """Read the settings and make the session: once, at cold start. Raises SettingsError."""
        self.job = job
        self.settings = settings_from(environment)
        # A delete names no target, so it must not come late: it is looked at anew, never retried.
        attempts = 1 if DeleteRoute in job.rights else ATTEMPTS
        self.pace, self.silence = Pace(), Silence()
        own = [one for one in self.settings.locations if one.account_id == self.settings.account]
        self.clients = Clients(
            own, self.settings.home_region, attempts, self.pace, self._spoke_role()
        )
        self.gather = Threads()
        self.repeated_writes = RepeatedWrites()
        self.drift = DriftMemory()
        collector.resume()

    def _spoke_role(self) -> SpokeRole | None:
        settings = self.settings
        if not settings.spoke_role:
            return None
        session = self.job.function.value
        return SpokeRole(settings.spoke_role, session, settings.external_id, settings.partition)

    def __call__(self, event: object, context: Context) -> dict[str, Any]:
        """Handle one event: a batch is one reconcile over all its messages."""
        messages = messages_from(event, self.settings)
        readable = [message for message in messages if not message.fault]
        report = self.publish(
            [message.scope for message in readable],
            context,
            unreadable=tuple(message.fault for message in messages if message.fault),
            told=[message.scope for message in readable if message.is_event],
        )
        if not is_batch(event):
            return report.in_parts()[0]  # a reply has a limit, too; the log has all of it
        again = {readable[index].id for index in self._failed(report, readable)}
        again |= {message.id for message in messages if message.fault}
        return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in sorted(again)]}

    def publish(
        self,
        scopes: Sequence[Scope],
        context: Context,
        *,
        unreadable: tuple[str, ...] = (),
        told: Sequence[Scope] = (),
        part: bool = False,
    ) -> Report:
        """Reconcile these scopes, hand off what is left, tell and log what was done; return the report.

        `unreadable`: what could not be read of the messages. `told`: the scopes that come from EC2's own
        events. `part`: of a sweep whose end the state machine announces.
        """
        clock = ContextClock(context)
        report = self._run(scopes, clock)
        publish(
            report,
            unreadable,
            self._tell(
                announcements(report, part=part, organization=self.settings.organization), clock
            ),
            events=len(told),
            heard=tuple(sorted({str(where) for scope in told for where in scope.locations})),
            repeated=self._repeated(scopes, report, clock.now()),
            drift=self._drift(scopes, report, clock.now(), part=part),
        )
        return report

    def _repeated(
        self, scopes: Sequence[Scope], report: Report, now: float
    ) -> tuple[Repeated, ...]:
        self.repeated_writes.hear((one for scope in scopes for one in scope.undone), now)
        return self.repeated_writes.of(report.outcomes, now)

    def _drift(self, scopes: Sequence[Scope], report: Report, now: float, *, part: bool) -> Drift:
        """Compare what the sweep found due with its look before; no other function looks at everything."""
        if self.job.function is not Function.SWEEP:
            return Drift()
        looked = {location for scope in scopes for location in scope.locations}
        return self.drift.take(report, looked, now, part=part)

    def _tell(self, told: tuple[Announcement, ...], clock: ContextClock) -> tuple[str, ...]:
        """Announce the work; return what could not be announced."""
        if clock.remaining() < ENOUGH_TO_TELL:
            return tuple(f"{one.kind}: the deadline came first" for one in told)
        return tell(self.clients, self.settings.bus, told)

    def _run(self, scopes: Sequence[Scope], clock: ContextClock) -> Report:
        self.clients.trim()
        self.pace.patience = lambda: clock.remaining() - RESERVE
        report = reconcile(
            scopes,
            self.settings,
            Edge(self.clients, self.settings.bus, self.silence),
            self.job,
            clock=clock,
            gather=self.gather,
            now=clock.now(),
        )
        sent = send(self.clients, self.settings.queues, [one.hand_off for one in report.hand_offs])
        return with_sent(report, sent)

    def _failed(self, report: Report, messages: Sequence[Message]) -> set[int]:
        """Return which messages must come again, so that a failed hand-off is not lost."""
        if any(sent.trouble for sent in report.hand_offs):
            return set(range(len(messages)))
        return set(report.failed)
