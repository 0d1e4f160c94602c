"""The guard: the last look at a change before the call, even if the planner wants the change.

In: one change, what was seen, settings, the function's rights. Out: why it may not be made, or None.
It shares no decisions and no route indexes with the rules: a bug there must not pass here.

    S1  accept only what the tags and settings read now approve
    S2  delete only a route to a peering that is terminal, or twice absent, in a table of ours
    S3  never touch a destination that another route holds
    S4  never route a destination outside the allow-list, or over our own addresses
    S5  only this function's own kinds of change, only in configured locations, only on what we own
    S6  mode `observe` changes nothing; `add-only` takes nothing away
    S8  set no attribute of a VPC or subnet without that VPC's consent, and switch a subnet on two looks alone
    S9  change only an endpoint that its own tag names, and only add to it what no other one holds
"""

from __future__ import annotations

from typing import assert_never

from peerkeeper.safety.peering_guard import refusal_to_accept, refusal_to_set_dns, refusal_to_tag
from peerkeeper.safety.route_guard import refusal_to_create, refusal_to_delete
from peerkeeper.safety.vpc_guard import refusal_to_set_subnet, refusal_to_set_vpc
from peerkeeper.settings import Mode, Settings
from peerkeeper.values.changes import (
    AcceptPeering,
    AddEndpointTable,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    EnablePrivateDns,
    SetMapPublicIpOnLaunch,
    TagStatus,
    removes,
)
from peerkeeper.values.snapshot import Snapshot


def refusal(
    change: Change, seen: Snapshot, settings: Settings, rights: frozenset[type[Change]]
) -> str | None:
    """Return which promise the change would break, in words; None lets it through."""
    if type(change) not in rights:
        return "S5: this function has no right to it"
    if not settings.covers(change.location):
        return f"S5: {change.location} is not configured"
    if not allowed_by(settings.mode, change):
        return f"S6: mode is {settings.mode}"
    match change:
        case AcceptPeering():
            return refusal_to_accept(change, seen, settings)
        case CreateRoute():
            return refusal_to_create(change, seen, settings)
        case DeleteRoute():
            return refusal_to_delete(change, seen)
        case AllowRemoteDnsResolution():
            return refusal_to_set_dns(change, seen, settings)
        case EnableDnsSupport() | EnableDnsHostnames():
            return refusal_to_set_vpc(change, seen, settings)
        case SetMapPublicIpOnLaunch():
            return refusal_to_set_subnet(change, seen, settings)
        case AddEndpointTable() | EnablePrivateDns():
            return _of_endpoint(change, seen, settings)
        case TagStatus():
            return refusal_to_tag(change, seen)
        case _:
            assert_never(change)


def _of_endpoint(
    change: AddEndpointTable | EnablePrivateDns, seen: Snapshot, settings: Settings
) -> str | None:
    from peerkeeper.safety import endpoint_guard  # noqa: PLC0415 - one function makes such changes

    if isinstance(change, AddEndpointTable):
        return endpoint_guard.refusal_to_add_table(change, seen, settings)
    return endpoint_guard.refusal_to_enable_private_dns(change, seen, settings)


def allowed_by(mode: Mode, change: Change) -> bool:
    """Tell whether the mode lets a change of this kind happen at all."""
    if mode is Mode.OBSERVE:
        return False
    return mode is Mode.FULL or not removes(change)
