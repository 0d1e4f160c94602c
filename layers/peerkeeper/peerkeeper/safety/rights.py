"""Who may make which change: one owner a kind. IAM says the same in template.yaml; a test ties both.

In: a change. Out: its function, and the hint that makes that function look there.
"""

from __future__ import annotations

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
)
from peerkeeper.values.scope import Function, Hint

RIGHTS: dict[Function, frozenset[type[Change]]] = {
    Function.CONNECT: frozenset({AcceptPeering, CreateRoute, AllowRemoteDnsResolution, TagStatus}),
    Function.CLEAN: frozenset({DeleteRoute}),
    Function.CONFIGURE: frozenset({EnableDnsSupport, EnableDnsHostnames, SetMapPublicIpOnLaunch}),
    Function.SWEEP: frozenset(),
    Function.KEEP: frozenset({AddEndpointTable, EnablePrivateDns}),
}


def owner_of(change: Change) -> Function:
    """Return the function that may make this change."""
    return next(function for function, kinds in RIGHTS.items() if type(change) in kinds)


def hint_for(change: Change) -> Hint:
    """Return the hint that makes the owner look where this change is due."""
    match change:
        case EnableDnsSupport(vpc_id=id_) | EnableDnsHostnames(vpc_id=id_):
            return Hint(change.location, id_)
        case SetMapPublicIpOnLaunch(subnet_id=id_):
            return Hint(change.location, id_)
        case AddEndpointTable(endpoint_id=id_) | EnablePrivateDns(endpoint_id=id_):
            return Hint(change.location, id_)
        case (
            AcceptPeering()
            | CreateRoute()
            | DeleteRoute()
            | AllowRemoteDnsResolution()
            | TagStatus()
        ):
            return Hint(change.location, change.pcx_id)
