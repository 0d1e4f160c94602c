"""What a teardown left behind. In: a teardown as it would be now. Out: `Left` values.

What a list would still name is what is left. Each kind of step has a code:

step                                  code
route                                 left-behind-route
stale rule                            left-behind-group-rule
zone                                  left-behind-zone
authorization                         left-behind-authorization
address, of a VPC that is gone        left-behind-address
any other                             still-there: the peering or the VPC itself is not gone
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.teardown.order.call import Call
from peerkeeper_cli.teardown.order.step import State, Step
from peerkeeper_cli.teardown.order.teardown import Teardown
from peerkeeper_cli.teardown.seen.kind import Kind


class Code(StrEnum):
    """Codes of `teardown --after`."""

    ROUTE = "left-behind-route"
    GROUP_RULE = "left-behind-group-rule"
    ZONE = "left-behind-zone"
    AUTHORIZATION = "left-behind-authorization"
    ADDRESS = "left-behind-address"
    STILL_THERE = "still-there"


CODES = {
    Kind.ROUTE: Code.ROUTE,
    Kind.STALE_RULE: Code.GROUP_RULE,
    Kind.ZONE: Code.ZONE,
    Kind.AUTHORIZATION: Code.AUTHORIZATION,
}


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that is left, with the calls that remove it."""

    code: Code
    location: Location
    resource: str
    words: str
    calls: tuple[Call, ...] = ()


def left(found: Teardown) -> Iterator[Left]:
    """Yield what is left, as far as it was read."""
    for blocker in found.blockers:
        words = f"{blocker.words}: {blocker.remedy}"
        yield Left(Code.STILL_THERE, blocker.location, blocker.resource, words)
    for step in found.steps:
        if step.state is not State.UNKNOWN:
            yield Left(_code(step, found), step.location, step.resource, step.words, step.calls)


def _code(step: Step, found: Teardown) -> Code:
    if step.kind is Kind.ADDRESS and not found.seen.vpc:
        return Code.ADDRESS
    return CODES.get(step.kind, Code.STILL_THERE)
