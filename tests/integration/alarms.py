"""What any test over virtual time may ask of the alarms: which of them rang, when, and for how long.

An alarm rings where a change of its state would tell somebody, if it had a topic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from peerkeeper_local.alarms import Change, Measured, State, changes
from peerkeeper_local.deployment import Alarm


@dataclass(frozen=True, slots=True)
class Ring:
    """An alarm that rang; `until`: when it was in another state again, None if it never was."""

    alarm: str
    at: float
    until: float | None


def rings(
    alarms: Iterable[Alarm],
    measured: Measured,
    begin: float,
    end: float,
    location: tuple[str, str] | None = None,
) -> list[Ring]:
    """Return each time that an alarm rang from `begin`, when all were made, in order of time.

    `location`: account and region of the alarms; by default the hub's.
    """
    measured.close(end)
    metrics = measured.at(location)
    found = (_rings(alarm, [*changes(alarm, metrics, begin, end)]) for alarm in alarms)
    return sorted((ring for each in found for ring in each), key=lambda ring: ring.at)


def rung(
    alarms: Iterable[Alarm],
    measured: Measured,
    begin: float,
    end: float,
    location: tuple[str, str] | None = None,
) -> Counter[str]:
    """Return how often each alarm rang; those that never did are left out."""
    return Counter(ring.alarm for ring in rings(alarms, measured, begin, end, location))


def _rings(alarm: Alarm, changed: list[Change]) -> Iterator[Ring]:
    for change, after in zip_longest(changed, changed[1:]):
        if change.state is State.ALARM or (
            change.state is State.INSUFFICIENT_DATA and alarm.insufficient_data_actions
        ):
            yield Ring(alarm.name, change.at, after.at if after else None)


def measured_again(measured: Measured, since: float, span: float) -> None:
    """Take it that what was measured in this span, from `since` on, is measured in the next one too."""
    metrics = measured.at()
    for metric in metrics.names():
        for at, value in metrics.of(metric):
            if since <= at < since + span:
                metrics.put(metric, at + span, value)
