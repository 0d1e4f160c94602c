"""Instances that pass from state to state in virtual time. In: the world. Out: nothing.

What a call began is finished by `arrive`, which `agenda.settle` runs when it is due.
"""

from typing import Any

from peerkeeper_local.cloud.interfaces import leave_addresses
from peerkeeper_local.cloud.world import Move, World
from peerkeeper_local.semantics.instance_states import CODES, THEN, lasts
from peerkeeper_local.semantics.location import Location

GONE = "gone"


def set_out(world: World, location: Location, instance: Any, state: str) -> None:  # noqa: ANN401
    """Put an instance into a passing state, from which it goes on by itself."""
    instance._state.name, instance._state.code = state, CODES[state]
    at = world.clock.now() + lasts(state, world.delays)
    _go(world, location, instance.id, Move(at, THEN[state]))
    arrive(world, location, instance.id)


def _go(world: World, location: Location, instance_id: str, move: Move) -> None:
    world.moves[instance_id] = move
    world.due(move.at, location, instance_id)


def arrive(world: World, location: Location, instance_id: str) -> None:
    """Bring an instance to its next state if the time has come. Another call may have changed that state."""
    move = world.moves.get(instance_id)
    if move is None or move.at > world.clock.now():
        return
    del world.moves[instance_id]
    backend = world.backend(location)
    if move.state == GONE:
        _forget(backend, instance_id)
        return
    instance = backend.get_instance_by_id(instance_id)
    if move.state == "running":
        instance._state.name, instance._state.code = "running", CODES["running"]
    elif move.state == "stopped":
        instance.stop()
    else:
        _terminate(world, instance)
        shown_until = move.at + world.delays.instance_tombstone
        _go(world, location, instance_id, Move(shown_until, GONE))


def _terminate(world: World, instance: Any) -> None:  # noqa: ANN401 - moto is not typed
    backend = instance.ec2_backend
    kept = set(backend.enis)
    instance.terminate()
    deleted = kept - set(backend.enis)
    world.deleted_interfaces |= deleted
    leave_addresses(backend, deleted)
    for index, left in tuple(instance.nics.items()):
        if left.id in backend.enis:
            instance.detach_eni(left)
            instance.nics[index] = left  # moto reads its addresses even from a dead instance


def _forget(backend: Any, instance_id: str) -> None:  # noqa: ANN401 - moto is not typed
    for reservation_id, reservation in tuple(backend.reservations.items()):
        left = [each for each in reservation.instances if each.id != instance_id]
        reservation.instances = left
        if not left:
            del backend.reservations[reservation_id]
