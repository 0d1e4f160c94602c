"""What our side agreed to, and what is out of every rule, as one run could know it.

In: a policy, what a run was shown. Out: yes or no.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator import policy as say
from simulator.documents import Document
from simulator.policy import Policy
from simulator.seen_by_run import SeenByRun, place_of

LONGEST_LAG = 300.0
"""Seconds that a read may lag."""


def sided(policy: Policy, where: Location, peer: Document, view: Document, vpc: Document) -> bool:
    """Whether our side agrees to meet this peer, by this view of the peering and of our VPC."""
    tags = (say.tags_of(vpc), say.tags_of(view))
    return say.agreed(policy, where, place_of(peer), peer["VpcId"], *tags, accepting=False)


def exempt(saw: SeenByRun, where: Location, vpc: str) -> bool:
    """Whether the VPC is out of every rule, and the run was shown so or had to see it."""
    if _exempt_long(saw.run, where, vpc):
        return True
    shown = saw.vpcs(vpc, where)
    return bool(shown) and all(say.exempt(say.tags_of(each)) for each in shown)


def _exempt_long(run: Any, where: Location, vpc: str) -> bool:
    """Whether it has been exempt for longer than any read may lag."""
    tags = run.world.state_at(run.started - LONGEST_LAG).places[where].tags
    now = run.world.now.places[where].tags
    return say.exempt(tags.get(vpc, {})) and say.exempt(now.get(vpc, {}))
