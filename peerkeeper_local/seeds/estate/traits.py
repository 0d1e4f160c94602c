"""Which VPCs and peerings have which trait. In: plans, peerings. Out: ids by trait. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from peerkeeper_local.seeds.estate.kind import Kind
from peerkeeper_local.seeds.estate.make_peerings import Peerings
from peerkeeper_local.seeds.estate.names import HOSTILE, NAMELESS, PEERINGS
from peerkeeper_local.seeds.estate.trait import Trait
from peerkeeper_local.seeds.estate.vpc_plan import VpcPlan

BOTH = 2
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
    sides = Counter(peerings.resolving)
    return {
        **{trait: tuple(vpc.id for vpc in vpcs if has(vpc.plan)) for trait, has in OF_VPCS.items()},
        Trait.DNS_BOTH: tuple(pcx for pcx, count in sides.items() if count == BOTH),
        Trait.DNS_ONE: tuple(pcx for pcx, count in sides.items() if count < BOTH),
        Trait.HOSTILE_PEERING: tuple(peerings.kinds[Kind.HAND][: len(PEERINGS)]),
    }
