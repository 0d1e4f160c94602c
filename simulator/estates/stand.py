"""An estate on a simulated EC2, with the functions of its hub over it: asleep until somebody lets them work.

In: an estate, a mode. Out: what the command line foresees of it, and what the functions then write.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from peerkeeper.messages.hand_off import SECOND_LOOK
from peerkeeper.settings import Mode

from peerkeeper_cli.estate.estate import Estate as ReadEstate
from peerkeeper_cli.foresight import look_ahead
from peerkeeper_cli.foresight.foresee import Foreseen
from peerkeeper_cli.reader.read_estate import read_estate
from peerkeeper_local.semantics.limits import Delays
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.prefix_lists import AWS, Entry, PrefixList
from simulator.asking import Asking
from simulator.estates.drawn_routes import LIST_OF_AWS
from simulator.estates.estate import Estate
from simulator.faults import Faults, Knobs
from simulator.functions import Functions
from simulator.hands import PLACES, Hands
from simulator.rows import Place, State
from simulator.scheduler import START, Scheduler
from simulator.start import clients
from simulator.todays import settings_of
from simulator.trail import Trail, stacks
from simulator.world import Call, World

MOST_SWEEPS = 6
S3 = PrefixList(
    LIST_OF_AWS, "com.amazonaws.region.s3", "IPv4", AWS, 0, ((Entry("52.219.0.0/20"),),)
)


@lru_cache(maxsize=2)
def built(estate: Estate) -> State:
    """Return the state that the estate's past has made."""
    scheduler = Scheduler(0)
    empty = State(0.0, {Location(*place): Place(lists={S3.id: S3}) for place in PLACES.values()})
    world = World(scheduler, empty, Faults(Knobs(), scheduler.random), Delays())
    hands = Hands(clients(world))
    for ago, (verb, *args) in estate.past:
        scheduler.now = START - ago
        hands.do(verb, *args)
    return replace(world.now, at=0.0)


class Stand:
    """One estate, in one mode."""

    def __init__(self, estate: Estate, mode: Mode) -> None:
        scheduler = self.scheduler = Scheduler(estate.seed)
        self.world = World(scheduler, built(estate), Faults(Knobs(), scheduler.random), Delays())
        self.mode = mode
        hub, routes = stacks((*estate.parameters, ("Mode", mode.value)))
        self.functions = Functions(self.world, hub)
        self.settings = settings_of(hub, "Sweep", proof=True)
        Trail(self.world, routes, self.functions.queues.put)
        self.written: list[Call] = []
        """What functions wrote, or tried to write, except the status tags."""
        self.world.watchers.append(self._hear)

    def _hear(self, call: Call) -> None:
        if call.run is not None and call.action != "CreateTags":
            self.written.append(call)

    @property
    def unsettled(self) -> frozenset[str]:
        """The requests that are only being made, or that are withdrawn and still look as if they waited."""
        moment, found = self.world.moment(), set[str]()
        for one in self.world.now.peerings.values():
            code = state_of(one, moment).code
            withdrawn = code == "pending-acceptance" and one.deleted is not None
            if code == "initiating-request" or withdrawn:
                found.add(one.id)
        return frozenset(found)

    def foreseen(self) -> Foreseen:
        """Read the estate as it stands, as the command line does; return what it foresees in the mode."""
        ask = Asking(self.world)
        reading = read_estate(self.settings.locations, self.settings, ask, self.scheduler.now)
        read = ReadEstate(reading, self.settings, "", frozenset(), ask)
        return look_ahead.look_ahead(read)[self.mode]

    def work(self) -> None:
        """Sweep, let all drain, and again five minutes later, until a sweep leaves nothing to write."""
        for sweeps in range(MOST_SWEEPS):
            before, began = len(self.written), self.scheduler.now
            self.functions.sweep()
            self.scheduler.run()
            self.scheduler.run(until=max(self.scheduler.now, began + SECOND_LOOK))
            if sweeps and len(self.written) == before:
                return
        raise AssertionError(f"the functions still write after {MOST_SWEEPS} sweeps")
