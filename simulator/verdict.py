"""A broken promise, and how it is found out. In: what must hold. Out: nothing, or a `Violation`."""

from __future__ import annotations

from typing import Any

PROMISES = {
    "S1": "nothing is accepted or routed that our side's tags and settings, as read, do not approve",
    "S2": "no route goes unless its peering is terminal, or was missed twice five minutes apart",
    "S3": "a route with another target is never replaced, deleted or shadowed",
    "S4": "no destination outside the allow-list, our own or not the peer's is ever routed",
    "S5": "no call outside the function's own actions, our locations and what is ours",
    "S6": "observe writes nothing; add-only takes nothing away",
    "S7": "a failed or partial read is told, and never leads to a delete",
    "S8": "no setting of a VPC or subnet changes without its VPC's consent, a subnet's on two looks alone",
    "N1": "our side of a live, agreed peering carries what is wanted, or a finding of the sweep names it",
    "N2": "people are told the same of a peering once: who tells was not shown that they know, and remembers",
    "N3": "nobody is told of a peering, and no tag of ours says of it, what is not so",
    "N4": "in the end a request that waits for a person is told of, and its tag says so",
    "brake": "deletes on absence are withheld when too many look absent",
    "guard": "the guard never has to refuse what the rules planned",
    "deadline": "no write begins when less time is left than the slowest call takes",
    "chain": "no hand-off is more than eight hand-offs from its event",
    "benign": "an answer that says it is so already costs no retry and no finding",
    "L1": "the faults stop, one sweep passes, and everything is as it should be",
    "L2": "the next sweep changes nothing, and the world comes to rest",
    "L3": "one region is down, and the others are as they should be",
    "L4": "only what cannot be read is in a dead-letter queue, and nothing is lost or left",
    "L5": "no write is made twice by one run, none is wasted, and what EC2 refuses is not tried again",
    "raised": "no exception leaves a handler",
}


class Violation(BaseException):
    """A promise is broken. Not an Exception: no handler may catch it."""

    def __init__(self, promise: str, words: str) -> None:
        super().__init__(f"{promise}: {PROMISES[promise]}; but {words}")
        self.promise = promise


def need(promise: str, holds: object, run: Any, words: str) -> None:
    """Raise Violation unless it holds."""
    if not holds:
        raise Violation(promise, f"{run} {words}")
