"""A change that the guard lets through, one a kind, and every way to spoil it.

A case is a change with the world it rests on. A violation takes a case and returns it spoilt; where the
kind has no such part, it comes back as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from typing import Any

from peerkeeper.changes import (
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
from peerkeeper.guard import refusal
from peerkeeper.model import Location, PeeringStatus, Side, network
from peerkeeper.reads import Kind, Read
from peerkeeper.rights import RIGHTS, owner_of
from peerkeeper.settings import Mode, Settings
from peerkeeper.tags import Status

from tests.builders import (
    FOREIGN,
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    SUBNET,
    THEM,
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
ALL = frozenset(Read(TOKYO, kind) for kind in Kind)


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


def case(change: Change, status: str = "active", *routes: Any) -> Case:
    own = subnet(location=TOKYO, vpc_id=TOKYO_VPC)
    return Case(change, peering(TOKYO, status), vpc(), table(TOKYO, *routes), own, vpc(SEOUL))


HELD = route("10.39.0.0/16", PCX, blackhole=True)
CASES = {
    "accept": case(AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason=""), "pending-acceptance"),
    "create": case(CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="")),
    "delete": case(DeleteRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason=""), "deleted", HELD),
    "option": case(AllowRemoteDnsResolution(TOKYO, PCX, requester_side=False, reason="")),
    "support": case(EnableDnsSupport(TOKYO, TOKYO_VPC, reason="")),
    "names": case(EnableDnsHostnames(TOKYO, TOKYO_VPC, reason="")),
    "ip-on": case(SetMapPublicIpOnLaunch(TOKYO, SUBNET, True, reason="")),
    "ip-off": case(SetMapPublicIpOnLaunch(TOKYO, SUBNET, False, reason="")),
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


AFRICA = Location(TOKYO.account_id, "af-south-1")
"""Sorts before every other location."""
FIRST_VPC = "vpc-00000000000000001"
FIRST_GONE = peering(TOKYO, "deleted", id="pcx-00000000000000001")
ANEW = ip_network("10.39.0.0/16")
"""Equal to SEOUL_CIDR, and another object."""
OTHER_VPC = "vpc-0b31b31b31b31b399"
LIVE = peering(TOKYO, id=OLD_PCX)
GONE = peering(TOKYO, "deleted", id=OLD_PCX)
SIX = "2600:1f00:0:100::/56"
LISTED = {"allowed_destinations": (network("0.0.0.0/0"), network("::/0"))}
FOREIGN_TAG = (("peerkeeper:peers", THEM),)
APPROVED = (("peerkeeper:approved", "true"),)

VIOLATIONS = {
    "the function has no right to it": lambda one: replace(one, rights=frozenset()),
    "it has the right to every other kind": lambda one: replace(
        one,
        rights=frozenset(type(other.change) for other in CASES.values()) - {type(one.change)},
    ),
    "the location is not configured": with_settings(locations=frozenset({SEOUL})),
    "mode observe": with_settings(mode=Mode.OBSERVE),
    "mode add-only": with_settings(mode=Mode.ADD_ONLY),
    "nothing was read": without("pcx", "vpc", "table", "subnet", "peer_vpc"),
    "the peering was not read": without("pcx"),
    "the VPC was not read": without("vpc"),
    "the table was not read": without("table"),
    "the subnet was not read": without("subnet"),
    "it is being requested": status("initiating-request"),
    "it is pending": status("pending-acceptance"),
    "it is provisioning": status("provisioning"),
    "it is active": status("active"),
    "it is being deleted": status("deleting"),
    "its status is unknown to us": status("unknown"),
    "it is deleted": status("deleted"),
    "it is rejected": status("rejected"),
    "it failed": status("failed"),
    "it expired": status("expired"),
    "the other side saw it end": beside(peering(SEOUL, "deleted")),
    "the peer's account is not allowed": chain(
        with_pcx(requester=requester("10.39.0.0/16", where=FOREIGN)), with_vpc(tags=FOREIGN_TAG)
    ),
    "no tag of ours agrees": with_vpc(tags=()),
    "our tag names another account": with_vpc(tags=FOREIGN_TAG),
    "the requester approved itself": chain(
        with_pcx(requester=requester("10.39.0.0/16", where=TOKYO), tags=APPROVED), with_vpc(tags=())
    ),
    "the VPC is exempt": with_vpc(tags=(*vpc().tags, *EXEMPT)),
    "the VPC is another account's": with_vpc(owner_id=THEM),
    "the table is exempt": with_table(tags=EXEMPT),
    "the table takes no routes": with_table(tags=(("peerkeeper:routes", "none"),)),
    "the table is another account's": with_table(owner_id=THEM),
    "the table is a gateway's": with_table(gateway_ids=("igw-1",)),
    "the table's VPC is no side": chain(with_table(vpc_id=OTHER_VPC), beside(vpc(id=OTHER_VPC))),
    "the subnet is exempt": with_subnet(tags=EXEMPT),
    "the subnet is another account's": with_subnet(owner_id=THEM),
    "our side is elsewhere": with_pcx(accepter=Side(SEOUL, TOKYO_VPC)),
    "our side is another VPC": with_pcx(accepter=Side(TOKYO, OTHER_VPC)),
    "our side is elsewhere, sorted before": with_pcx(accepter=Side(AFRICA, TOKYO_VPC)),
    "our side is a VPC sorted before": with_pcx(accepter=Side(TOKYO, FIRST_VPC)),
    "it is the peer's side": for_kind(AllowRemoteDnsResolution, requester_side=True),
    "it would be charged for": with_pcx(multipath=True),
    "the VPCs overlap": with_vpc(cidrs=(network("10.0.0.0/8"),)),
    "the network is not allowed": to("8.0.0.0/16"),
    "the network is a default route": to("0.0.0.0/0", with_settings(**LISTED), with_vpc(cidrs=())),
    "the network is shown nowhere": chain(with_pcx(requester=requester()), without("peer_vpc")),
    "the network is not the peer's": for_kind(CreateRoute, destination=network("10.40.0.0/16")),
    "the network is IPv6, which is off": to(SIX, with_settings(**LISTED)),
    "a NAT gateway holds it": held(replace(route("10.39.0.0/16", "nat-1"), destination=ANEW)),
    "another peering holds it": held(route("10.39.0.0/16", OLD_PCX)),
    "the VPC's own route holds it": held(route("10.39.0.0/16", "local", static=False)),
    "it was propagated": held(route("10.39.0.0/16", PCX, static=False)),
    "this peering holds it": held(HELD),
    "no route holds it": held(),
    "it holds a network sorted before": held(route("10.1.0.0/16", PCX, blackhole=True)),
    "it holds a network sorted after": held(route("10.99.0.0/16", PCX, blackhole=True)),
    "others are gone, this one is not": chain(status("active"), beside(GONE, FIRST_GONE)),
    "a wider route holds it": also(route("10.0.0.0/8", "tgw-1")),
    "a wider one to a peering not read": also(route("10.0.0.0/8", OLD_PCX)),
    "a wider one to a live peering": chain(also(route("10.0.0.0/8", OLD_PCX)), beside(LIVE)),
    "the target is no peering": chain(
        for_kind(DeleteRoute, pcx_id="nat-1"), also(route("10.39.0.0/16", "nat-1"))
    ),
    "absent once": absent(before=False),
    "absent twice, the route is active": absent(blackhole=False),
    "absent twice, peerings half read": absent(done=ALL - {Read(TOKYO, Kind.PEERINGS)}),
    "absent twice, tables half read": absent(done=ALL - {Read(TOKYO, Kind.ROUTE_TABLES)}),
    "absent before, and there again": absent(status=PeeringStatus.ACTIVE),
}

HARMLESS = {
    "as it is": chain(),
    "approved on our view of the peering": chain(with_vpc(tags=()), with_pcx(tags=APPROVED)),
    "approved, the peer's region sorts before": chain(
        with_vpc(tags=()),
        with_pcx(tags=APPROVED, requester=requester("10.39.0.0/16", where=AFRICA)),
    ),
    "our tag names the peer's VPC": with_vpc(tags=(("peerkeeper:peers", SEOUL_VPC),)),
    "the peer's account is allowed": chain(
        with_pcx(requester=requester("10.39.0.0/16", where=FOREIGN)),
        with_vpc(tags=FOREIGN_TAG),
        with_settings(allowed_accounts=frozenset({THEM})),
    ),
    "the charge is allowed": chain(
        with_pcx(multipath=True), with_settings(allow_multipath_charges=True)
    ),
    "the CIDRs are the peer VPC's": lambda one: (
        one if isinstance(one.change, AcceptPeering) else with_pcx(requester=requester())(one)
    ),
    "IPv6 is allowed": to(SIX, with_settings(**LISTED, allow_ipv6=True)),
    "a default route stands by": also(route("0.0.0.0/0", "igw-1")),
    "a prefix list stands by": also(replace(route("10.0.0.0/8", "tgw-1"), destination=None)),
    "a narrower route stands by": also(route("10.39.7.0/24", "tgw-1")),
    "a neighbour's route stands by": also(route("10.40.0.0/16", "tgw-1")),
    "a wider route of its own": also(route("10.0.0.0/8", PCX)),
    "a wider one to a peering that is gone": chain(
        also(route("10.0.0.0/8", OLD_PCX)), beside(GONE)
    ),
    "a wider one that is listed": chain(
        also(route("10.0.0.0/8", "tgw-1")),
        with_settings(allow_more_specific_than=frozenset({network("10.0.0.0/8")})),
    ),
    "absent twice, all of it read": absent(),
}
