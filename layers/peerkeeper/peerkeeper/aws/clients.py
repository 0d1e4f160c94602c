"""One botocore session an account, one EC2 client a location, one SQS client.

In: locations. Out: clients, each made on its first use: most invocations use two Regions of many. All that is
made on the one session is made under one lock. Another account costs a call to STS. Never calls EC2.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, Protocol, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from peerkeeper.aws.model_files import ModelFiles
from peerkeeper.aws.pace import ROUTE53, Pace
from peerkeeper.aws.spokes import SpokeRole, spoke_session
from peerkeeper.values.ec2 import Location

if TYPE_CHECKING:
    from botocore.model import OperationModel
    from types_boto3_ec2 import EC2Client
    from types_boto3_sqs import SQSClient

THREADS = 16
ATTEMPTS = 3
MOST_ACCOUNTS = 32
"""Accounts whose clients a process keeps: of 17 regions each, some 170 MiB (docs/decisions/0012)."""
MODELS = Path(__file__).parent / "models"
"""EC2's model, trimmed by the layer's build; a checkout has none and uses botocore's own."""
CONFIG = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    max_pool_connections=THREADS,
)

HASTY = Config(
    connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2}
)
"""For announcements: they may be lost, the time for the work may not. The first attempt after a pause may
find that its connection is no longer there."""


class EventBus(Protocol):
    """What is used of EventBridge's client."""

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:
        """Put up to ten events. Source: API reference, PutEvents."""


class _Account:
    """Another account: its session once our role is assumed, or the error of the attempt."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.session: Session | None = None
        self.refused: ClientError | BotoCoreError | None = None
        self.ec2: dict[Location, EC2Client] = {}


class Clients:
    """The clients of one process."""

    def __init__(
        self,
        locations: Iterable[Location],
        home_region: str,
        attempts: int = ATTEMPTS,
        pace: Pace | None = None,
        spoke: SpokeRole | None = None,
        *,
        session: Session | None = None,
    ) -> None:
        """Make the session, and a client of the home Region: each new session would load the models again.

        `attempts`: how often a call to EC2 is tried before its trouble is reported. `pace`: what each call
        to EC2, and each further page, waits for; a client's call raises TurnTooLate where it may not.
        `spoke`: our role in every other account; None where the hub's account is the only one. `session`:
        whose credentials are used; by default the environment's.
        """
        self._session = session or Session()
        if MODELS.is_dir():
            # On this session only: AWS_DATA_PATH would trim everybody's EC2.
            self._session.register_component("data_loader", ModelFiles(MODELS))
        self._home_region = home_region
        self._sqs: SQSClient | None = None
        self._events: EventBus | None = None
        self._making = RLock()  # a session may renew its credentials while it makes a client
        self._config = CONFIG.merge(
            Config(retries={"mode": "standard", "total_max_attempts": attempts})
        )
        self._pace, self._spoke = pace, spoke
        self._lock = Lock()
        self.lists_of_aws: dict[str, dict[str, str]] = {}
        """By Region: the prefix lists that AWS owns, with their names, once they were read."""
        self._accounts: dict[str, _Account] = {}
        self._own = frozenset(locations)
        self._ec2: dict[Location, EC2Client] = {}
        first = min(self._own, key=lambda one: (one.region != home_region, one), default=None)
        if first:
            self.ec2(first)  # it loads the models, while the function starts

    def ec2(self, location: Location) -> EC2Client:
        """Return the EC2 client of a location; in another account its first use assumes our role there.

        Raises ClientError where STS refuses, and BotoCoreError where it gives no answer, the same again until
        `trim` or `drop`; KeyError where it is not ours.
        """
        if location in self._own:
            return self._own_client(location)
        account, session = self._session_in(location)
        with account.lock:
            if location not in account.ec2:
                account.ec2[location] = self._client(session, location)
            return account.ec2[location]

    def _session_in(self, location: Location) -> tuple[_Account, Session]:
        """Return another account and its session. Its first use assumes our role there. Raises as `ec2`."""
        if self._spoke is None:
            raise KeyError(location)
        with self._lock:
            account = self._accounts.setdefault(location.account_id, _Account())
        with account.lock:
            return account, account.session or self._assumed(account, self._spoke, location)

    def _own_client(self, location: Location) -> EC2Client:
        made = self._ec2.get(location)
        if made is None:
            with self._making:
                made = self._ec2.get(location) or self._client(self._session, location)
                self._ec2[location] = made
        return made

    def other(self, service: str, location: Location) -> Any:  # noqa: ANN401 - made at run time
        """Return a new client of another service in a location. A run uses it once.

        Raises as `ec2` does.
        """
        session = self._session if location in self._own else self._session_in(location)[1]
        client = self._create(session, service, region_name=location.region, config=self._config)
        if self._pace and service == ROUTE53:
            # Its rate is the account's, for all Regions and operations together.
            everywhere = Location(location.account_id, service)
            turn = partial(_await_turn, self._pace, everywhere, action=ROUTE53)
            client.meta.events.register("before-call", turn)
        return client

    def drop(self, account_id: str) -> None:
        """Forget an account's session and clients: the next use assumes our role there again."""
        with self._lock:
            self._accounts.pop(account_id, None)

    def trim(self) -> None:
        """Forget the accounts whose role was refused, and the oldest of too many; between invocations.

        An invocation asks each account once; and each client takes memory.
        """
        with self._lock:
            kept = [item for item in self._accounts.items() if not item[1].refused]
            self._accounts = dict(kept[-MOST_ACCOUNTS:])

    def _assumed(self, account: _Account, role: SpokeRole, location: Location) -> Session:
        if account.refused:
            raise account.refused
        try:
            create = partial(
                self._create, self._session, region_name=self._home_region, config=self._config
            )
            account.session = spoke_session(self._session, role, location.account_id, create)
        except (ClientError, BotoCoreError) as error:
            account.refused = error
            raise
        return account.session

    def _create(self, session: Session, service: str, **more: Any) -> Any:  # noqa: ANN401 - any service
        """Make a client: one at a time, since a session does not promise more."""
        with self._making:
            return session.create_client(service, **more)

    def _client(self, session: Session, location: Location) -> EC2Client:
        client = session.create_client("ec2", region_name=location.region, config=self._config)
        if self._pace:
            turn = partial(_await_turn, self._pace, location)
            client.meta.events.register("before-call.ec2", turn)
        return cast("EC2Client", client)

    @property
    def sqs(self) -> SQSClient:
        """The SQS client of the hub's region; made when the first hand-off needs it."""
        with self._making:
            if self._sqs is None:
                client = self._session.create_client(
                    "sqs", region_name=self._home_region, config=CONFIG
                )
                self._sqs = cast("SQSClient", client)
            return self._sqs

    @property
    def events(self) -> EventBus:
        """The EventBridge client of the hub's region; made when there is first something to tell."""
        with self._making:  # a notice may be told in any thread
            if self._events is None:
                client = self._session.create_client(
                    "events", region_name=self._home_region, config=HASTY
                )
                self._events = cast("EventBus", client)
            return self._events


def _await_turn(
    pace: Pace, location: Location, *, model: OperationModel, action: str = "", **_: object
) -> None:
    """Stand before each call, pages too. Source: botocore, client events, before-call."""
    pace.turn(location, action or model.name)
