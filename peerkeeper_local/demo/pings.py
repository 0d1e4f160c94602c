"""Would the two hosts of the story ping each other? Asked again and again, as `./peerkeeper ping` would.

In: a stage with its hosts. Out: both ways, judged hop by hop.
"""

from __future__ import annotations

from functools import cached_property

from peerkeeper.values.ec2 import Location
from peerkeeper.values.traffic import Protocol, Traffic

from peerkeeper_cli.reach.end import End
from peerkeeper_cli.reach.find_ends import find_ends
from peerkeeper_cli.reach.question import Way, way
from peerkeeper_cli.reach.read_around import read_around
from peerkeeper_cli.reach.word import Kind, Word
from peerkeeper_local.demo.stage_ask import StageAsk
from peerkeeper_local.story import Stage
from peerkeeper_local.story.hosts import HOSTS

PING = Traffic(Protocol.ICMP)


class Pings:
    """Looks at one stage at each moment that a scene names."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._ask = StageAsk(stage)

    def look(self) -> tuple[Way, Way]:
        """Return the ping from the first host to the second, and the one back, as EC2 shows it now."""
        one, other = self._ends
        around, _ = read_around((one, other), self._ask)
        return way(around, one, other, PING), way(around, other, one, PING)

    @cached_property
    def _ends(self) -> tuple[End, ...]:
        """The hosts. They stay as they are, so they are looked for once."""
        words = [Word(Kind.INSTANCE, self._stage.id(host.name)) for host in HOSTS]
        places = {Location(self._stage.cloud.account, host.region) for host in HOSTS}
        found = find_ends(words, places, self._ask)
        return tuple(found.ends[word][0] for word in words)
