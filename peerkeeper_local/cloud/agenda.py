"""What comes to its end as time passes. In: the world, at each call. Out: nothing; moto's stores change.

States follow from times, and need nothing to happen. But an interface has to go with its endpoint, and
an address to come free with its NAT gateway: that is done here, before the first call that could see it.
"""

import heapq
from collections.abc import Callable
from typing import Any

from peerkeeper_local.cloud.hosts import arrive
from peerkeeper_local.cloud.managed_interfaces import remove
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.nat_gateways import state_of as nat_state
from peerkeeper_local.semantics.prefix_lists import state_of as list_state


def settle(world: World) -> None:
    """Let everything end that is due by now, and instances come where they are going."""
    while world.agenda and world.agenda[0][0] <= world.clock.now():
        _, location, name = heapq.heappop(world.agenda)
        ENDS[name.partition("-")[0]](world.backend(location), name, world.moment())
    arrive(world)


def _endpoint(backend: Any, name: str, _moment: Moment) -> None:  # noqa: ANN401 - moto is not typed
    endpoint = backend.vpc_end_points.pop(name, None)
    for place in endpoint.places if endpoint else ():
        remove(backend, place.interface_id)
    backend.tags.pop(name, None)


def _nat_gateway(backend: Any, name: str, moment: Moment) -> None:  # noqa: ANN401 - as above
    """Give back the address and interface of a deleted gateway; later, show it no longer."""
    nat = backend.nat_gateways.get(name)
    if nat is None:
        return
    if nat.association_id and nat.public_ip in {each.public_ip for each in backend.addresses}:
        address = backend.address_by_ip([nat.public_ip])[0]
        if address.association_id == nat.association_id:
            backend.disassociate_address(association_id=nat.association_id)
    remove(backend, nat.interface_id)
    if nat_state(nat, moment) is None:
        del backend.nat_gateways[name]
        backend.tags.pop(name, None)


def _prefix_list(backend: Any, name: str, moment: Moment) -> None:  # noqa: ANN401 - as above
    listed = backend.managed_prefix_lists.get(name)
    if listed is not None and list_state(listed, moment) is None:
        del backend.managed_prefix_lists[name]
        backend.tags.pop(name, None)


ENDS: dict[str, Callable[[Any, str, Moment], None]] = {
    "vpce": _endpoint,
    "nat": _nat_gateway,
    "pl": _prefix_list,
}
"""By the prefix of the id."""
