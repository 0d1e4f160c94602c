"""One Lambda function: from its event to its reply. The handlers only name what they wire.

In: a job, the environment at cold start; then events. Out: a partial batch response for an SQS batch, the
report for a bare event. Raises SettingsError at cold start, MessageError for a bare event it cannot read;
never for trouble with EC2.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from peerkeeper.aws.clients import ATTEMPTS, Clients
from peerkeeper.aws.edge import Context, ContextClock, Edge, Threads
from peerkeeper.aws.pace import Pace
from peerkeeper.aws.queues import send
from peerkeeper.changes import DeleteRoute
from peerkeeper.intake import Message, is_batch, messages_from
from peerkeeper.reconcile import RESERVE, Job, reconcile, with_sent
from peerkeeper.report import Report
from peerkeeper.scope import Scope
from peerkeeper.settings import settings_from
from peerkeeper.telemetry import publish


class Runner:
    """A job bound to this process's settings and clients."""

    def __init__(self, job: Job, environment: Mapping[str, str] = os.environ) -> None:
        """Read the settings and make the clients: once, at cold start. Raises SettingsError."""
        self.job = job
        self.settings = settings_from(environment)
        # A delete names no target, so it must not come late: it is looked at anew, never retried.
        attempts = 1 if DeleteRoute in job.rights else ATTEMPTS
        self.pace = Pace()
        self.clients = Clients(
            self.settings.locations, self.settings.home_region, attempts, self.pace
        )
        self.gather = Threads()

    def __call__(self, event: object, context: Context) -> dict[str, Any]:
        """Handle one event: a batch is one reconcile over all its messages."""
        messages = messages_from(event, self.settings)
        readable = [message for message in messages if not message.fault]
        faults = tuple(message.fault for message in messages if message.fault)
        report = self.publish([message.scope for message in readable], context, faults)
        if not is_batch(event):
            return report.to_dict()
        again = {readable[index].id for index in self._failed(report, readable)}
        again |= {message.id for message in messages if message.fault}
        return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in sorted(again)]}

    def publish(
        self, scopes: Sequence[Scope], context: Context, unreadable: tuple[str, ...] = ()
    ) -> Report:
        """Reconcile these scopes, hand off what is left, log the report, and return it."""
        report = self._run(scopes, context)
        publish(report, unreadable)
        return report

    def forget(self, account_id: str) -> None:
        """Drop the clients of an account, where they can be made again."""
        if drop := getattr(self.clients, "drop", None):
            drop(account_id)

    def _run(self, scopes: Sequence[Scope], context: Context) -> Report:
        clock = ContextClock(context)
        self.pace.patience = lambda: clock.remaining() - RESERVE
        report = reconcile(
            scopes,
            self.settings,
            Edge(self.clients),
            self.job,
            clock=clock,
            gather=self.gather,
        )
        sent = send(self.clients, self.settings.queues, [one.hand_off for one in report.hand_offs])
        return with_sent(report, sent)

    def _failed(self, report: Report, messages: Sequence[Message]) -> set[int]:
        """Return which messages must come again: what could not be handed on must not be lost."""
        if any(sent.trouble for sent in report.hand_offs):
            return set(range(len(messages)))
        return set(report.failed)
