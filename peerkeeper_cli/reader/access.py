"""EC2 of several accounts, only for reading. In: logins. Out: an `Observer` over all of them.

A client is made when its location is first asked, and `drop` drops it. The clients of a hundred accounts at
once would take much memory. All keep within EC2's rates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.clients import CONFIG, Clients
from peerkeeper.aws.edge import Edge
from peerkeeper.aws.error_codes import UNREADABLE, trouble_from, unreadable
from peerkeeper.aws.pace import Pace
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.logins.login import Login

Shown = TypeVar("Shown")
NO_CREDENTIALS = Trouble(
    Meaning.REFUSED, "NoCredentials", "no credentials for that account", "Describe"
)
"""What a read comes to in an account that the person asking has no credentials of."""


class Access:
    """The accounts that can be asked, and why others cannot."""

    def __init__(
        self,
        logins: Sequence[Login],
        refused: Mapping[str, Trouble] | None = None,
        pace: Pace | None = None,
    ) -> None:
        """Take the logins, and the accounts that refused one."""
        self.logins = {login.account: login for login in logins}
        self.refused = dict(refused or {})
        self.pace = pace or Pace()
        self._edges: dict[str, dict[str, Edge]] = {}
        self._others: dict[str, dict[tuple[str, str], Any]] = {}
        self._making: dict[str, Lock] = {account: Lock() for account in self.logins}

    def admit(self, logins: Sequence[Login], refused: Mapping[str, Trouble]) -> None:
        """Take in more accounts: those that let us in, and what the others said."""
        for login in logins:
            self.logins[login.account] = login
            self._making[login.account] = Lock()
        self.refused.update(refused)

    @property
    def own(self) -> Login:
        """The first login: whose account the hub is in, where there is one."""
        return next(iter(self.logins.values()))

    def observe(self, reads: tuple[Read, ...]) -> Observed:
        """Answer reads with their own account's credentials; without these they are unread."""
        where = reads[0].location
        if trouble := self.shut(where.account_id):
            return Observed(reads, trouble=trouble)
        return self._edge(where).observe(reads)

    def shut(self, account: str) -> Trouble | None:
        """Return why nothing can be asked in the account; None where something can."""
        if account in self.logins:
            return None
        return self.refused.get(account, NO_CREDENTIALS)

    def answered(self, account: str, action: str, ask: Callable[[], Shown]) -> Shown | Trouble:
        """Return what `ask` shows of the account, or its trouble: a read that fails ends nothing."""
        if trouble := self.shut(account):
            return trouble
        try:
            return ask()
        except (ClientError, BotoCoreError) as error:
            return trouble_from(error, action)
        except UNREADABLE as error:
            return unreadable(error, action)

    def ec2(self, where: Location) -> Any:  # noqa: ANN401 - trimmed to the reads that are allowed
        """Return the client of EC2 in a location that has a login; it keeps within EC2's rates."""
        return self._edge(where).clients.ec2(where)

    def client(self, service: str, account: str, region: str) -> Any:  # noqa: ANN401 - any service's
        """Return a client of another service, as boto3 makes it. A session makes one at a time."""
        with self._making[account]:
            others = self._others.setdefault(account, {})
            if (service, region) not in others:
                session = self.logins[account].session
                others[service, region] = session.create_client(
                    service, region_name=region, config=CONFIG
                )
            return others[service, region]

    def drop(self, account: str) -> None:
        """Forget the clients of an account. The next use makes new ones."""
        self._edges.pop(account, None)
        self._others.pop(account, None)

    def _edge(self, where: Location) -> Edge:
        """Return what asks there. A session makes one client at a time."""
        account, region = where
        with self._making[account]:
            edges = self._edges.setdefault(account, {})
            if region not in edges:
                login = self.logins[account]
                clients = Clients([where], login.home, pace=self.pace, session=login.session)
                clients.ec2(
                    where
                )  # made here: elsewhere it would be made on first use, in any thread
                edges[region] = Edge(clients)
            return edges[region]
