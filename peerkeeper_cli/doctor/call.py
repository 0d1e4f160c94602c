"""One question to AWS, and its answer. In: a service, a place. Out: `Call`, `Answer`, `Answers`.

The checks judge answers only, so that a test can write them down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.doctor.check import Check, Result
from peerkeeper_cli.reader.allowed_actions import iam_prefix

ABSENT = frozenset(
    {
        *("ResourceNotFoundException", "NoSuchEntity", "NotFound", "NotFoundException"),
        *("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"),
        "TrailNotFoundException",
    }
)
"""What the services answer where the thing is not there. Source: their API references, errors."""


@dataclass(frozen=True, slots=True)
class Call:
    """A read of one service, in one account and region."""

    service: str
    place: Location
    operation: str
    sent: str = "{}"
    """Its parameters, as JSON."""

    @property
    def action(self) -> str:
        """What must be granted for it, as IAM spells it."""
        return f"{iam_prefix(self.service)}:{self.operation}"


def call(service: str, place: Location, operation: str, **sent: object) -> Call:
    """Return the call with these parameters."""
    return Call(service, place, operation, json.dumps(sent, sort_keys=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """What AWS said, or why it did not answer. Both fields are empty if the thing is not there."""

    value: Mapping[str, Any] | None = None
    trouble: Trouble | None = None

    @property
    def absent(self) -> bool:
        """Tell whether AWS said that there is no such thing."""
        return self.value is None and self.trouble is None

    def get(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return a part of the value; None where there is none."""
        return (self.value or {}).get(name)


UNASKED = Answer(trouble=Trouble(Meaning.REFUSED, "NotAsked", "it was not asked", ""))


class Answers:
    """The answers so far, by call."""

    def __init__(self, said: Mapping[Call, Answer] | None = None) -> None:
        """Take the answers."""
        self._said = dict(said or {})

    def __contains__(self, asked: object) -> bool:
        return asked in self._said

    def __getitem__(self, asked: Call) -> Answer:
        return self._said.get(asked, UNASKED)

    def add(self, said: Mapping[Call, Answer]) -> None:
        """Take in more."""
        self._said.update(said)


def unread(name: str, where: Location | str, asked: Call, answer: Answer) -> Check:
    """Return the check of a call that AWS did not answer: what it said, and what to grant."""
    trouble = answer.trouble
    if trouble is None:
        return Check(name, Result.UNKNOWN, str(where), f"{asked.action} found nothing")
    if trouble.code == "NoCredentials":
        words = f"the command has no credentials for account {asked.place.account_id}"
        return Check(
            name, Result.UNKNOWN, str(where), words, ("name a --profile of it, or a --role-name",)
        )
    words = f"{trouble.action or asked.action} says {trouble.code}: {trouble.message}"
    grant = f"grant {asked.action}: --print-policy prints the whole policy"
    mend = (grant,) if trouble.meaning is Meaning.DENIED else ()
    return Check(name, Result.UNKNOWN, str(where), words, mend)
