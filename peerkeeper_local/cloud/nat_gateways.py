"""NAT gateways in moto's store: our own values there. In: the world. Out: documents, as EC2 shows them."""

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.nat_gateways import NatGateway, description, state_of


def shown(world: World, location: Location, nat: NatGateway) -> Document:
    """Return a NAT gateway as a describe shows it now."""
    return description(nat, world.moment(), world.backend(location).tags.get(nat.id, {}))


def nat_gateways(world: World, location: Location) -> list[Document]:
    """Return every NAT gateway that is shown in `location` now."""
    moment = world.moment()
    return [
        shown(world, location, each)
        for each in world.backend(location).nat_gateways.values()
        if state_of(each, moment) is not None
    ]


def ends_with_time(world: World, location: Location, nat: NatGateway) -> None:
    """Put on the agenda when a deleted or failed gateway frees what it has, and when it ends."""
    delays = world.delays
    freed = nat.created + delays.nat_pending
    if nat.deleted is not None:
        freed = nat.deleted + delays.nat_deleting
    for at in (freed, freed + delays.nat_tombstone):
        world.due(at, location, nat.id)
