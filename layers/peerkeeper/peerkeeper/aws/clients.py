"""One botocore session, one EC2 client a location, one SQS client: made once, before any thread starts.

In: locations. Out: clients. Never calls EC2.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, cast

from botocore.config import Config
from botocore.session import Session

from peerkeeper.aws.pace import Pace
from peerkeeper.model import Location

if TYPE_CHECKING:
    from botocore.model import OperationModel
    from types_boto3_ec2 import EC2Client
    from types_boto3_sqs import SQSClient

THREADS = 16
ATTEMPTS = 3
MODELS = Path(__file__).parent / "models"
"""EC2's model, trimmed by the layer's build; a checkout has none and uses botocore's own."""
CONFIG = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    max_pool_connections=THREADS,
)

HASTY = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1})
"""For announcements: they may be lost, the time for the work may not."""


class EventBus(Protocol):
    """What is used of EventBridge's client."""

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:
        """Put up to ten events. Source: API reference, PutEvents."""


class Clients:
    """The clients of one process."""

    def __init__(
        self,
        locations: Iterable[Location],
        home_region: str,
        attempts: int = ATTEMPTS,
        pace: Pace | None = None,
    ) -> None:
        """Make a client for each location; one session, since each new one loads the models again.

        `attempts`: how often a call to EC2 is tried before its trouble is reported. `pace`: what each call
        to EC2, and each further page, waits for; a client's call raises TurnTooLate where it may not.
        """
        self._session = Session()
        if MODELS.is_dir():
            # On this session only: AWS_DATA_PATH would trim everybody's EC2.
            self._session.get_component("data_loader").search_paths.insert(0, str(MODELS))
        self._home_region = home_region
        self._sqs: SQSClient | None = None
        self._events: EventBus | None = None
        self._making = Lock()
        config = CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": attempts}))
        self._ec2: dict[Location, EC2Client] = {}
        for location in sorted(locations):
            client = self._session.create_client("ec2", region_name=location.region, config=config)
            if pace:
                client.meta.events.register("before-call.ec2", partial(_await_turn, pace, location))
            self._ec2[location] = cast("EC2Client", client)

    def ec2(self, location: Location) -> EC2Client:
        """Return the EC2 client of a configured location."""
        return self._ec2[location]

    @property
    def sqs(self) -> SQSClient:
        """The SQS client of the hub's region; made when the first hand-off needs it."""
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


def _await_turn(pace: Pace, location: Location, *, model: OperationModel, **_: object) -> None:
    """Stand before each call, pages too. Source: botocore, client events, before-call."""
    pace.turn(location, model.name)
