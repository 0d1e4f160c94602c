"""Days of the estate, and what goes wrong in them: for the table of what rings when.

In: the name of a day. Out: the alarms that rang.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerkeeper_local.pump import Logs
from peerkeeper_local.story.stage import TOKYO
from tests.integration.alarmed.deeds import (
    a_tool_takes_routes,
    a_tool_turns_addresses_on,
    comings_and_goings,
    guests_everywhere,
    guests_in_seoul,
    guests_in_tokyo,
    nothing,
)
from tests.integration.alarmed.estate import Estate
from tests.integration.alarmed.faults import (
    denied_role,
    full_table,
    partner_without_dns,
    trail,
    well,
)


@dataclass(frozen=True)
class Days:
    """What goes wrong, once all is well, and what people do meanwhile."""

    deed: Callable[[Estate, int], Any] = comings_and_goings
    fault: Callable[[Estate], Any] = well
    mode: str = "full"
    hours: int = 3
    sweeps: bool = True
    parameters: dict[str, str] = field(default_factory=dict)


EVERY_DAY: Mapping[str, Days] = {
    "an ordinary day": Days(),
    "an ordinary day, in `observe`": Days(mode="observe"),
    "nothing happens": Days(nothing),
    "a partner's VPC has DNS off": Days(fault=partner_without_dns),
    "no trail": Days(fault=trail(Logs.NOTHING)),
    "no trail, in `observe`": Days(mode="observe", fault=trail(Logs.NOTHING)),
    "in one Region the trail logs only reads, nothing happens in the others": Days(
        guests_in_tokyo, trail(Logs.READS, TOKYO)
    ),
    "in `observe`, one Region's trail logs only reads, nothing happens in the others": Days(
        guests_in_tokyo, trail(Logs.READS, TOKYO), "observe"
    ),
    "in one Region the trail logs only reads, much happens in the others": Days(
        guests_everywhere, trail(Logs.READS, TOKYO)
    ),
    "a route table is full": Days(guests_in_seoul, full_table),
    "our role is denied `CreateRoute`": Days(guests_in_seoul, denied_role),
    "a tool deletes our routes": Days(a_tool_takes_routes),
    "a tool turns public IPs on": Days(
        a_tool_turns_addresses_on,
        parameters={"EnforceIn": "all", "SubnetPublicIp": "never"},
    ),
    "no sweep runs": Days(hours=5, sweeps=False),
}


def lived(days: Days) -> Counter[str]:
    """Live an hour without fault, then more with it; return which alarms rang, and how often."""
    with Estate(days.mode, **days.parameters) as estate:
        estate.live(1, nothing)
        days.fault(estate)
        estate.live(days.hours, days.deed, sweeps=days.sweeps)
        return estate.rung()
