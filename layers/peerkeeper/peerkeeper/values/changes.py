"""The changes Peerkeeper can make: a closed union. One value is one EC2 call that changes something.

In: nothing. Out: values with location, ids and a reason. Only what is in this file can be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeAlias, TypeGuard, cast

from peerkeeper.values.consents import Consent
from peerkeeper.values.ec2 import Location, Network
from peerkeeper.values.notice_facts import NoticeFacts
from peerkeeper.values.tags import Status


@dataclass(frozen=True, slots=True)
class _Change:
    location: Location
    reason: str = field(compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class AcceptPeering(_Change):
    """Accept a request, in the accepter's location."""

    pcx_id: str
    vpc_id: str
    """The accepter VPC: ours."""
    consent: Consent | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class CreateRoute(_Change):
    """Route one network of the peer to the peering connection, in one of our tables."""

    route_table_id: str
    destination: Network
    pcx_id: str
    consent: Consent | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class DeleteRoute(_Change):
    """Delete a route whose peering connection has ended."""

    route_table_id: str
    destination: Network
    pcx_id: str
    by_absence: bool = False
    """The proof is that the peering was absent twice, not that its status was seen to be terminal."""


@dataclass(frozen=True, slots=True)
class AllowRemoteDnsResolution(_Change):
    """Let the peer resolve our public DNS hostnames to private addresses: our side's option only."""

    pcx_id: str
    requester_side: bool


@dataclass(frozen=True, slots=True)
class EnableDnsSupport(_Change):
    """Turn on DNS support of a VPC."""

    vpc_id: str


@dataclass(frozen=True, slots=True)
class EnableDnsHostnames(_Change):
    """Turn on DNS hostnames of a VPC; EC2 requires DNS support first."""

    vpc_id: str


@dataclass(frozen=True, slots=True)
class SetMapPublicIpOnLaunch(_Change):
    """Turn a subnet's public IP on launch on or off."""

    subnet_id: str
    value: bool


@dataclass(frozen=True, slots=True)
class AddEndpointTable(_Change):
    """Associate a gateway endpoint with one more route table."""

    endpoint_id: str
    route_table_id: str


@dataclass(frozen=True, slots=True)
class EnablePrivateDns(_Change):
    """Turn on private DNS of an interface endpoint."""

    endpoint_id: str


@dataclass(frozen=True, slots=True)
class TagStatus(_Change):
    """Tell people about a peering, then remember it: tag our view of it with what they know now.

    The reason is the news for them; `Status.CLEAR` is only remembered.
    """

    pcx_id: str
    status: Status
    requester: str = field(default="", compare=False, kw_only=True)
    """The VPC and its location, as `vpc-… in …`."""
    accepter: str = field(default="", compare=False, kw_only=True)
    codes: tuple[str, ...] = field(default=(), compare=False, kw_only=True)
    """Finding codes behind it."""
    expires: int = field(default=0, compare=False, kw_only=True)
    """Epoch seconds; 0 where it does not expire, or is not shown."""
    facts: NoticeFacts = field(default=NoticeFacts(), compare=False, repr=False, kw_only=True)
    """For the notice. No report lists them."""


Change: TypeAlias = (
    AcceptPeering
    | EnableDnsSupport
    | EnableDnsHostnames
    | DeleteRoute
    | CreateRoute
    | AllowRemoteDnsResolution
    | SetMapPublicIpOnLaunch
    | AddEndpointTable
    | EnablePrivateDns
    | TagStatus
)
ACTIONS: Mapping[type[Change], str] = {
    AcceptPeering: "AcceptVpcPeeringConnection",
    CreateRoute: "CreateRoute",
    DeleteRoute: "DeleteRoute",
    AllowRemoteDnsResolution: "ModifyVpcPeeringConnectionOptions",
    EnableDnsSupport: "ModifyVpcAttribute",
    EnableDnsHostnames: "ModifyVpcAttribute",
    SetMapPublicIpOnLaunch: "ModifySubnetAttribute",
    AddEndpointTable: "ModifyVpcEndpoint",
    EnablePrivateDns: "ModifyVpcEndpoint",
    TagStatus: "CreateTags",
}
"""EC2's action for each kind."""
AT_ONCE = (AcceptPeering, DeleteRoute)
"""What must rest on what was just read: an accept cannot be undone, and a delete names no target."""
FRESH = 2.0
"""Seconds that these may wait. What would come later is read again (docs/decisions/0007)."""
KINDS: tuple[type[Change], ...] = Change.__args__
_COMPARED = {
    kind: [attrgetter(item.name) for item in fields(kind) if item.compare] for kind in KINDS
}


def removes(change: Change) -> bool:
    """Tell whether the change removes something or turns something off."""
    match change:
        case DeleteRoute():
            return True
        case SetMapPublicIpOnLaunch(value=value):
            return not value
        case _:
            return False


def rests_on_absence(change: Change) -> TypeGuard[DeleteRoute]:
    """Tell whether it deletes a route because its peering was absent twice."""
    return isinstance(change, DeleteRoute) and change.by_absence


def in_order(changes: Collection[Change]) -> list[Change]:
    """Return each change once: by kind, then by what it touches. Part of the contract: plans print alike."""
    ordered: list[Change] = []
    for kind in sorted({*map(type, changes)}, key=KINDS.index):
        ordered += _in_order_of(kind, [one for one in changes if type(one) is kind])
    return ordered


def _in_order_of(kind: type[Change], changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes of one kind, the first of equals. Column by column: there may be 80,000."""
    columns = (_words([*map(value, changes)]) for value in _COMPARED[kind])
    keys = [*map("|".join, zip(*columns, strict=True))]
    keyed = dict(zip(reversed(keys), reversed(changes), strict=True))
    return map(keyed.__getitem__, sorted(keyed))


def _words(values: Sequence[object]) -> Sequence[str]:
    """Return each value in words. Thousands of changes share a few locations and networks."""
    if {*map(type, values)} == {str}:
        return cast(Sequence[str], values)
    ids = [*map(id, values)]
    said = {key: str(value) for key, value in dict(zip(ids, values, strict=True)).items()}
    return [said[key] for key in ids]


def to_dict(change: Change) -> dict[str, Any]:
    """Return the change as plain JSON values: its kind, location, ids and reason."""
    values = {item.name: getattr(change, item.name) for item in fields(change) if item.repr}
    told = {k: v for k, v in values.items() if v is not None}
    plain = {k: v if isinstance(v, (bool, int)) else _plain(v) for k, v in told.items()}
    return {"change": type(change).__name__, **plain}


def _plain(value: object) -> str | dict[str, str]:
    if isinstance(value, Consent):
        return value.to_dict()
    if isinstance(value, tuple) and not isinstance(value, Location):
        return " ".join(map(str, value))
    return str(value)
