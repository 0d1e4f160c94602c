"""One version of Peerkeeper as it is deployed, in the shape in which `Functions` runs it. Types only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from peerkeeper_local.deployment import Function
from simulator.client import Clients

Gather = Callable[..., list[Any]]


class Version(Protocol):
    """The code of a version, with the settings that its own template gives."""

    @property
    def name(self) -> str:
        """What a trace calls it; empty for today's."""

    @property
    def pacing(self) -> Any:
        """Its module `peerkeeper.aws.pace`."""

    def attempts(self, function: Function) -> int:
        """Return how often botocore tries a call of the function."""

    def runner(self, function: Function, clients: Clients, gather: Gather) -> Callable[..., Any]:
        """Return what handles one invocation of the function: called with the event and the context."""
