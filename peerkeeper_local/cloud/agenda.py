"""What happens as time passes. In: the world, at each call. Out: nothing; moto's stores change.

Most states follow from times, and need nothing to happen. This file does the rest, before the first call that
could see it. An interface is deleted with its endpoint, an address comes free with its NAT gateway, an
instance enters its next state.
"""

import heapq
from collections.abc import Callable

from peerkeeper_local.cloud.hosts import arrive
from peerkeeper_local.cloud.managed_interfaces import remove
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.nat_gateways import state_of as nat_state
from peerkeeper_local.semantics.prefix_lists import state_of as list_state


def settle(world: World) -> None:
    """Do all that is due by now."""
    while world.agenda and world.agenda[0][0] <= world.clock.now():
        _, location, name = heapq.heappop(world.agenda)
        DUE[name.partition("-")[0]](world, location, name)


def _endpoint(world: World, location: Location, name: str) -> None:
    backend = world.backend(location)
    endpoint = backend.vpc_end_points.pop(name, None)
    for place in endpoint.places if endpoint else ():
        remove(backend, place.interface_id)
    backend.tags.pop(name, None)


def _nat_gateway(world: World, location: Location, name: str) -> None:
    """Give back the address and interface of a deleted gateway; later, show it no longer."""
    backend = world.backend(location)
    nat = backend.nat_gateways.get(name)
    if nat is None:
        return
    if nat.association_id and nat.public_ip in {each.public_ip for each in backend.addresses}:
        address = backend.address_by_ip([nat.public_ip])[0]
        if address.association_id == nat.association_id:
            backend.disassociate_address(association_id=nat.association_id)
    remove(backend, nat.interface_id)
    if nat_state(nat, world.moment()) is None:
        del backend.nat_gateways[name]
        backend.tags.pop(name, None)


def _prefix_list(world: World, location: Location, name: str) -> None:
    backend = world.backend(location)
    listed = backend.managed_prefix_lists.get(name)
    if listed is not None and list_state(listed, world.moment()) is None:
        del backend.managed_prefix_lists[name]
        backend.tags.pop(name, None)


DUE: dict[str, Callable[[World, Location, str], None]] = {
    "i": arrive,
    "vpce": _endpoint,
    "nat": _nat_gateway,
    "pl": _prefix_list,
}
"""By the prefix of the id."""
