"""What an estate costs a month, row by row: prices times counts. docs/operate/costs.md shows the table.

In: what the templates make, what a sweep of an account takes, an estate. Out: US dollars a month, without
any free tier. Prices are AWS's list prices for us-east-1 as remembered. They are assumptions: check them
against the price list of your Region. No row has costs that depend on what happens in your accounts: events,
changes, notices.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.load.prices import POLLS_A_MINUTE, SQS_REQUEST

METRIC = 0.30
ALARM_METRIC = 0.10
"""An alarm is billed by each metric that it stands on."""
DASHBOARD = 3.00
LOG_GB = 0.50
GUARDDUTY_EVENT = 4.00 / 1_000_000
TRAIL_COPY = 2.00 / 100_000
"""Of one management event in a second trail, or a third: the first copy is free."""

MINUTES_A_MONTH = 30 * 24 * 60
POLLS = POLLS_A_MINUTE * MINUTES_A_MONTH
LAMBDA_LINES = 400
"""Bytes of the lines START, END and REPORT that Lambda itself logs of an invocation; an assumption."""
RECORDS_OF_ASSUME_ROLE = 2
"""One in each of the two accounts. Source: CloudTrail User Guide, record contents, sharedEventID."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the two templates make, as far as it costs by being there."""

    metrics: int
    alarm_metrics: int
    dashboards: int
    polled_queues: int
    spoke_alarm_metrics: int
    """In each spoke whose `AlarmTopicArn` is set, more than in one without."""
    bare_spoke_alarm_metrics: int = 0
    """In each spoke without it."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep of one account, in all its regions, takes."""

    calls: int
    """Calls to EC2: CloudTrail records each as a management event."""
    invocations: int
    dollars: float
    """Of Lambda and Step Functions."""
    log_bytes: int
    """Of an invocation that found nothing."""


@dataclass(frozen=True, slots=True)
class Estate:
    """What Peerkeeper keeps, and how."""

    accounts: int
    regions: int
    assumed: int
    """Roles that a sweep assumes: one for each other account, or with a state machine for each location."""
    minutes: int = 15

    @property
    def sweeps(self) -> float:
        """Sweeps a month."""
        return MINUTES_A_MONTH / self.minutes

    @property
    def spokes(self) -> int:
        """Stacks of spoke.yaml: every account and region but the hub's."""
        return self.accounts * self.regions - 1


def dollars(made: Made, swept: Swept, estate: Estate) -> dict[str, float]:
    """Return dollars a month by row."""
    hub = (
        made.metrics * METRIC
        + made.alarm_metrics * ALARM_METRIC
        + made.dashboards * DASHBOARD
        + made.polled_queues * POLLS * SQS_REQUEST
    )
    sweeps = estate.sweeps * estate.accounts
    logged = sweeps * swept.invocations * (swept.log_bytes + LAMBDA_LINES)
    records = sweeps * swept.calls
    records += estate.sweeps * estate.assumed * RECORDS_OF_ASSUME_ROLE
    return {
        "hub": hub + estate.spokes * made.bare_spoke_alarm_metrics * ALARM_METRIC,
        "sweeps": sweeps * swept.dollars,
        "logs": logged / 1_000_000_000 * LOG_GB,
        "spoke alarms": estate.spokes * made.spoke_alarm_metrics * ALARM_METRIC,
        "GuardDuty": records * GUARDDUTY_EVENT,
        "trail copy": records * TRAIL_COPY,
    }


OF_ITSELF = ("hub", "sweeps", "logs")
"""What every installation pays; the other rows are paid where the row says so."""


def shown(amount: float) -> str:
    """Return it as the page shows it: no more digits than the assumptions carry."""
    return f"{amount:.1f}" if amount < 10 else f"{amount:,.0f}"


def table(made: Made, columns: list[tuple[str, Swept, Estate]]) -> list[str]:
    """Return the page's table, line by line; a column is a heading, its sweep and its estate."""
    at = {
        minutes: [
            dollars(made, swept, Estate(e.accounts, e.regions, e.assumed, minutes))
            for _, swept, e in columns
        ]
        for minutes in (15, 60)
    }

    def line(words: str, minutes: int, *names: str) -> str:
        cells = (shown(sum(each[name] for name in names)) for each in at[minutes])
        return f"| {words} | {' | '.join(cells)} |"

    hub = (
        f"hub: {made.metrics} metrics, alarms on {made.alarm_metrics} metrics, the dashboard, "
        f"{made.polled_queues} queues that Lambda polls"
    )
    return [
        f"| US dollars a month | {' | '.join(heading for heading, _, _ in columns)} |",
        "|---|" + "---:|" * len(columns),
        line(hub, 15, "hub"),
        line("sweeps: Lambda, Step Functions", 15, "sweeps"),
        line("logs of the sweeps, as long as nothing is found", 15, "logs"),
        line("**sum**", 15, *OF_ITSELF),
        line("in addition, if spokes have an `AlarmTopicArn`: an alarm each", 15, "spoke alarms"),
        line("in addition, if GuardDuty is on: it reads every event", 15, "GuardDuty"),
        line("in addition, for each further trail: one more copy of every event", 15, "trail copy"),
        line("**sum** with `SweepMinutes=60`", 60, *OF_ITSELF),
        line("GuardDuty with `SweepMinutes=60`", 60, "GuardDuty"),
        line("each further trail with `SweepMinutes=60`", 60, "trail copy"),
    ]
