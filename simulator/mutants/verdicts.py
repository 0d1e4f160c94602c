"""Seeded bugs in what people read: verdicts on our side of a peering, its tag, metrics, the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from peerkeeper.planning import agreement, connectivity, judged_plan, legs, plan, status_tag
from peerkeeper.reporting import counts
from peerkeeper.reporting.repeated_writes import RepeatedWrites
from peerkeeper.values.aws_commands import create_tag
from peerkeeper.values.connectivity import SideVerdict, Upshot, Way
from peerkeeper.values.ec2 import ROUTABLE, PeeringStatus
from peerkeeper.values.tags import Status, told

from peerkeeper_cli.foresight import foresee
from simulator.mutants.registry import mutant, patched


@mutant("part-is-all", "the verdict says carries where a part is carried")
def _part_is_all() -> Iterator[None]:
    real = vars(SideVerdict)["upshot"].fget

    def upshot(verdict: SideVerdict) -> Upshot:
        said: Upshot = real(verdict)
        return Upshot.CARRIES if said is Upshot.PARTLY else said

    return patched(patch.object(SideVerdict, "upshot", property(upshot)))


@mutant("routed-is-carried", "a route to a peering that is still provisioning counts as carried")
def _routed_is_carried() -> Iterator[None]:
    real = legs.leg_of

    def leg_of(run: Any, pcx: Any, *rest: Any, **more: Any) -> Any:
        leg = real(run, pcx, *rest, **more)
        waits = leg.way is Way.WAITS and pcx.status is PeeringStatus.PROVISIONING
        return replace(leg, way=Way.CARRIED) if waits else leg

    return patched(patch.object(connectivity, "leg_of", leg_of))


@mutant(
    "marks-strangers", "the tag says ok on every live peering, also where our side did not agree"
)
def _marks_strangers() -> Iterator[None]:
    real = status_tag.carrying_tags

    def tags(seen: Any, verdicts: Any, findings: Any) -> Iterator[Any]:
        yield from real(seen, verdicts, findings)
        known = {(one.location, one.pcx_id) for one in verdicts}
        for key, pcx in seen.peerings.items():
            live = seen.status_of(pcx.location, pcx.id) in ROUTABLE and pcx.own_sides()
            if live and key not in known and told(pcx.tags) is None:
                yield status_tag._change(seen, pcx, Status.CLEAR, [], "it is live")

    return patched(patch.object(judged_plan, "carrying_tags", tags))


@mutant("waiting-rings", "the alarm's metric counts every gap, also one that only waits")
def _waiting_rings() -> Iterator[None]:
    real = counts._own_counts

    def own_counts(report: Any, drift: Any) -> dict[str, int]:
        found = real(report, drift)
        gaps = {one.pcx_id for one in report.verdicts if one.gaps}
        return found | {"PeeringsNotCarrying": len(gaps)} if "NewDrift" in found else found

    return patched(patch.object(counts, "_own_counts", own_counts))


@mutant(
    "lag-rings", "a write that only a late read led to counts as if somebody undid the one before"
)
def _lag_rings() -> Iterator[None]:
    return patched(patch.object(RepeatedWrites, "_counts", lambda *_: True))


@mutant("plan-unbraked", "the plan of the command line has the deletes that the brake withholds")
def _plan_unbraked() -> Iterator[None]:
    real = plan.plan

    def unbraked(*args: Any) -> Any:
        with patch.object(plan, "brake", lambda changes, *_: (tuple(changes), ())):
            return real(*args)

    return patched(patch.object(foresee, "plan", unbraked))


@mutant("advice-misspelt", "the command that agrees to a peering writes the tag's key with a slip")
def _advice_misspelt() -> Iterator[None]:
    def slipped(region: str, resource: str, key: str, value: str) -> str:
        return create_tag(region, resource, key.upper(), value)

    return patched(patch.object(agreement, "create_tag", slipped))
