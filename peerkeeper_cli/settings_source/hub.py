"""The settings of the hub that is deployed, as its function has them. In: access, regions. Out: variables.

Read from the configuration of the function `peerkeeper-sweep`: it has every setting that `plan` goes by.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.clients import THREADS

from peerkeeper_cli.reader.access import Access

FUNCTION = "peerkeeper-sweep"
ABSENT = frozenset({"ResourceNotFoundException"})


@dataclass(frozen=True, slots=True)
class Hubs:
    """The hubs that were found in one account, by region, and the regions where that is unknown."""

    found: dict[str, dict[str, str]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    """By region: what Lambda said."""


def hubs(access: Access, regions: Iterable[str]) -> Hubs:
    """Look for the hub's function in these regions of the first login's account, all at once."""
    account, wanted = access.own.account, sorted({*regions})
    hub = Hubs()

    def one(region: str) -> None:
        client = access.client("lambda", account, region)
        try:
            said = client.get_function_configuration(FunctionName=FUNCTION)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code not in ABSENT:
                hub.unread[region] = code
        except BotoCoreError as error:
            hub.unread[region] = type(error).__name__
        else:
            variables = said.get("Environment", {}).get("Variables", {})
            hub.found[region] = {**variables, "AWS_REGION": region}

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, wanted))
    return hub
