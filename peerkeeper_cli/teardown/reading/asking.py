"""Make the reads of a teardown, all at once. In: `Access`, what to ask. Out: what each lists, or `Trouble`.

All pages or nothing. A read that fails ends nothing: its trouble is the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from botocore import xform_name
from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.at_once import AtOnce
from peerkeeper_cli.reader.progress import Progress
from peerkeeper_cli.teardown.reading.names import names

Raw: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = list[Raw] | Trouble


@dataclass(frozen=True, slots=True)
class Ask:
    """One read."""

    operation: str
    where: Location
    key: str
    """The list in the reply, or empty for the reply itself."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    service: str = "ec2"


def filters(name: str, *values: str) -> dict[str, Any]:
    """Return the parameters of a describe call that has one filter."""
    return {"Filters": [{"Name": name, "Values": [*values]}]}


class Asking:
    """Asks with the credentials of the account that a read is about."""

    def __init__(self, access: Access, progress: Progress) -> None:
        """Take whom to ask, and where to report progress."""
        self._access, self._at_once = access, AtOnce(progress)
        self.names: dict[str, str] = {}
        """The names of all that was listed and has one, by id."""

    def all(self, asks: Iterable[Ask]) -> list[Answer]:
        """Answer each of them, in order."""
        return self._at_once(self._one, [*asks])

    def one(self, ask: Ask) -> Answer:
        """Answer one."""
        return self.all([ask])[0]

    def _one(self, ask: Ask) -> Answer:
        found = self._access.answered(
            ask.where.account_id,
            ask.operation,
            lambda: [*_listed(self._access.client(ask.service, *ask.where), ask)],
        )
        if not isinstance(found, Trouble):
            self.names.update(names(ask.key, found))
        return found


def _listed(client: Any, ask: Ask) -> Iterator[Raw]:  # noqa: ANN401 - of any service
    method = xform_name(ask.operation)
    for reply in _replies(client, method, ask.parameters):
        if not ask.key:
            yield reply
            continue
        listed: Sequence[Raw] = reply[ask.key]
        yield from listed


def _replies(client: Any, method: str, parameters: Mapping[str, Any]) -> Iterator[Raw]:  # noqa: ANN401
    """Yield every page. botocore has no paginator for ListHostedZonesByVPC, which has a NextToken."""
    if client.can_paginate(method):
        yield from client.get_paginator(method).paginate(**parameters)
        return
    call, token = getattr(client, method), None
    while True:
        reply = call(**parameters, **({"NextToken": token} if token else {}))
        yield reply
        token = reply.get("NextToken")
        if not token:
            return
