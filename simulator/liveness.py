"""The promises L1 to L5, judged once the faults have stopped, and the budgets on the way.

In: a schedule. Out: nothing, or a `Violation`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.desired import carries, lacks, wanted_routes
from simulator.verdict import Violation

MAX_HOPS = 8
BENIGN = frozenset({"RouteAlreadyExists", "InvalidRoute.NotFound", "InvalidStateTransition"})
STANDING = frozenset(
    {
        "VpcPeeringConnectionAlreadyExists",
        "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled",
        "RouteLimitExceeded",
        "ActiveVpcPeeringConnectionPerVpcLimitExceeded",
        "UnauthorizedOperation",
    }
)
"""What EC2 refuses until a person acts: tried once a run, and not counted as waste."""


NO_GAP = frozenset(
    {"dns-off", "peer-dns-off", "other-side", "surplus-route", "wider-than-scope", "quota-near"}
)
"""Findings about a peering that do not name what a table fails to carry."""


PAGED = frozenset({"Filters", "NextToken"})
"""Parameters of a describe that are not compared whole: filters are taken apart, and a token names a page."""


class Liveness:
    """Watches one schedule's writes, runs and messages."""

    def __init__(self, schedule: Any) -> None:
        self.schedule = schedule
        self.writes = 0
        self.wasted = 0
        self.poison: set[str] = set()
        """Bodies that cannot be read: these must end in a dead-letter queue, and no others."""
        schedule.world.watchers.append(self.hear)
        schedule.functions.ended.append(self.end)

    def hear(self, call: Any) -> None:
        if call.run is None or call.params.get("DryRun"):
            return  # an operator's call, or a question
        call.run.writes.append(call)
        self.writes += call.changed
        refused = call.error[0] if call.error else ""
        self.wasted += not call.changed and refused not in STANDING
        key = (call.account, call.region, call.action, repr(call.params))
        if refused in STANDING and key in call.run.refused:
            raise Violation("L5", f"{call.run} tries {call.action} again after {refused}")
        call.run.refused.add(key)

    def end(self, run: Any, batch: Any, failed: set[str], cause: str) -> None:
        """A run is over: what was benign must have cost nothing, and chains are short."""
        if run.depth > MAX_HOPS:
            raise Violation("chain", f"{run} is {run.depth} hand-offs from the event")
        if run.report is None:
            return
        codes = {str(finding.code) for finding in run.report.findings}
        self._judge_unread(run)
        only_benign = run.writes and all(
            call.error is None or call.error[0] in BENIGN for call in run.writes
        )
        said = [finding for finding in run.report.findings if finding.code == "change-failed"]
        if only_benign and said:
            raise Violation("benign", f"{run} reports {said[0].message}")
        if "refused-by-guard" in codes:
            raise Violation("guard", f"{run} planned what the guard refused")

    @staticmethod
    def _judge_unread(run: Any) -> None:
        """Each read that failed in the end, and gave no reply when it was made again, has a finding there."""
        named = {
            (finding.location.account_id, finding.location.region)
            for finding in run.report.findings
            if finding.code in ("location-unread", "denied", "quota-unknown")
        }
        closed = {
            finding.location.account_id
            for finding in run.report.findings
            if finding.code == "account-unreachable"
        }
        for before, where, action, params in run.unread:
            if (where.account, where.region) in named or where.account in closed:
                continue
            later = (call for call in run.served[before:] if call[1:3] == (where, action))
            if not any(_asked(params) <= _asked(call[3]) for call in later):
                raise Violation(
                    "S7", f"{run} could not make {action} in {where}, without a finding"
                )

    def others_go_on(self, down: set[str]) -> None:
        """L3: one region is down, and the others are as they should be, as far as that can be known."""
        world, policy = self.schedule.world, self.schedule.policy
        up = tuple(where for where in policy.ours if where.region not in down)
        for where in up:
            left = lacks(world.now, world.moment(), replace(policy, ours=up), only=where)
            if left:
                raise Violation("L3", f"{where.region} waits for another: {left[0]}")

    def converged(self) -> None:
        """L1: one sweep after the faults have stopped, the truth is as it should be."""
        schedule = self.schedule
        left = lacks(schedule.world.now, schedule.world.moment(), schedule.policy)
        if left:
            raise Violation("L1", f"not converged after one sweep: {left}")

    def at_rest(self, mark: int) -> None:
        """L2: the next sweep writes nothing."""
        changes = len(self.schedule.world.states) - mark
        if changes:
            raise Violation("L2", f"the next sweep made {changes} changes")

    def nothing_silent(self, runs: int) -> None:
        """N1: what is not carried is named by a finding of the runs since then, in every mode."""
        schedule = self.schedule
        state, moment = schedule.world.now, schedule.world.moment()
        reports = [run.report for run in schedule.functions.runs[runs:] if run.report]
        named = {
            (finding.location.account_id, finding.location.region, pcx)
            for report in reports
            for finding in report.findings
            if finding.code not in NO_GAP
            for pcx in (finding.pcx_id, finding.subject)
        }
        for where in schedule.policy.ours:
            for table, cidr, pcx in wanted_routes(state, moment, schedule.policy, where):
                key = (where.account, where.region, pcx)
                if not carries(table, cidr, pcx) and key not in named:
                    raise Violation("N1", f"{table.id} does not send {cidr} to {pcx} in silence")
        unexplained = [
            finding.message
            for report in reports
            for finding in report.findings
            if finding.code == "not-carrying-unexplained"
        ]
        if unexplained:
            raise Violation("N1", f"there is no known reason: {unexplained[0]}")

    def messages(self) -> None:
        """L4: nothing is left in a queue, and what is dead is what could not be read."""
        queues = self.schedule.functions.queues
        if queues.waiting:
            raise Violation("L4", f"{queues.waiting} messages are still in a queue")
        dead = [message for _, message in queues.dead]
        for message in dead:
            if message.body not in self.poison and not self.schedule.knobs.down:
                raise Violation("L4", f"{message.id} is dead without a cause: {message.causes}")
        missing = self.poison - {message.body for message in dead}
        if missing:
            raise Violation("L4", f"an unreadable message is not in a dead-letter queue: {missing}")


def _asked(params: dict[str, Any]) -> set[tuple[str, str]]:
    """Return what a describe asks for, value by value: another may ask for more, in one call."""
    filters = [(one["Name"], value) for one in params.get("Filters", ()) for value in one["Values"]]
    others = [(key, repr(value)) for key, value in params.items() if key not in PAGED]
    return {*filters, *others}
