"""A broken promise, and how it is found out. In: what must hold. Out: nothing, or a `Violation`."""

from __future__ import annotations

from typing import Any

PROMISES = {
    "S1": "Peerkeeper accepts and routes only what our side's tags and settings, as read, approve",
    "S2": "a route is deleted only if its peering is terminal, or two looks five minutes apart missed it",
    "S3": "a route with another target is never replaced, deleted or shadowed",
    "S4": "a route leads only to networks of the peer, inside the allow-list and outside our own networks",
    "S5": "a function calls only its own actions, in our locations, on what is ours",
    "S6": "observe writes nothing; add-only deletes nothing",
    "S7": "a failed or partial read is reported, and never leads to a delete",
    "S8": "a setting of a VPC or subnet changes only with the VPC's consent; a subnet needs two looks",
    "S9": "an endpoint changes only as its own tag asks: one more table that has no such way, private DNS on",
    "S10": "with QuotaCheck=hold a request waits while a table, as read, has no room for its routes",
    "N1": "our side of a live, agreed peering carries what is wanted, or a sweep's finding names the gap",
    "N2": "a run reports news of a peering only if its reads did not show that people know it; it remembers",
    "N3": "each notice about a peering is true, and so is our tag on it",
    "N4": "in the end people have a notice of each request that waits and of each gap, and the tag says so",
    "U1": "after a write each VPC that takes no part, and all that is in it, is as it was",
    "V1": "each verdict on our side of a peering is what its tables carried while the run looked",
    "P1": "at rest the plan of the command line has nothing that the functions would still do",
    "W1": "the command that a finding gives ends the finding",
    "A1": "a metric under an alarm says that something is wrong only while it is",
    "brake": "deletes on absence are withheld when too many look absent",
    "guard": "the guard never has to refuse what the rules planned",
    "deadline": "a write begins only if there is time left for the slowest call",
    "chain": "no hand-off is more than eight hand-offs from its event",
    "benign": "an answer that the work is done already costs no retry and no finding",
    "L1": "after the faults stop and one sweep has run, everything is as it should be",
    "L2": "the next sweep changes nothing, and the world comes to rest",
    "L3": "while one Region is down, the others are as they should be",
    "L4": "a dead-letter queue holds only messages that cannot be read, and nothing is lost or left",
    "L5": "a run makes no write twice, wastes no write, and does not repeat one that EC2 refused",
    "L6": "events do the work without a sweep, if no message was lost and no read lagged",
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
