"""Every way to spoil a change that the guard lets through, and what spoils nothing."""

from dataclasses import replace
from ipaddress import ip_network

from peerkeeper.settings import EnforceIn, Mode, RouteScope, SubnetPublicIp, VpcDns
from peerkeeper.values.changes import (
    AcceptPeering,
    AllowRemoteDnsResolution,
    CreateRoute,
    DeleteRoute,
)
from peerkeeper.values.ec2 import Location, PeeringStatus, Side, network
from peerkeeper.values.reads import Describe, Read

from tests.builders import (
    FOREIGN,
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_VPC,
    THEM,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    subnet,
    vpc,
)
from tests.unit.safety.guard_cases import (
    ALL,
    CASES,
    EXEMPT,
    HELD,
    absent,
    also,
    beside,
    chain,
    for_kind,
    held,
    requester,
    scoped,
    seen_otherwise,
    status,
    tagged,
    to,
    with_pcx,
    with_settings,
    with_subnet,
    with_table,
    with_vpc,
    without,
)

AFRICA = Location(TOKYO.account_id, "af-south-1")
"""Sorts before every other location."""
FIRST_ACCOUNT = "000011112222"
FIRST_VPC = "vpc-00000000000000001"
FIRST_GONE = peering(TOKYO, "deleted", id="pcx-00000000000000001")
ANEW = ip_network("10.39.0.0/16")
"""Equal to SEOUL_CIDR, and another object."""
OTHER_VPC = "vpc-0b31b31b31b31b399"
LIVE = peering(TOKYO, id=OLD_PCX)
GONE = peering(TOKYO, "deleted", id=OLD_PCX)
SIX = "2600:1f00:0:100::/56"
LISTED = {"allowed_destinations": (network("0.0.0.0/0"), network("::/0"))}
FOREIGN_TAG = (("peerkeeper:peers", THEM), ("peerkeeper:public-ip", "enforce"))
APPROVED = (("peerkeeper:approved", "true"),)
DNS, IP = "peerkeeper:dns", "peerkeeper:public-ip"
CONSENTS = ((DNS, "enforce"), (IP, "enforce"))
"""To settings, and to no peering."""

QUARTER, NEXT = (
    subnet(id=f"subnet-0a39a39a39a39a3b{n}", vpc_id=SEOUL_VPC, cidrs=(network(cidr),))
    for n, cidr in enumerate(("10.39.0.0/18", "10.39.64.0/18"))
)
"""Two neighbouring subnets of the peer."""

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
    "no tag of ours agrees": with_vpc(tags=CONSENTS),
    "no tag of ours says anything": with_vpc(tags=()),
    "our tag names another account": with_vpc(tags=FOREIGN_TAG),
    "the requester approved itself": chain(
        with_pcx(requester=requester("10.39.0.0/16", where=TOKYO), tags=APPROVED),
        with_vpc(tags=CONSENTS),
    ),
    "the VPC is exempt": with_vpc(tags=(*vpc().tags, *EXEMPT)),
    "the VPC is another account's": with_vpc(owner_id=THEM),
    "the table is exempt": with_table(tags=EXEMPT),
    "the table takes no routes": with_table(tags=(("peerkeeper:routes", "none"),)),
    "the table takes another peering's alone": with_table(tags=(("peerkeeper:routes", OLD_PCX),)),
    "the table is another account's": with_table(owner_id=THEM),
    "the table is a gateway's": with_table(gateway_ids=("igw-1",)),
    "the table's VPC is no side": chain(with_table(vpc_id=OTHER_VPC), beside(vpc(id=OTHER_VPC))),
    "the VPC is an account's sorted before": with_vpc(owner_id=FIRST_ACCOUNT),
    "the table is an account's sorted before": with_table(owner_id=FIRST_ACCOUNT),
    "the subnet is an account's sorted before": with_subnet(owner_id=FIRST_ACCOUNT),
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
    "only the peer's second network is allowed": with_pcx(
        requester=requester("8.0.0.0/16", "10.39.0.0/16")
    ),
    "the network is a default route": to("0.0.0.0/0", with_settings(**LISTED), with_vpc(cidrs=())),
    "the network is shown nowhere": chain(with_pcx(requester=requester()), without("peer_vpc")),
    "the network is not the peer's": for_kind(CreateRoute, destination=network("10.40.0.0/16")),
    "our tag names another network": scoped("10.39.7.0/24"),
    "our tag names a wider network": scoped("10.0.0.0/8", "10.0.0.0/8"),
    "our tag on the peering is faulty": scoped("10.39.0.1/16"),
    "its subnets do not fill it": chain(scoped("subnets"), beside(QUARTER)),
    "by RouteScope, its subnets do not fill it": chain(
        with_settings(route_scope=RouteScope.SUBNETS), beside(QUARTER)
    ),
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
    "a wider route, its target sorted before": also(route("10.0.0.0/8", "igw-1")),
    "a wider one to a live peering": chain(also(route("10.0.0.0/8", OLD_PCX)), beside(LIVE)),
    "the target is no peering": chain(
        for_kind(DeleteRoute, pcx_id="nat-1"), also(route("10.39.0.0/16", "nat-1"))
    ),
    "absent once": absent(before=False),
    "absent twice, the route is active": absent(blackhole=False),
    "absent twice, peerings half read": absent(done=ALL - {Read(TOKYO, Describe.PEERINGS)}),
    "absent twice, tables half read": absent(done=ALL - {Read(TOKYO, Describe.ROUTE_TABLES)}),
    "absent before, and there again": absent(status=PeeringStatus.ACTIVE),
    "its DNS is to be left": tagged((DNS, "leave")),
    "its DNS tag is faulty": tagged((DNS, "Enforce")),
    "VpcDns is leave": with_settings(vpc_dns=VpcDns.LEAVE),
    "its public IPs are to be left": tagged((IP, "leave")),
    "a slip says to leave its public IPs": tagged(("Peerkeeper:public-ip", "leave")),
    "a slip alone asks for settings": with_vpc(
        tags=(("peerkeeper:DNS", "enforce"), ("peerkeeper:Public-IP", "enforce"))
    ),
    "SubnetPublicIp is leave": with_settings(subnet_public_ip=SubnetPublicIp.LEAVE),
    "SubnetPublicIp is off-where-private": with_settings(
        subnet_public_ip=SubnetPublicIp.OFF_WHERE_PRIVATE
    ),
    "SubnetPublicIp is never": with_settings(subnet_public_ip=SubnetPublicIp.NEVER),
    "no earlier look saw the subnet": lambda one: replace(one, seen={}),
    "the earlier look saw another table": seen_otherwise(table_id="rtb-0a39a39a39a39a399"),
    "the main table was not surely read": lambda one: replace(
        with_table(subnet_ids=(), main=True)(one),
        seen={**one.seen, "done": ALL - {Read(TOKYO, Describe.ROUTE_TABLES)}},
    ),
    "the earlier look was elsewhere": seen_otherwise(location=SEOUL),
    "the earlier look saw another subnet": seen_otherwise(subnet_id="subnet-0a39a39a39a39a399"),
    "the earlier look saw a way out": seen_otherwise(leads=True),
    "the earlier look saw no way out": seen_otherwise(leads=False),
}

HARMLESS = {
    "as it is": chain(),
    "our tag names a part, and it is for that": scoped("10.39.7.0/24", "10.39.7.0/24"),
    "our tag names the whole": scoped("10.39.0.0/16"),
    "two subnets fill it": chain(scoped("subnets", "10.39.0.0/17"), beside(QUARTER, NEXT)),
    "RouteScope asks for a subnet, and it is for that": chain(
        scoped("subnets", "10.39.64.0/18"),
        with_settings(route_scope=RouteScope.SUBNETS),
        beside(NEXT),
    ),
    "approved on our view of the peering": chain(with_vpc(tags=CONSENTS), with_pcx(tags=APPROVED)),
    "approved, the peer's region sorts before": chain(
        with_vpc(tags=CONSENTS),
        with_pcx(tags=APPROVED, requester=requester("10.39.0.0/16", where=AFRICA)),
    ),
    "our tag names the peer's VPC": with_vpc(
        tags=(("peerkeeper:peers", SEOUL_VPC), (IP, "enforce"))
    ),
    "settings reach everywhere": chain(
        with_settings(enforce_in=EnforceIn.ALL), with_vpc(tags=(("peerkeeper:peers", "self"),))
    ),
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
