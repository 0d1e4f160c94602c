"""What goes wrong, and when: the knobs of one schedule, and the hooks that turn them into trouble.

In: calls about to be made and replies about to be given. Out: errors, crashes, lags, other replies. After
`stop` nothing goes wrong any more.
"""

from __future__ import annotations

import random
from base64 import urlsafe_b64encode
from dataclasses import dataclass, fields
from typing import Any

from botocore.exceptions import ReadTimeoutError

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal, no_such_peering
from simulator.replies import with_unknowns

DESCRIBE_BUCKET, MUTATE_BUCKET = (100.0, 20.0), (50.0, 5.0)
"""Tokens, and tokens a second. Source: EC2 API reference, request throttling."""
READS = ("Describe", "Get", "List")
"""How the names of the calls begin that change nothing."""
RIVAL = 0.95
"""Share of each bucket's refill that others in the account use up during a storm."""


class Crashed(BaseException):
    """The function's process has ended. Nothing in it may catch this."""


@dataclass(frozen=True, slots=True)
class Knobs:
    """All faults of one schedule; everything off by default. Times in seconds, shares from 0 to 1."""

    spread: float = 0.3  # over which the calls of one wave begin
    reconcilers: int = 1  # invocations of one function at once
    duplicate_events: float = 0.0
    drop_events: float = 0.0
    delay_events: float = 0.0
    duplicate_messages: float = 0.0
    drop_messages: float = 0.0
    delay_messages: float = 0.0
    reorder: bool = False  # batches in any order, events late by up to half a minute
    stale: float = 0.0  # the longest that a read lags; drawn for each call, so not monotone
    newborn: float = 0.0  # that a new peering is not known to calls that name it
    throttle: float = -1.0  # tokens that are left in each bucket when the storm begins
    crashes: tuple[tuple[int, str], ...] = ()  # number of the call, before or after its effect
    down: str = ""  # a region that does not answer
    closed: str = ""  # a region that is not enabled
    provisioning: float = 5.0  # that an accepted peering takes to become active; it may be for ever
    unsent: float = 0.0  # hand-offs that SQS does not take
    unheard: float = 0.0  # announcements that the bus does not take
    unheard_entries: float = 0.0  # single announcements of a call that the bus does not take
    denied: str = ""  # an action that is not granted
    expire: int = 0  # number of the call from which credentials have expired, for three calls
    pages: str = ""  # fail, repeat or empty: what is wrong with pages, which hold one thing each
    full: int = 0  # routes that a table takes
    quota: int = 0  # active peerings that a VPC takes
    opponent: int = 0  # times that somebody deletes a route of ours
    usurped: int = 0  # times that somebody gives a route to a peering another target
    unassumed: float = 0.0  # attempts to assume our role in another account that STS refuses
    owners: int = (
        0  # times that an owner changes a subnet, its table, its way out or its VPC's consent
    )
    narrowed: int = 0  # times that an owner says which part of a peer is to be routed
    forgotten: int = 0  # times that somebody takes or overwrites the status tag of a peering
    deadline: int = 0  # number of the call that takes 85 s
    forged: int = 0  # forged and malformed messages
    unknown: float = 0.0  # replies with statuses, values and fields of tomorrow
    hostile: bool = False  # hostile tag values
    lost: float = 0.0  # calls whose effect takes place and whose reply is lost
    senders: bool = True  # the queues' proof of who sent is set up; not: no second look counts

    def said(self) -> str:
        """Return the knobs that are turned, in one line."""
        off = Knobs()
        turned = [f.name for f in fields(self) if getattr(self, f.name) != getattr(off, f.name)]
        return " ".join(f"{name}={getattr(self, name)}" for name in turned) or "none"


class Faults:
    """The faults in force in one world."""

    def __init__(self, knobs: Knobs, rng: random.Random) -> None:
        self.knobs = knobs
        self.random = rng
        self.world: Any = None
        self.on = True
        self.counted = 0
        self.effects: list[int] = []
        """Numbers of the calls that change or send something; all others only read."""
        self.crashed = 0
        self.lost = 0
        self._crashes = dict(knobs.crashes)
        self._buckets: dict[tuple[Any, str], tuple[float, float]] = {}

    def stop(self) -> None:
        self.on = False

    def count(self, action: str) -> int:
        """Return the next number: functions' calls are counted over the whole schedule."""
        self.counted += 1
        if not action.startswith(READS):
            self.effects.append(self.counted)
        return self.counted

    # --- events and messages ---

    def event_delays(self) -> list[float]:
        """Return when each copy of an event arrives, in seconds from now. Empty if the event is lost."""
        draw, knobs = self.random.random, self.knobs
        delay = 1.0 + draw()
        if not self.on:
            return [delay]
        if draw() < knobs.drop_events:
            return []
        if knobs.reorder:
            delay += 30 * draw()
        copies = 1 + (draw() < knobs.duplicate_events) * (1 + int(2 * draw()))
        return [delay + knobs.delay_events * draw() for _ in range(copies)]

    def message_delays(self) -> list[float]:
        """Return how much later than asked each copy of a hand-off comes. Empty if it is lost."""
        draw, knobs = self.random.random, self.knobs
        if not self.on:
            return [0.0]
        if draw() < knobs.drop_messages:
            return []
        copies = 1 + (draw() < knobs.duplicate_messages)
        return [knobs.delay_messages * draw() for _ in range(copies)]

    def batch(self, visible: list[Any], most: int) -> list[Any]:
        """Return which of the visible messages come in the next batch."""
        if self.on and self.knobs.reorder:
            size = min(len(visible), most, 1 + int(self.random.random() * most))
            return self.random.sample(visible, size)
        return visible[:most]

    # --- reads ---

    def lag(self, where: Location, action: str) -> float:
        """Return how old the state is that a read shows."""
        if not self.on or not self.knobs.stale or self.random.random() < 0.3:
            return 0.0
        return self.knobs.stale * self.random.random()

    def shown(self, reply: Any, params: Any, action: str) -> Any:
        """Return the reply with what is wrong with it."""
        if not self.on:
            return reply
        draw, knobs = self.random.random, self.knobs
        if knobs.pages == "repeat" and "NextToken" in params and draw() < 0.3:
            reply = {**reply, "NextToken": params["NextToken"]}
        if knobs.pages == "empty" and "NextToken" not in params and draw() < 0.3:
            key = next(iter(reply))
            reply = {key: [], "NextToken": urlsafe_b64encode(b"from 0").decode()}
        if knobs.unknown and draw() < knobs.unknown:
            reply = with_unknowns(reply, self.random)
        return reply

    # --- calls ---

    def refuses_entry(self) -> bool:
        """Tell whether the bus refuses the next announcement, and takes others of the same call."""
        share = self.knobs.unheard_entries if self.on else 0.0
        return share > 0 and self.random.random() < share

    def assume(self, account: str) -> None:
        """Let STS refuse our role in another account. Raises Refusal."""
        if self.on and self.knobs.unassumed and self.random.random() < self.knobs.unassumed:
            role = f"arn:aws:iam::{account}:role/peerkeeper-spoke"
            raise Refusal(
                "AccessDenied",
                f"User is not authorized to perform: sts:AssumeRole on resource: {role}",
            )

    def before(self, run: Any, where: Any, action: str, params: Any, number: int) -> None:
        """Let a call fail before it has an effect. Raises Refusal, BotoCoreError, Crashed."""
        if self._crashes.get(number) == "before":
            self._crash(run, number, "before")
        if not self.on:
            return
        knobs = self.knobs
        if where is None:
            if knobs.unsent and self.random.random() < knobs.unsent:
                raise Refusal("ServiceUnavailable", "The service is unavailable.")
            return
        if knobs.down == where.region and where.account:
            self.world.scheduler.pause(10.0)
            raise ReadTimeoutError(endpoint_url=f"https://ec2.{where.region}.amazonaws.com")
        if knobs.closed == where.region:
            raise Refusal("OptInRequired", f"You are not subscribed to {where.region}.")
        if knobs.denied == action:
            raise Refusal("UnauthorizedOperation", f"You are not authorized to perform {action}.")
        if knobs.expire and knobs.expire <= number < knobs.expire + 3:
            raise Refusal("RequestExpired", "Request has expired.")
        if knobs.pages == "fail" and "NextToken" in params and self.random.random() < 0.4:
            code = self.random.choice(["InternalError", "InvalidNextToken"])
            raise Refusal(code, "The page cannot be given.")
        if knobs.newborn and "VpcPeeringConnectionId" in params:
            self._newborn(params["VpcPeeringConnectionId"])
        if knobs.throttle >= 0:
            self._throttle(where, action)

    def after(self, run: Any, where: Any, action: str, number: int) -> None:
        """Let a call fail after its effect. Raises BotoCoreError, Crashed."""
        if self._crashes.get(number) == "after":
            self._crash(run, number, "after")
        if self.on and self.knobs.deadline == number:
            self.world.note(f"  {run} call {number} takes 85 s")
            self.world.scheduler.pause(85.0)
            return  # its reply arrives: a call whose reply is lost ends after ten seconds
        if self.on and where and self.knobs.lost and self.random.random() < self.knobs.lost:
            self.lost += 1
            raise ReadTimeoutError(endpoint_url=f"https://ec2.{where.region}.amazonaws.com")

    def _crash(self, run: Any, number: int, when: str) -> None:
        self.crashed += 1
        raise Crashed(f"at call {number}, {when} its effect")

    def _newborn(self, pcx_id: str) -> None:
        peering = self.world.now.peerings.get(pcx_id)
        if peering and self.world.scheduler.now < peering.created + self.knobs.newborn:
            raise no_such_peering(pcx_id)

    def _throttle(self, where: Any, action: str) -> None:
        most, rate = DESCRIBE_BUCKET if action.startswith(READS) else MUTATE_BUCKET
        now = self.world.scheduler.now
        tokens, since = self._buckets.get((where, action), (self.knobs.throttle, now))
        tokens = min(most, tokens + (now - since) * rate * (1 - RIVAL))
        self._buckets[where, action] = (max(0.0, tokens - 1), now)
        if tokens < 1:
            raise Refusal("RequestLimitExceeded", "Request limit exceeded.")
