"""Log in to other accounts by a role of one name in each. In: a login, a role's name, accounts. Out: logins.

If STS refuses the role, the account stays unread, and the command says so. All other accounts are still read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session
from peerkeeper.aws.clients import CONFIG, THREADS
from peerkeeper.aws.error_codes import trouble_from
from peerkeeper.aws.spokes import SpokeRole, spoke_session
from peerkeeper.values.trouble import ASSUME_ROLE, Trouble

from peerkeeper_cli.logins.login import Login


@dataclass(frozen=True, slots=True)
class Assumed:
    """The result for each account: a login, or what STS said instead."""

    logins: tuple[Login, ...]
    refused: dict[str, Trouble]


def assumed(
    own: Login, role: SpokeRole, accounts: Iterable[str], prepare: Callable[[Session], None]
) -> Assumed:
    """Assume the role in each of these accounts, several at once."""

    def one(account: str) -> Login | Trouble:
        try:
            create = partial(own.session.create_client, region_name=own.home, config=CONFIG)
            session = spoke_session(own.session, role, account, create)
        except (ClientError, BotoCoreError) as error:
            return trouble_from(error, ASSUME_ROLE)
        prepare(session)
        return Login(account, session, f"role {role.name}", own.home, own.partition)

    wanted = sorted({*accounts} - {own.account})
    with ThreadPoolExecutor(THREADS) as pool:
        found = dict(zip(wanted, pool.map(one, wanted), strict=True))
    return Assumed(
        tuple(item for item in found.values() if isinstance(item, Login)),
        {account: item for account, item in found.items() if isinstance(item, Trouble)},
    )
