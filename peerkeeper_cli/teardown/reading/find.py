"""Find a peering or a VPC in the locations that can be asked. In: an `Asking`, an id. Out: values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from peerkeeper.aws import parse
from peerkeeper.values.ec2 import AGE, Location, PeeringConnection, PeeringStatus
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.teardown.reading.asking import Ask, Asking, Raw, filters
from peerkeeper_cli.teardown.reading.gaps import said

VPC_OF_A_SIDE = ("requester-vpc-info.vpc-id", "accepter-vpc-info.vpc-id")


@dataclass
class Found:
    """What the locations show of one id, and what those that failed said."""

    listed: list[tuple[Location, Raw]] = field(default_factory=list)
    troubles: list[tuple[Location, str]] = field(default_factory=list)


def found(asking: Asking, asks: Iterable[Ask]) -> Found:
    """Return what all of these reads show."""
    asked, result = [*asks], Found()
    for ask, answer in zip(asked, asking.all(asked), strict=True):
        if isinstance(answer, Trouble):
            result.troubles.append((ask.where, said(answer)))
        else:
            result.listed += [(ask.where, one) for one in answer]
    return result


def peering_asks(pcx_id: str, places: Iterable[Location]) -> Iterator[Ask]:
    """Yield the reads that find a peering by its id."""
    for where in sorted(places):
        yield _peerings("vpc-peering-connection-id", pcx_id, where)


def peerings_of_vpc_asks(vpc_id: str, places: Iterable[Location]) -> Iterator[Ask]:
    """Yield the reads that find the peerings of a VPC, on either side."""
    for where in sorted(places):
        for name in VPC_OF_A_SIDE:
            yield _peerings(name, vpc_id, where)


def vpc_asks(vpc_id: str, places: Iterable[Location]) -> Iterator[Ask]:
    """Yield the reads that find a VPC."""
    for where in sorted(places):
        yield Ask("DescribeVpcs", where, "Vpcs", filters("vpc-id", vpc_id))


def route_asks(pcx_ids: Iterable[str], places: Iterable[Location]) -> Iterator[Ask]:
    """Yield the reads that find the tables with a route to one of the peerings."""
    ids = sorted(pcx_ids)
    for where in sorted(places) if ids else ():
        asked = filters("route.vpc-peering-connection-id", *ids)
        yield Ask("DescribeRouteTables", where, "RouteTables", asked)


def latest(raw: Sequence[tuple[Location, Raw]]) -> tuple[PeeringConnection, ...]:
    """Return one view of each peering: the one furthest in its life, the requester's where they agree."""
    best: dict[str, PeeringConnection] = {}
    for where, one in raw:
        view = parse.peering(one, where)
        if view.id not in best or _weight(view) > _weight(best[view.id]):
            best[view.id] = view
    return tuple(best[pcx_id] for pcx_id in sorted(best))


def _weight(view: PeeringConnection) -> tuple[int, bool]:
    age = -1 if view.status is PeeringStatus.UNKNOWN else AGE[view.status]
    return (age, view.location == view.requester.location)


def _peerings(name: str, value: str, where: Location) -> Ask:
    key = "VpcPeeringConnections"
    return Ask("DescribeVpcPeeringConnections", where, key, filters(name, value))
