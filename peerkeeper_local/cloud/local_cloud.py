"""AWS on your own machine. In: accounts, regions, delays. Out: clients, and a record of every call.

moto supplies the breadth; `seam` lays the peering domain over it. One cloud at a time in a process.
Never: the network, real credentials, or real time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from functools import lru_cache
from threading import RLock
from types import TracebackType
from typing import Any, Self

import botocore.session
import moto.ec2.utils
from botocore.config import Config
from moto.moto_api._internal import mock_random

from peerkeeper_local.cloud.authority import Authority
from peerkeeper_local.cloud.bus import Entry, Heard, heard_events
from peerkeeper_local.cloud.clock import VirtualClock
from peerkeeper_local.cloud.ids import PinnedIds
from peerkeeper_local.cloud.installed import Installed, services_of
from peerkeeper_local.cloud.outages import Outages
from peerkeeper_local.cloud.patches import patches
from peerkeeper_local.cloud.principals import Principals
from peerkeeper_local.cloud.recorder import Call, Recorder
from peerkeeper_local.cloud.route53 import route53_of
from peerkeeper_local.cloud.seam import LocalEc2
from peerkeeper_local.cloud.service_quotas import service_quotas_of
from peerkeeper_local.cloud.trail_service import cloudtrail_of
from peerkeeper_local.cloud.views import frozen
from peerkeeper_local.cloud.waves import Waves
from peerkeeper_local.cloud.world import FrozenView, World
from peerkeeper_local.cloudtrail.trails import Trails
from peerkeeper_local.semantics.limits import Delays, Limits
from peerkeeper_local.semantics.location import Location

OURS = "111122223333"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# moto's own home, whose store it makes at the first request whatever account that is for.
MOTO_HOME = Location("123456789012", "us-east-1")

# Never an endpoint from the environment: that one would be real.
_CONFIG = Config(  # type: ignore[call-arg]  # the stubs lack the last one
    retries={"total_max_attempts": 1},
    max_pool_connections=50,
    ignore_configured_endpoint_urls=True,
)


class LocalCloud(AbstractContextManager["LocalCloud"]):
    """A cloud of `account` and other `accounts` in `regions`; any other exists as soon as used.

    `delays` are the passing states of peerings, `limits` the quotas and page sizes. `start` is the
    time (UTC) at which the virtual clock stands until advanced. `waves` tells which calls overlap.
    `ids_from`: what ids and addresses are drawn from, so that the same calls make the same ones.
    """

    def __init__(
        self,
        account: str = OURS,
        regions: Sequence[str] = (SEOUL, TOKYO),
        delays: Delays | None = None,
        start: datetime = START,
        limits: Limits | None = None,
        *,
        accounts: Sequence[str] = (),
        ids_from: int | None = None,
    ) -> None:
        self.account = account
        self.accounts = tuple(accounts)
        self.regions = tuple(regions)
        self.clock = VirtualClock(start)
        self.waves = Waves()
        self.lock = RLock()
        self.outages = Outages()
        self.recorder = Recorder()
        self.principals = Principals(self.regions[0])
        self.authority = Authority()
        self.trails = Trails()
        self.installed = Installed()
        self.ids = PinnedIds(moto.ec2.utils.random_id)
        self._ids_from = ids_from
        self.world = World(self.clock, self.ids, delays or Delays(), limits or Limits())
        self._clients: dict[tuple[str, str, str, str], Any] = {}
        self._ears: list[Heard] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        if hasattr(LocalEc2, "cloud"):
            message = "a local cloud is open already"
            raise RuntimeError(message)
        if self._clients or self.calls:
            message = "a local cloud opens once: make a new one"
            raise RuntimeError(message)
        with ExitStack() as opening:
            for each in patches(self.clock, self.ids, LocalEc2.dispatch, self._objection):
                opening.enter_context(each)
            if self._ids_from is not None:
                mock_random.seed(self._ids_from)
            opening.enter_context(heard_events(self.clock, self._hear, self.authority))
            for each in route53_of(self.world, self.lock, self.authority, self.principals):
                opening.enter_context(each)
            opening.enter_context(
                service_quotas_of(self.world, self.lock, self.authority, self.principals)
            )
            opening.enter_context(cloudtrail_of(self.world, self.lock, self.trails))
            for each in services_of(self.world, self.lock, self.installed):
                opening.enter_context(each)
            LocalEc2.cloud, LocalEc2.world = self, self.world
            opening.callback(_leave)
            for location in (MOTO_HOME, *self._locations()):
                self.world.backend(location)
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @property
    def calls(self) -> list[Call]:
        """Every EC2 call so far, in the order they ended."""
        return self.recorder.calls

    def on_call(self, subscriber: Callable[[Call], None]) -> None:
        """Call `subscriber` with each EC2 call after it ended, reads too, in its thread."""
        self.recorder.subscribe(subscriber)

    def on_event(self, subscriber: Heard) -> None:
        """Call `subscriber` with the bus's ARN and the event of all that PutEvents takes, in its thread."""
        self._ears.append(subscriber)

    def _hear(self, bus: str, event: Entry) -> None:
        for ear in self._ears:
            ear(bus, event)

    def client(
        self,
        service: str,
        region: str,
        account: str | None = None,
        principal: str | None = None,
    ) -> Any:  # noqa: ANN401 - botocore makes its clients at run time
        """Return a botocore client for `service` in `region`, in `account` (default: the cloud's).

        `principal`: an ARN or a role's name; default the IAM user "operator". It does not retry.
        """
        account = account or self.account
        principal = principal or self.operator(account)
        key = (service, region, account, principal)
        if key not in self._clients:
            credentials = self.principals.credentials(account, principal)
            self._clients[key] = _session().create_client(
                service,
                region_name=region,
                aws_access_key_id=credentials.access_key,
                aws_secret_access_key=credentials.secret_key,
                aws_session_token=credentials.token,
                config=_CONFIG,
            )
        return self._clients[key]

    def operator(self, account: str | None = None) -> str:
        """Return the ARN of the IAM user who calls if the caller is not named."""
        return f"arn:{self.principals.partition}:iam::{account or self.account}:user/operator"

    def environment(self, principal: str) -> dict[str, str]:
        """Return the variables with which an unmodified botocore session acts as `principal`.

        `principal`: a role's name in the cloud's account, or the ARN of a role or user.
        """
        account = principal.split(":")[4] if principal.startswith("arn:") else self.account
        return self.principals.credentials(account, principal).environment()

    def pin_ids(self, ids: Iterable[str]) -> None:
        """Hand out `ids` next, in this order for each prefix: all before the last hyphen.

        vpc-, subnet-, rtb-, rtbassoc-, vpc-cidr-assoc-, nat-, pcx-, igw- and so on. A new VPC takes
        an rtbassoc- for its main table and a vpc-cidr-assoc- for its CIDR: pin others after it.
        """
        self.ids.pin(ids)

    def stale(
        self,
        location: tuple[str, str],
        seconds: float = float("inf"),
        until: float | None = None,
    ) -> ExitStack:
        """Freeze what describes in `location` show, at once.

        Peerings, route tables, VPCs, their attributes, subnets, network ACLs, security groups and
        interfaces look as they do now, while writes take effect. It lasts for `seconds` of virtual
        time, or `until` (epoch seconds). It ends earlier if the returned stack is closed, or its
        `with` block is left.
        """
        where = Location(*location)
        with self.lock:
            end = self.clock.now() + seconds if until is None else until
            view = self.world.frozen[where] = frozen(self.world, where, end)
        lift = ExitStack()
        lift.callback(self._thaw, where, view)
        return lift

    def _locations(self) -> Iterator[Location]:
        for account in (self.account, *self.accounts):
            yield from (Location(account, region) for region in self.regions)

    def _objection(
        self, location: Location, access_key: str, role: str, external_id: str | None
    ) -> str:
        """Return why the owner of the key may not assume the role; empty if it may."""
        with self.lock:
            caller = self.principals.arn(location, access_key)
            return self.authority.objection(caller, role, external_id)

    def _thaw(self, where: Location, view: FrozenView) -> None:
        """Lift `view`, unless a later one has taken its place."""
        if self.world.frozen.get(where) is view:
            del self.world.frozen[where]


def _leave() -> None:
    del LocalEc2.cloud, LocalEc2.world


@lru_cache(maxsize=1)
def _session() -> botocore.session.Session:
    """One session for all clients, so that the service model is loaded once."""
    session = botocore.session.Session()
    session.set_config_variable("profile", None)
    return session
