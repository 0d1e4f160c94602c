"""Which VPCs and peerings have which trait. In: plans, peerings. Out: ids by trait. Pure."""

from __future__ import annotations

from collections.abc import Callable

from peerkeeper_local.seeds.estate.kind import Kind, Trait
from peerkeeper_local.seeds.estate.make_peerings import Peerings
from peerkeeper_local.seeds.estate.names import HOSTILE, NAMELESS, PEERINGS
from peerkeeper_local.seeds.estate.settle_tags import DNS_BOTH, EVERY
from peerkeeper_local.seeds.estate.vpc_plan import VpcPlan

OF_VPCS: dict[Trait, Callable[[VpcPlan], bool]] = {
    Trait.HOSTILE_NAME: lambda plan: plan.key in HOSTILE,
    Trait.NAMELESS: lambda plan: plan.key in NAMELESS,
    Trait.TERRAFORM: lambda plan: "ManagedBy" in plan.tags,
    Trait.EXEMPT: lambda plan: "peerkeeper:exempt" in plan.tags,
    Trait.TAG_FAULT: lambda plan: plan.key in ("archive", "media", "games"),
    Trait.DNS_ENFORCE: lambda plan: plan.tags.get("peerkeeper:dns") == "enforce",
    Trait.DNS_LEAVE: lambda plan: plan.tags.get("peerkeeper:dns") == "leave",
    Trait.HOST_NAMES_OFF: lambda plan: not plan.host_names,
    Trait.PUBLIC_IP: lambda plan: "peerkeeper:public-ip" in plan.tags,
}


def traits_of(peerings: Peerings) -> dict[Trait, tuple[str, ...]]:
    """Return the VPCs or peerings by trait."""
    vpcs = peerings.hands.vpcs.values()
    of_vpcs = {
        trait: tuple(vpc.id for vpc in vpcs if has(vpc.plan)) for trait, has in OF_VPCS.items()
    }
    return of_vpcs | _of_peerings(peerings)


def _of_peerings(peerings: Peerings) -> dict[Trait, tuple[str, ...]]:
    resolving: dict[int, list[str]] = {0: [], 1: [], 2: []}
    by_hand = 0
    for row, pcx in peerings.ids.items():
        able = [side.plan.host_names for side in peerings.sides(row)]
        if row.kind in DNS_BOTH:
            resolving[sum(able)].append(pcx)
        if row.kind is Kind.HAND:
            by_hand += 1
            resolving[able[0] and by_hand % EVERY == 1].append(pcx)
    return {
        Trait.DNS_BOTH: tuple(resolving[2]),
        Trait.DNS_ONE: tuple(resolving[1]),
        Trait.HOSTILE_PEERING: tuple(peerings.kinds[Kind.HAND][: len(PEERINGS)]),
    }
