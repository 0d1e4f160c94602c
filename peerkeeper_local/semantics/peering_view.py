"""Who sees what of a peering.

In: a peering and a viewer's location. Out: the description EC2 gives.

One peering has two views. Each location has its own tags for it, so tags are handed in.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Options, Peering, Side
from peerkeeper_local.semantics.peering_state import State, message, state_of

UNACCEPTED = frozenset({"initiating-request", "pending-acceptance"})


def visible(peering: Peering, viewer: Location, moment: Moment, state: State | None = None) -> bool:
    """Whether a describe in `viewer` shows `peering` at `moment`. `state`: its state then, if it is known.

    Failed: requester only, 2 h. Expired: both, 2 days. Rejected and deleted: see `_tombstone`.
    Source: VPC Peering Guide, basics.
    """
    if not peering.touches(viewer):
        return False
    state = state or state_of(peering, moment)
    if state.code == "failed":
        return (
            viewer == peering.requester.location
            and moment.now < state.since + moment.delays.short_tombstone
        )
    if state.code in UNACCEPTED and viewer != peering.requester.location:
        return moment.now >= peering.created + moment.delays.initiating + moment.delays.peer_sight
    return moment.now < state.since + _tombstone(peering, state.code, viewer, moment)


def _tombstone(peering: Peering, code: str, viewer: Location, moment: Moment) -> float:
    """How long an ended peering is shown: short to the side that ended it, long to the other."""
    if code == "expired":
        return moment.delays.long_tombstone
    if code not in ("rejected", "deleted"):
        return float("inf")
    ended_by = peering.accepter.location if code == "rejected" else peering.deleted_by
    short = not peering.between_accounts or viewer == ended_by
    return moment.delays.short_tombstone if short else moment.delays.long_tombstone


def description(
    peering: Peering,
    viewer: Location,
    moment: Moment,
    tags: Mapping[str, str],
    state: State | None = None,
) -> dict[str, Any]:
    """Return the peering as `viewer` sees it, in the shape of EC2's VpcPeeringConnection.

    `state` replaces the computed one where a reply shows the step just taken. ExpirationTime is
    there only while unaccepted. Sources: EC2 API; observed (replies of create and accept).
    """
    code = (state or state_of(peering, moment)).code
    told: dict[str, Any] = {
        "VpcPeeringConnectionId": peering.id,
        "RequesterVpcInfo": _side(peering, peering.requester, peering.requester_options, viewer),
        "AccepterVpcInfo": _side(peering, peering.accepter, peering.accepter_options, viewer),
        "Status": {"Code": code, "Message": message(peering, code)},
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
    }
    if code in UNACCEPTED:
        told["ExpirationTime"] = _expiration(peering, moment)
    if peering.requester_options.multipath_resilience:
        accepted = peering.accepted is not None
        told["MultipathResilienceStatus"] = "enabled" if accepted else "pending"
    return told


def _expiration(peering: Peering, moment: Moment) -> datetime:
    return datetime.fromtimestamp(peering.created + moment.delays.request_expiry, UTC)


def _side(peering: Peering, side: Side, options: Options, viewer: Location) -> dict[str, Any]:
    """One side's info, as far as the viewer may know it.

    The accepter's CIDRs stay hidden until it accepts, the options of another account's side
    always. Source: observed.
    """
    told: dict[str, Any] = {
        "OwnerId": side.location.account,
        "VpcId": side.vpc_id,
        "Region": side.location.region,
    }
    if side is peering.accepter and peering.accepted is None:
        return told
    if side.cidrs:
        told["CidrBlock"] = side.cidrs[0]
        told["CidrBlockSet"] = [{"CidrBlock": cidr} for cidr in side.cidrs]
    if side.ipv6_cidrs:
        told["Ipv6CidrBlockSet"] = [{"Ipv6CidrBlock": cidr} for cidr in side.ipv6_cidrs]
    if side.location.account == viewer.account:
        told["PeeringOptions"] = option_flags(options)
    return told


def changed_flags(options: Options, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ModifyVpcPeeringConnectionOptions answers of one side: only the flags that were sent.

    Source: EC2 API, ModifyVpcPeeringConnectionOptions (examples).
    """
    flags = {"AllowMultipathResilience": False, **option_flags(options)}
    return {flag: value for flag, value in flags.items() if flag in sent}


def option_flags(options: Options) -> dict[str, Any]:
    """Return one side's options in EC2's shape; multipath fields only where it was asked for."""
    flags: dict[str, Any] = {
        "AllowDnsResolutionFromRemoteVpc": options.dns_from_remote_vpc,
        "AllowEgressFromLocalClassicLinkToRemoteVpc": False,
        "AllowEgressFromLocalVpcToRemoteClassicLink": False,
    }
    if options.multipath_resilience:
        flags |= {"AllowMultipathResilience": True, "MultipathResilienceMode": "always-on"}
    return flags
