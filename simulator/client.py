"""What stands where botocore's clients stand: EC2's and SQS's.

In: keyword arguments as botocore takes them. Out: replies as botocore gives them. Raises ClientError and
BotoCoreError as botocore does, after as many attempts as its retry mode makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any, cast

from botocore.exceptions import BotoCoreError, ClientError, PaginationError
from peerkeeper.aws.silence import Silence
from peerkeeper.values.trouble import ASSUME_ROLE

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import STATUSES, Refusal
from simulator.documents import Document
from simulator.faults import READS
from simulator.notices import said_in
from simulator.trail import OURS
from simulator.world import World

RETRIED = frozenset(
    {
        *(code for code, status in STATUSES.items() if status >= 500),
        *("Throttling", "EC2ThrottledException"),
    }
)
"""Codes that botocore's standard mode tries again. Source: botocore, retries/standard.py."""
BACKOFF = (0.4, 0.9)


@cache
def action_of(method: str) -> str:
    """Return EC2's name of a client's method: create_route is CreateRoute."""
    return "".join(word.capitalize() for word in method.split("_"))


def client_error(refusal: Refusal, action: str) -> ClientError:
    response = {
        "Error": {"Code": refusal.code, "Message": refusal.message},
        "ResponseMetadata": {"HTTPStatusCode": refusal.http_status},
    }
    return ClientError(cast("Any", response), action)


class Ec2Client:
    """EC2 in one location, for an operator."""

    def __init__(self, world: World, where: Location, principal: str) -> None:
        self.world = world
        self.where = where
        self.principal = principal

    def __getattr__(self, method: str) -> Any:
        if method.startswith("__"):
            raise AttributeError(method)
        made = self.__dict__[method] = partial(self.call, action_of(method))
        return made

    def failed(self, action: str, params: dict[str, Any]) -> None:
        """Do nothing: an operator's failures are not counted."""

    def call(self, action: str, **params: Any) -> Document:
        """Make one call. Raises ClientError."""
        try:
            if action.startswith(READS):
                return self.world.read(None, self.where, action, params)
            return self.world.write(None, self.where, action, params, self.principal)
        except Refusal as refusal:
            raise client_error(refusal, action) from None

    def get_paginator(self, method: str) -> Paginator:
        return Paginator(self, action_of(method))


class FunctionClient(Ec2Client):
    """EC2 in one location, for one invocation of a function: with pauses, faults and retries."""

    def __init__(
        self, world: World, where: Location, run: Any, attempts: int, pace: Any, late: Any
    ) -> None:
        """Make it for a run. `pace` is the buckets of the run's process; it raises `late`."""
        super().__init__(world, where, run.principal)
        self.run = run
        self.attempts = attempts
        self.pace = pace
        self.late = late

    def call(self, action: str, **params: Any) -> Document:
        """Make one call in its turn, tried again as botocore does. Raises ClientError, BotoCoreError."""
        try:
            self.pace.turn(cast("Any", self.where), action)
        except self.late:
            self.run.unmade.append((self.where, action, params))
            raise
        for attempt in range(self.attempts):
            last = attempt == self.attempts - 1
            try:
                return self._tried(action, params)
            except Refusal as refusal:
                self.world.note(f"  {self.run} {action} -> {refusal.code}")
                if last or refusal.code not in RETRIED:
                    self.run.unmade.append((self.where, action, params))
                    if not refusal.code.endswith(".NotFound"):
                        self.failed(action, params)
                    raise client_error(refusal, action) from None
            except BotoCoreError as error:
                self.world.note(f"  {self.run} {action} -> {type(error).__name__}")
                if last:
                    self.run.unmade.append((self.where, action, params))
                    self.failed(action, params)
                    raise
            self.world.scheduler.pause(BACKOFF[min(attempt, 1)])
        raise AssertionError("unreachable")

    def failed(self, action: str, params: dict[str, Any]) -> None:
        """Remember that a describe failed in the end, after how many replies."""
        if action.startswith(READS):
            self.run.unread.append((len(self.run.served), self.where, action, params))

    def _tried(self, action: str, params: dict[str, Any]) -> Document:
        world, run, where = self.world, self.run, self.where
        number = run.begin(action)
        try:
            world.faults.before(run, where, action, params, number)
        except BaseException:
            run.struck = True
            raise
        if action.startswith(READS):
            reply = world.read(run, where, action, params)
            if world.trace is not None:
                world.note(f"  {run} {action} {where.region} {_brief(params)} -> {_ids(reply)}")
        else:
            if world.trace is not None:
                world.note(f"  {run} {action} {where.region} {_brief(params)}")
            reply = world.write(run, where, action, params, self.principal)
        try:
            world.faults.after(run, where, action, number)
        except BaseException:
            run.struck = True
            raise
        run.serve(where, action, params, reply)
        return reply


class Paginator:
    """All pages of a describe, as botocore's paginator gives them."""

    def __init__(self, client: Ec2Client, action: str) -> None:
        self.client = client
        self.action = action

    def paginate(self, PaginationConfig: Any = None, **asked: Any) -> Iterator[Document]:
        """Yield pages. Raises PaginationError where a token comes twice, as botocore does."""
        token, sent = None, asked
        while True:
            page = self.client.call(self.action, **sent)
            yield page
            following = page.get("NextToken")
            if not following:
                return
            if following == token:
                self.client.failed(self.action, sent)
                message = f"The same next token was received twice: {following}"
                raise PaginationError(message=message)
            token = following
            sent = {**asked, "NextToken": token}


class SqsClient:
    """The queues, for one invocation."""

    def __init__(self, world: World, queues: Any, run: Any) -> None:
        self.world = world
        self.queues = queues
        self.run = run

    def send_message(self, QueueUrl: str, MessageBody: str, DelaySeconds: int = 0) -> Document:
        """Send one message. Raises ClientError."""
        number = self.run.begin("SendMessage")
        try:
            self.world.faults.before(self.run, None, "SendMessage", {}, number)
        except Refusal as refusal:
            self.run.struck = True
            raise client_error(refusal, "SendMessage") from None
        self.queues.send(QueueUrl, MessageBody, self.run, DelaySeconds)
        self.world.faults.after(self.run, None, "SendMessage", number)
        return {}


class EventsClient:
    """The hub bus, for one invocation. By a fault it takes no entry of a call, or only some."""

    def __init__(self, world: World, run: Any) -> None:
        self.world = world
        self.run = run

    def put_events(self, *, Entries: list[Document]) -> Document:
        """Take the announcements, and hand them to all that listen to the bus. Raises ClientError."""
        faults = self.world.faults
        if faults.on and faults.knobs.unheard and faults.random.random() < faults.knobs.unheard:
            self.run.struck = True
            refusal = Refusal(
                "InternalException", "This exception occurs due to unexpected causes."
            )
            raise client_error(refusal, "PutEvents")
        taken, answers = [], []
        for entry in Entries:
            if faults.refuses_entry():
                self.run.struck = True
                self.run.unheard |= {pcx for _, pcx in said_in(entry)}
                answers.append({"ErrorCode": "InternalFailure"})
            else:
                taken.append(entry)
                answers.append({"EventId": "1"})
        if taken:
            self.world.announce(self.run, taken)
        return {"FailedEntryCount": len(Entries) - len(taken), "Entries": answers}


class Clients:
    """Stands where `peerkeeper.aws.clients.Clients` stands, for one invocation."""

    def __init__(self, world: World, queues: Any, run: Any, attempts: int, pacing: Any) -> None:
        """Make the clients of one run. `pacing`: its version's module `peerkeeper.aws.pace`."""
        self._made = (world, run, attempts)
        self._ec2: dict[Any, FunctionClient] = {}
        # A process just started: its buckets are full, whatever others have spent of EC2's.
        self.pace = pacing.Pace(lambda: world.scheduler.now, world.scheduler.pause)
        self._late = pacing.TurnTooLate
        self.silence = Silence(lambda: world.scheduler.now)
        self.lists_of_aws: dict[str, dict[str, str]] = {}
        self._assumed: dict[str, ClientError | None] = {}
        """Whether our role was assumed, by account: one attempt an invocation."""
        self.sqs = SqsClient(world, queues, run)
        self.events = EventsClient(world, run)

    def trim(self) -> None:
        """Forget what other accounts refused: each invocation has its own clients."""

    def drop(self, account_id: str) -> None:
        """Forget another account, so that its role is assumed again."""
        self._assumed.pop(account_id, None)

    def other(self, _: str, location: Any) -> FunctionClient:
        """Return a client of Service Quotas: no scenario asks for another service."""
        return self.ec2(location)

    def ec2(self, location: Any) -> FunctionClient:
        """Return the client of a location. Raises ClientError where STS refuses our role, as the real one."""
        if location not in self._ec2:
            world, run, attempts = self._made
            where = Location(location.account_id, location.region)
            if where.account != OURS:
                self._assume(where)
            self._ec2[location] = FunctionClient(world, where, run, attempts, self.pace, self._late)
        return self._ec2[location]

    def _assume(self, where: Location) -> None:
        world, run, _ = self._made
        if where.account not in self._assumed:
            self._assumed[where.account] = None
            try:
                world.faults.assume(where.account)
            except Refusal as refusal:
                self._assumed[where.account] = client_error(refusal, ASSUME_ROLE)
                world.note(f"  {run} AssumeRole {where.account} -> {refusal.code}")
        if error := self._assumed[where.account]:
            run.struck = True
            run.unread.append((len(run.served), where, ASSUME_ROLE, {}))
            raise error


def _brief(params: dict[str, Any]) -> str:
    parts = []
    for key, value in params.items():
        if key == "Filters":
            parts += [f"{one['Name']}={','.join(one['Values'])}" for one in value]
        else:
            parts.append(f"{key}={value}")
    return " ".join(parts)


def _ids(reply: Document) -> str:
    said = []
    for items in reply.values():
        if not isinstance(items, list):
            said.append(str(items))
            continue
        for item in items:
            words = item.get("VpcPeeringConnectionId") or next(iter(item.values()))
            if "Status" in item:
                words += f"({item['Status']['Code']})"
            if "Routes" in item:
                words += "[" + " ".join(_route(route) for route in item["Routes"]) + "]"
            said.append(str(words))
    return " ".join(said) or "nothing"


def _route(route: Document) -> str:
    values = list(route.values())
    return f"{values[0]}>{values[1]}{'!' if route['State'] == 'blackhole' else ''}"
