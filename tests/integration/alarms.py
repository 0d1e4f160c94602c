"""What any test over virtual time may ask of the alarms: which of them rang, and how often.

An alarm rings where a change of its state would tell somebody, if it had a topic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from peerkeeper_local.alarms import Measured, State, changes
from peerkeeper_local.deployment import Alarm


def rung(
    alarms: Iterable[Alarm],
    measured: Measured,
    begin: float,
    end: float,
    location: tuple[str, str] | None = None,
) -> Counter[str]:
    """Return how often each alarm rang from `begin`, when all were made; those that never did are left out.

    `location`: account and region of the alarms; by default the hub's.
    """
    measured.close(end)
    return Counter(
        change.alarm
        for alarm in alarms
        for change in changes(alarm, measured.at(location), begin, end)
        if change.state is State.ALARM
        or (change.state is State.INSUFFICIENT_DATA and alarm.insufficient_data_actions)
    )
