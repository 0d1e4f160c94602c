"""Private hosted zones that two VPCs share, and authorizations that are open. In: `Seen`. Out: steps.

An association does not need a peering. It stays when the peering ends, and names then lead nowhere.

For a peering, of each zone that both VPCs have:

the zone                                             step
a service of AWS owns it                             nothing
the account of one side owns it, of the other not    disassociate the VPC of the other side
all its addresses are in one side's networks         disassociate the VPC of the other side
anything else                                        choose: nothing says whose zone it is
another account owns it, and the other VPC           choose: it may be the peer's zone
was not read

For a VPC, of each zone that it has:

a service of AWS owns it                             nothing: it goes with what the service made
it has no other VPC                                  choose: Route 53 keeps the last association
anything else                                        disassociate the VPC

Sources: Route 53 API reference, DisassociateVPCFromHostedZone, DeleteVPCAssociationAuthorization.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from peerkeeper.values.ec2 import Location, Network, PeeringConnection, Side
from peerkeeper.values.zones import ZoneVpc

from peerkeeper_cli.teardown.order.call import Call
from peerkeeper_cli.teardown.order.calls import route53
from peerkeeper_cli.teardown.order.step import State, Step
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import Seen
from peerkeeper_cli.teardown.seen.zone import Zone

NO_ZONE = "NoSuchHostedZone"


def zone_steps(seen: Seen) -> Iterator[Step]:
    """Yield what is done about each association and authorization."""
    for zone in seen.zones:
        if zone.service:
            continue
        if seen.of_vpc:
            for known in sorted(zone.vpcs | zone.authorized):
                if known.id == seen.target:
                    yield from _of_vpc(seen, zone, known)
        else:
            for pcx in seen.peerings:
                yield from _of_peering(seen, zone, pcx)


def _of_vpc(seen: Seen, zone: Zone, known: ZoneVpc) -> Iterator[Step]:
    where = seen.vpc.location if seen.vpc else Location(zone.owner, known.region)
    if known in zone.authorized:
        yield _unauthorized(zone, known)
    if known not in zone.vpcs:
        return
    if zone.whole and zone.vpcs == {known}:
        words = (
            f"{zone.name} has no other VPC, and Route 53 keeps a last association: associate another "
            "VPC first, or delete the zone"
        )
        yield Step(
            Kind.ZONE, Location(zone.owner, known.region), zone.id, words, state=State.CHOOSE
        )
    else:
        words = f"disassociate {known.id} from {zone.name}: the association would stay"
        yield _disassociated(zone, words, (_call(zone, where, known.id),))


def _of_peering(seen: Seen, zone: Zone, pcx: PeeringConnection) -> Iterator[Step]:
    sides = (pcx.requester, pcx.accepter)
    for side in sides:
        if _known(side) in zone.authorized:
            yield _unauthorized(zone, _known(side))
    having = [side for side in sides if _known(side) in zone.vpcs]
    if len(having) == 2:
        yield _shared(zone, sides, _guest(seen, zone, sides))
    elif len(having) == 1 and not zone.whole and zone.owner != having[0].location.account_id:
        other = next(side for side in sides if side is not having[0])
        if other.location.account_id not in seen.readable:
            yield _shared(zone, (having[0],), None)


def _shared(zone: Zone, sides: tuple[Side, ...], guest: Side | None) -> Step:
    if guest:
        words = f"disassociate {guest.vpc_id} from {zone.name}, which is the other side's zone"
        return _disassociated(zone, words, (_call(zone, guest.location, guest.vpc_id),))
    words = (
        f"{zone.name} is associated with both sides, as far as it was read, and nothing says whose it is: "
        "choose who leaves it"
    )
    calls = tuple(_call(zone, side.location, side.vpc_id) for side in sides)
    return _disassociated(zone, words, calls, State.CHOOSE)


def _guest(seen: Seen, zone: Zone, sides: tuple[Side, Side]) -> Side | None:
    """Return the side that resolves the other's zone; None where nothing tells."""
    owners = [side for side in sides if side.location.account_id == zone.owner]
    if len(owners) == 1:
        return next(side for side in sides if side is not owners[0])
    holders = [
        side
        for side in sides
        if zone.addresses and _all_in(zone.addresses, seen.networks_of(side.vpc_id))
    ]
    if len(holders) == 1:
        return next(side for side in sides if side is not holders[0])
    return None


def _all_in(addresses: tuple[str, ...], networks: tuple[Network, ...]) -> bool:
    return all(any(ip_address(one) in each for each in networks) for one in addresses)


def _known(side: Side) -> ZoneVpc:
    return ZoneVpc(side.location.region, side.vpc_id)


def _call(zone: Zone, where: Location, vpc_id: str) -> Call:
    vpc = {"VPCRegion": where.region, "VPCId": vpc_id}
    return route53("DisassociateVPCFromHostedZone", where, HostedZoneId=zone.id, VPC=vpc)


def _disassociated(
    zone: Zone, words: str, calls: tuple[Call, ...], state: State = State.DUE
) -> Step:
    gone = ("VPCAssociationNotFound", NO_ZONE)
    return Step(Kind.ZONE, calls[0].location, zone.id, words, calls, gone=gone, state=state)


def _unauthorized(zone: Zone, vpc: ZoneVpc) -> Step:
    where = Location(zone.owner, vpc.region)
    named = {"VPCRegion": vpc.region, "VPCId": vpc.id}
    call = route53("DeleteVPCAssociationAuthorization", where, HostedZoneId=zone.id, VPC=named)
    words = f"take back the authorization by which {vpc.id} may be associated with {zone.name}"
    gone = ("VPCAssociationAuthorizationNotFound", NO_ZONE)
    return Step(Kind.AUTHORIZATION, where, zone.id, words, (call,), gone=gone)
