"""Seeded bugs in what reports say of our side of a peering, and in what is published of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from peerkeeper.planning import connectivity, legs
from peerkeeper.values.connectivity import SideVerdict, Upshot, Way
from peerkeeper.values.ec2 import PeeringStatus

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
