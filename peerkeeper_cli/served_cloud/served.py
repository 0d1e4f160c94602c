"""A served local cloud, as the reader meets it. In: a URL, or the shell's. Out: `Served`, or None: it is AWS.

Its variables go into this process's environment: botocore reads the endpoint there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from botocore.session import Session

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.logins.login import Login
from peerkeeper_cli.served_cloud.ask import ask
from peerkeeper_cli.served_cloud.errors import InvocationError

PREFIX = "PEERKEEPER_"


@dataclass(frozen=True, slots=True)
class Served:
    """What the cloud says of itself."""

    url: str
    environment: Mapping[str, str]
    """Environment variables of its functions."""
    now: float
    """Its virtual time, in epoch seconds."""

    def logins(self, prepare: Callable[[Session], None]) -> list[Login]:
        """Return the operator of each account that the hub manages, the hub's first."""
        others = self.environment.get(PREFIX + "ACCOUNTS", "")
        listed = [one.strip() for one in others.split(",") if one.strip()]
        own = self.environment[PREFIX + "ACCOUNT"]
        return [self._login(account, prepare) for account in dict.fromkeys([own, *listed])]

    def _login(self, account: str, prepare: Callable[[Session], None]) -> Login:
        variables = ask(self.url, f"variables/{account}")
        session = Session()
        session.set_credentials(
            variables["AWS_ACCESS_KEY_ID"],
            variables["AWS_SECRET_ACCESS_KEY"],
            variables.get("AWS_SESSION_TOKEN"),
        )
        prepare(session)
        region = variables["AWS_DEFAULT_REGION"]
        return Login(
            account,
            session,
            f"the operator of {account}",
            region,
            session.get_partition_for_region(region),
        )


def served(endpoint: str | None) -> Served | None:
    """Return our cloud at the endpoint, or at the one that the shell names. None if another server answers.

    Raises ReadError where the endpoint was named on the command line and does not answer as one.
    """
    url = endpoint or os.environ.get("AWS_ENDPOINT_URL")
    if not url:
        return None
    try:
        told = ask(url, "settings")
    except InvocationError as error:
        if endpoint:
            raise ReadError(str(error)) from error
        return None
    os.environ["AWS_ENDPOINT_URL"] = url
    return Served(url, told["environment"], float(told["now"]))
