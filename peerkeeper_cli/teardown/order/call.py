"""One call of a step, and the command of the aws CLI for it. In: an operation, values. Out: text.

The command line never makes these calls. A person or a script runs the command.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peerkeeper.values.ec2 import Location

GLOBAL = frozenset({"route53"})
"""Services that no Region has for itself. Source: AWS General Reference, Route 53 endpoints."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of a service, as its API spells it, and where it is called."""

    service: str
    operation: str
    location: Location
    parameters: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    """Which part of the reply the command prints, in JMESPath; empty for all of it."""

    def words(self, profile: str = "") -> tuple[str, ...]:
        """Return the words of the command, before the shell's quotes."""
        return (
            *("aws", self.service, _option(self.operation)),
            *self.options(profile),
        )

    def options(self, profile: str = "") -> tuple[str, ...]:
        """Return the command's options: the Region, the parameters, the profile."""
        region = () if self.service in GLOBAL else ("--region", self.location.region)
        query = ("--query", self.query, "--output", "text") if self.query else ()
        said = tuple(
            word for name, value in self.parameters.items() for word in _parameter(name, value)
        )
        return (*region, *said, *query, *(("--profile", profile) if profile else ()))

    def command(self, profile: str = "") -> str:
        """Return the command as a shell takes it."""
        return shlex.join(self.words(profile))


def _option(name: str) -> str:
    """Return an operation or a parameter as the aws CLI spells it."""
    from botocore import xform_name  # noqa: PLC0415 - `--help` need not wait

    return xform_name(name, "-")


def _parameter(name: str, value: object) -> Iterator[str]:
    option = f"--{_option(name)}"
    match value:
        case True:
            yield option
        case Mapping():
            yield from (option, _shorthand(value))
        case str():
            yield from (option, value)
        case Sequence():
            yield from (option, *(_item(one) for one in value))
        case _:
            raise TypeError(f"{name}: the aws CLI gets no {type(value).__name__} here")


def _item(value: object) -> str:
    return _shorthand(value) if isinstance(value, Mapping) else str(value)


def _shorthand(value: Mapping[str, Any]) -> str:
    """Return the CLI's short form of a structure. Source: AWS CLI user guide, shorthand syntax."""
    said = (f"{key}={one if isinstance(one, str) else ','.join(one)}" for key, one in value.items())
    return ",".join(said)
