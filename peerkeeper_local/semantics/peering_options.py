"""Who may set which peering option.

In: a peering, the caller, the options sent for each side.
Out: the peering with its options changed, or a Refusal. Never looks a VPC up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Options, Peering, Side
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.peering_view import visible
from peerkeeper_local.semantics.refusal import Refusal, no_such_peering

CLASSIC_LINK = (
    "AllowEgressFromLocalClassicLinkToRemoteVpc",
    "AllowEgressFromLocalVpcToRemoteClassicLink",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of one call: what was sent for each side. None if a side was not named."""

    requester: Mapping[str, Any] | None
    accepter: Mapping[str, Any] | None


def modify_options(
    peering: Peering,
    caller: Location,
    asked: Asked,
    dns_ready: Callable[[Side], bool],
    moment: Moment,
) -> Peering:
    """Return `peering` with the options asked for; a refused call changes nothing.

    `dns_ready` says whether DNS support and DNS hostnames are on in one side's VPC. Only the side whose
    option is set must have them. Fields not sent stay. Raises Refusal: NotFound, OperationNotPermitted
    (not active, other account, other Region, ClassicLink between Regions), UnsupportedOperation
    (ClassicLink, code assumed), InvalidVpcPeeringConnectionState.DnsHostnamesDisabled, MissingParameter
    (assumed). Sources: EC2 API, EC2 errors, observed. For one side's DNS: the acceptance tests of
    Terraform's AWS provider, VPC peering options.
    """
    _check_active(peering, caller, moment)
    if asked.requester is None and asked.accepter is None:
        raise Refusal("MissingParameter", "The request must contain the options of one side")
    _check_side(peering.requester, "requester", asked.requester, caller)
    _check_side(peering.accepter, "accepter", asked.accepter, caller)
    _check_values(peering, asked.requester or {}, peering.requester, dns_ready)
    _check_values(peering, asked.accepter or {}, peering.accepter, dns_ready)
    return replace(
        peering,
        requester_options=_changed(peering.requester_options, asked.requester),
        accepter_options=_changed(peering.accepter_options, asked.accepter),
    )


def _check_active(peering: Peering, caller: Location, moment: Moment) -> None:
    if not visible(peering, caller, moment):
        raise no_such_peering(peering.id)
    if state_of(peering, moment).code != "active":
        raise Refusal(
            "OperationNotPermitted",
            f"Peering {peering.id} is not active. "
            "Peering options can be added only to active peerings.",
        )


def _check_side(side: Side, name: str, sent: Mapping[str, Any] | None, caller: Location) -> None:
    """Refuse options for a side unless its own account sets them, in its own Region."""
    if sent is None or caller == side.location:
        return
    if caller.account != side.location.account:
        raise Refusal(
            "OperationNotPermitted",
            f"User {caller.account} does not have permission to modify "
            f"the {name} side peering options",
        )
    raise Refusal(
        "OperationNotPermitted",
        f"{name.capitalize()}'s VPC Peering connection options "
        "cannot be modified for a different region",
    )


def _check_values(
    peering: Peering, sent: Mapping[str, Any], side: Side, dns_ready: Callable[[Side], bool]
) -> None:
    named = [flag for flag in CLASSIC_LINK if flag in sent]
    if named and peering.between_regions:
        raise Refusal(
            "OperationNotPermitted",
            f"Modifying {', '.join(named)} options is not supported "
            "for cross-region VPC peering connections",
        )
    if any(sent[flag] for flag in named):
        raise Refusal("UnsupportedOperation", "ClassicLink is retired: its options cannot be set.")
    if sent.get("AllowDnsResolutionFromRemoteVpc") and not dns_ready(side):
        raise Refusal(
            "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled",
            f"DNS hostnames and DNS support must be enabled in {side.vpc_id} of {peering.id}.",
        )


def _changed(options: Options, sent: Mapping[str, Any] | None) -> Options:
    given = sent or {}
    return Options(
        dns_from_remote_vpc=given.get(
            "AllowDnsResolutionFromRemoteVpc", options.dns_from_remote_vpc
        ),
        multipath_resilience=given.get("AllowMultipathResilience", options.multipath_resilience),
    )
