"""The status of a peering in words: EC2's reason, what to do, how long a request still waits.

In: a view of it, its status, the plan's findings, the time. Out: result and words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from peerkeeper.values.ec2 import TERMINAL, PeeringConnection, PeeringStatus
from peerkeeper.values.findings import Code, Finding

from peerkeeper_cli.page.count import many

STANDS = {
    **dict.fromkeys(TERMINAL, "-"),
    PeeringStatus.FAILED: "fail",
    PeeringStatus.EXPIRED: "fail",
    PeeringStatus.UNKNOWN: "fail",
}
"""How a status shows, where it is not as it should be; one that ended on purpose is no fault."""
SAID_BY = frozenset({Code.REQUEST_FAILED, Code.REQUEST_EXPIRED, Code.UNKNOWN_STATUS})
"""Findings about a status; what comes after their last semicolon is what to do about it."""


def stands(
    view: PeeringConnection, status: PeeringStatus | None, findings: Iterable[Finding], now: float
) -> tuple[str, str]:
    """Return how the status came out, and why. `now`: epoch seconds, or 0 if unknown."""
    words = f"{view.id} of {view.requester.vpc_id} to {view.accepter.vpc_id} is {status}"
    if view.status_text and status is not PeeringStatus.ACTIVE:
        words += f": EC2 says {view.status_text}"
    if status is PeeringStatus.PENDING_ACCEPTANCE and view.expires:
        words += f"; {expiry(view.expires, now)}"
    said = {one.message for one in findings if one.subject == view.id and one.code in SAID_BY}
    for message in sorted(said):
        words += f"; {message.rpartition('; ')[2]}"
    return STANDS.get(status, "pass") if status else "unknown", words


def expiry(until: int, now: float) -> str:
    """Return when a request expires, and how long that is. Both in epoch seconds."""
    words = f"it expires on {datetime.fromtimestamp(until, UTC):%Y-%m-%d at %H:%M} UTC"
    return f"{words}, {_left(until - now)}" if now else words


def _left(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes <= 0:
        return "which has passed"
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    said = [many(count, unit) for count, unit in parts if count]
    return f"in {' and '.join(said[:2])}"
