"""Instances that pass from state to state in virtual time. In: the world. Out: nothing.

What a call began is finished by `arrive`, which `agenda.settle` runs before each call.
"""

from typing import Any

from peerkeeper_local.cloud.world import Move, World
from peerkeeper_local.semantics.instance_states import CODES, THEN, lasts
from peerkeeper_local.semantics.location import Location

GONE = "gone"


def set_out(world: World, location: Location, instance: Any, state: str) -> None:  # noqa: ANN401
    """Put an instance into a passing state, from which it goes on by itself."""
    instance._state.name, instance._state.code = state, CODES[state]
    at = world.clock.now() + lasts(state, world.delays)
    world.moves = [each for each in world.moves if each.instance_id != instance.id]
    world.moves.append(Move(at, location, instance.id, THEN[state]))
    arrive(world)


def arrive(world: World) -> None:
    """Finish every passing state whose time has come."""
    now = world.clock.now()
    while due := [each for each in world.moves if each.at <= now]:
        world.moves = [each for each in world.moves if each.at > now]
        for move in due:
            _arrive(world, move)


def _arrive(world: World, move: Move) -> None:
    backend = world.backend(move.location)
    if move.state == GONE:
        _forget(backend, move.instance_id)
        return
    instance = backend.get_instance_by_id(move.instance_id)
    if move.state == "running":
        instance._state.name, instance._state.code = "running", CODES["running"]
    elif move.state == "stopped":
        instance.stop()
    else:
        kept = set(backend.enis)
        instance.terminate()
        world.deleted_interfaces |= kept - set(backend.enis)
        for index, left in tuple(instance.nics.items()):
            if left.id in backend.enis:
                instance.detach_eni(left)
                instance.nics[index] = left  # moto reads its addresses even from a dead instance
        shown_until = move.at + world.delays.instance_tombstone
        world.moves.append(Move(shown_until, move.location, move.instance_id, GONE))


def _forget(backend: Any, instance_id: str) -> None:  # noqa: ANN401 - moto is not typed
    for reservation_id, reservation in tuple(backend.reservations.items()):
        left = [each for each in reservation.instances if each.id != instance_id]
        reservation.instances = left
        if not left:
            del backend.reservations[reservation_id]
