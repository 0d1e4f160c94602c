"""A change that the guard lets through, one a kind, and every way to spoil it.

A case is a change with the world it rests on. A violation takes a case and returns it spoilt; where the
kind has no such part, it comes back as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from peerkeeper.safety.guard import refusal
from peerkeeper.safety.rights import RIGHTS, owner_of
from peerkeeper.settings import Settings, SubnetPublicIp
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    Change,
    CreateRoute,
    DeleteRoute,
    EnableDnsHostnames,
    EnableDnsSupport,
    SetMapPublicIpOnLaunch,
    TagStatus,
)
from peerkeeper.values.ec2 import PeeringStatus, Side, network
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.snapshot import Sight
from peerkeeper.values.tags import Status

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    SUBNET,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)

EXEMPT = (("peerkeeper:exempt", "true"),)
ALL = frozenset(Read(TOKYO, kind) for kind in Describe)


@dataclass(frozen=True)
class Case:
    """A change, and what was seen: own view of the peering, VPC, table, subnet, and the peer's."""

    change: Change
    pcx: Any
    vpc: Any
    table: Any
    subnet: Any
    peer_vpc: Any
    others: tuple[Any, ...] = ()
    settings: Settings = field(default_factory=settings)
    rights: frozenset[type[Change]] | None = None
    seen: dict[str, Any] = field(default_factory=dict)

    def code(self) -> str | None:
        """The promise that the change would break, as the guard says; None where it lets it through."""
        parts = (self.pcx, self.vpc, self.table, self.subnet, self.peer_vpc, *self.others)
        words = refusal(
            self.change,
            snapshot(*(part for part in parts if part), **self.seen),
            self.settings,
            RIGHTS[owner_of(self.change)] if self.rights is None else self.rights,
        )
        return words and words[:2]

    def anew(self) -> Case:
        """The same case of other objects: equal is what counts, not identical."""
        return replace(_anew(self), rights=self.rights)


def _anew(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        made = {item.name: _anew(getattr(value, item.name)) for item in fields(value)}
        return replace(value, **made)
    if isinstance(value, str):
        return "".join([*value])
    if isinstance(value, (IPv4Network, IPv6Network)):
        return ip_network(str(value))
    if hasattr(value, "_fields"):
        return type(value)(*map(_anew, value))
    if isinstance(value, (tuple, frozenset)):
        return type(value)(map(_anew, value))
    if isinstance(value, dict):
        return {_anew(key): _anew(inner) for key, inner in value.items()}
    return value


def case(change: Change, status: str = "active", *routes: Any) -> Case:
    own = subnet(location=TOKYO, vpc_id=TOKYO_VPC)
    return Case(change, peering(TOKYO, status), vpc(), table(TOKYO, *routes), own, vpc(SEOUL))


def switching(value: bool) -> Case:
    """A switch of the subnet's public IP that its VPC's tag asks for, and that an earlier look saw too."""
    one = case(SetMapPublicIpOnLaunch(TOKYO, SUBNET, value, reason=""))
    asked = replace(one.vpc, tags=(*one.vpc.tags, ("peerkeeper:public-ip", "enforce")))
    sight = Sight(TOKYO, SUBNET, TOKYO_TABLE, value)
    follows = settings(subnet_public_ip=SubnetPublicIp.MATCH_INTERNET_ROUTE)
    seen = {"seen_before": frozenset({sight})}
    return replace(one, vpc=asked, settings=follows, seen=seen)


HELD = route("10.39.0.0/16", PCX, blackhole=True)
CASES = {
    "accept": case(AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason=""), "pending-acceptance"),
    "create": case(CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")),
    "delete": case(DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason=""), "deleted", HELD),
    "option": case(AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason="")),
    "support": case(EnableDnsSupport(TOKYO, TOKYO_VPC, reason="")),
    "names": case(EnableDnsHostnames(TOKYO, TOKYO_VPC, reason="")),
    "ip-on": switching(value=True),
    "ip-off": switching(value=False),
    "held": case(TagStatus(TOKYO, PCX, Status.HELD, reason=""), "pending-acceptance"),
    "over": case(TagStatus(TOKYO, PCX, Status.EXPIRED, reason=""), "expired"),
    "ok": case(TagStatus(TOKYO, PCX, Status.CLEAR, reason="")),
}


def with_pcx(**changed: Any) -> Any:
    return lambda one: replace(one, pcx=replace(one.pcx, **changed))


def with_vpc(**changed: Any) -> Any:
    return lambda one: replace(one, vpc=replace(one.vpc, **changed))


def with_table(**changed: Any) -> Any:
    return lambda one: replace(one, table=replace(one.table, **changed))


def tagged(*tags: tuple[str, str]) -> Any:
    """The VPC has these tags besides its own."""
    return lambda one: replace(one, vpc=replace(one.vpc, tags=(*one.vpc.tags, *tags)))


def seen_otherwise(**changed: Any) -> Any:
    """What the earlier look saw of the subnet was otherwise."""

    def spoil(one: Case) -> Case:
        before = frozenset(s._replace(**changed) for s in one.seen.get("seen_before", ()))
        return replace(one, seen={**one.seen, "seen_before": before} if before else one.seen)

    return spoil


def with_subnet(**changed: Any) -> Any:
    return lambda one: replace(one, subnet=replace(one.subnet, **changed))


def with_settings(**changed: Any) -> Any:
    return lambda one: replace(one, settings=replace(one.settings, **changed))


def without(*parts: str) -> Any:
    return lambda one: replace(one, **dict.fromkeys(parts))


def status(code: str) -> Any:
    return with_pcx(status=PeeringStatus(code))


def requester(*cidrs: str, where: Any = SEOUL) -> Side:
    return Side(where, SEOUL_VPC, tuple(map(network, cidrs)))


def held(*routes: Any) -> Any:
    return with_table(routes=routes)


def also(*routes: Any) -> Any:
    """Further routes beside those the case needs."""
    return lambda one: replace(one, table=replace(one.table, routes=(*one.table.routes, *routes)))


def to(cidr: str, *then: Any) -> Any:
    """The peer has this network, and a new route is for it."""

    def spoil(one: Case) -> Case:
        change = one.change
        if isinstance(change, CreateRoute):
            change = replace(change, destination=network(cidr))
        return chain(with_pcx(requester=requester(cidr)), *then)(replace(one, change=change))

    return spoil


def chain(*spoilers: Any) -> Any:
    def spoil(one: Case) -> Case:
        for spoiler in spoilers:
            one = spoiler(one)
        return one

    return spoil


def beside(*others: Any) -> Any:
    return lambda one: replace(one, others=others)


def scoped(says: str, cidr: str = "10.39.0.0/16") -> Any:
    """Our view of the peering has `peerkeeper:destinations`, and a new route is for `cidr`."""
    return chain(
        lambda one: replace(
            one, pcx=replace(one.pcx, tags=(*one.pcx.tags, ("peerkeeper:destinations", says)))
        ),
        for_kind(CreateRoute, destination=network(cidr)),
    )


def for_kind(kind: type[Change], **changed: Any) -> Any:
    """Change the change itself, where it is of this kind."""

    def spoil(one: Case) -> Case:
        if isinstance(one.change, kind):
            return replace(one, change=replace(one.change, **changed))
        return one

    return spoil


def absent(*, before: bool = True, blackhole: bool = True, done: Any = ALL, **pcx: Any) -> Any:
    """The peering was absent: in an earlier look, and in this one if no `pcx` says otherwise."""

    def spoil(one: Case) -> Case:
        if not isinstance(one.change, DeleteRoute):
            return one
        seen = {"done": done, "absent_before": frozenset({(TOKYO, PCX)} if before else ())}
        kept = replace(one.pcx, **pcx) if pcx else None
        routes = (replace(HELD, blackhole=blackhole),)
        own = replace(one.table, routes=routes)
        return replace(one, pcx=kept, table=own, seen=seen)

    return spoil
