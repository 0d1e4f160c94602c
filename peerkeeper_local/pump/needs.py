"""What the pump needs of a local cloud."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any, Protocol

from peerkeeper_local.cloudtrail import Call, Json
from peerkeeper_local.cloudtrail.trails import Trails
from peerkeeper_local.deployment import Stack
from peerkeeper_local.iam import Policy, Role


class Authority(Protocol):
    """The cloud's IAM."""

    @property
    def organizations(self) -> Mapping[str, str]:
        """The organization of each account that is in one."""

    @property
    def bus_policies(self) -> MutableMapping[str, Policy]:
        """By bus: whom from other accounts it lets put events there."""

    def add(self, role: Role, /) -> None:
        """Hold the role to its policies."""


class Installed(Protocol):
    """What answers for the stacks."""

    def add(self, stack: Stack, /) -> None:
        """Take in a stack."""


class Clock(Protocol):
    """Virtual time."""

    def now(self) -> float:
        """Return epoch seconds."""

    def advance(self, seconds: float, /) -> Any:  # noqa: ANN401  whatever the clock likes to say
        """Move time on."""


class Cloud(Protocol):
    """The local cloud, as far as the pump is concerned."""

    @property
    def account(self) -> str:
        """The account the hub is deployed in."""

    @property
    def accounts(self) -> Sequence[str]:
        """The other managed accounts, each with a spoke in every region."""

    @property
    def authority(self) -> Authority:
        """What holds the roles of the stacks to their policies."""

    @property
    def installed(self) -> Installed:
        """The resources of the stacks."""

    @property
    def trails(self) -> Trails:
        """What the trail of each account and region logs."""

    @property
    def regions(self) -> Sequence[str]:
        """The managed regions; the hub is deployed in the first."""

    @property
    def clock(self) -> Clock:
        """The clock that moto's SQS reads too."""

    def client(self, service: str, region: str, /) -> Any:  # noqa: ANN401  a botocore client
        """Return a client of the service in the region."""

    def environment(self, principal: str, /) -> dict[str, str]:
        """Return the credentials of a role, as environment variables."""

    def on_event(self, subscriber: Callable[[str, Json], None], /) -> Any:  # noqa: ANN401
        """Call back, in any thread, with the bus's ARN and each event that PutEvents took."""

    def on_call(self, subscriber: Callable[[Call], None], /) -> Any:  # noqa: ANN401
        """Call back after every EC2 call, in the thread that made it."""
