"""The verdict on peerings without consent, as if both sides had agreed. In: a snapshot. Out: verdicts.

Connectivity judges only sides that agreed. An estate that exists has agreed to nothing yet, and its owner
wants to know what it carries. So each live peering is looked at as if it were tagged, and its account
allowed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import Plan, plan
from peerkeeper.settings import FurtherLook, Mode, Settings
from peerkeeper.values.connectivity import SideVerdict
from peerkeeper.values.ec2 import ROUTABLE
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import APPROVED
from peerkeeper.values.tags import with_tag

Judged: TypeAlias = tuple[Plan, tuple[SideVerdict, ...]]


def as_if_agreed(seen: Snapshot, settings: Settings) -> tuple[Snapshot, Settings]:
    """Return snapshot and settings in which each live peering is agreed to, on each side that was read."""
    tagged = {
        key: replace(view, tags=with_tag(view.tags, APPROVED, "true"))
        for key, view in seen.peerings.items()
        if view.status in ROUTABLE
    }
    sides = (side for view in seen.peerings.values() for side in (view.requester, view.accepter))
    everybody = frozenset(side.location.account_id for side in sides)
    return (
        replace(seen, peerings={**seen.peerings, **tagged}),
        replace(
            settings,
            allowed_accounts=everybody | settings.allowed_accounts,
            mode=Mode.FULL,
            reachability=FurtherLook.OFF,  # it is looked at only where both sides agreed
        ),
    )


def as_in_full(settings: Settings) -> Settings:
    """Return the settings in mode full: what only the mode withholds is due, and blocks nothing."""
    return replace(settings, mode=Mode.FULL)


def judged_now(seen: Snapshot, settings: Settings) -> Judged:
    """Return the plan of what is there now, and the verdict on each side that agreed."""
    return judged(plan(seen, settings), seen, settings)


def verdicts_of_all(
    seen: Snapshot, settings: Settings, real: tuple[SideVerdict, ...]
) -> tuple[SideVerdict, ...]:
    """Return the verdict on each side of each live peering. `real`: the verdicts on sides that agreed."""
    _, others = judged_now(*as_if_agreed(seen, settings))
    known = {(one.pcx_id, one.location, one.vpc_id) for one in real}
    more = (one for one in others if (one.pcx_id, one.location, one.vpc_id) not in known)
    return (*real, *more)
