"""What every operation takes and gives, and what several of them need. In: a state. Out: values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import no_such_vpc
from simulator.documents import Document
from simulator.rows import State, Vpc

Params = Mapping[str, Any]
Answer = tuple[State, Document]
Operation = Callable[[State, Location, Params, Moment], Answer]
DONE = {"Return": True}


def vpc_named(state: State, where: Location, params: Params) -> Vpc:
    found = state.places[where].vpcs.get(params["VpcId"])
    if found is None:
        raise no_such_vpc(params["VpcId"])
    return found


def fresh(prefix: str, state: State, where: Location) -> str:
    """Return a new id: it tells the location, and how many were made there. Each is given once."""
    home = sorted(state.places).index(where)
    return id_of(prefix, home, len(state.places), state.places[where].made + 1)


def id_of(prefix: str, home: int, homes: int, number: int) -> str:
    """Return an id of 17 digits: which of all homes it is in, and its number there."""
    wide = len(f"{homes - 1:x}")
    return f"{prefix}-{home:0{wide}x}{number:0{17 - wide}x}"
