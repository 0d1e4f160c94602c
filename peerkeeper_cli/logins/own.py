"""Log in with profiles, or with the environment. In: names of profiles. Out: a `Login` for each account.

Profiles, SSO and MFA are as boto3 knows them. One call of STS a profile tells whose they are. Every fault of
every profile is in one LoginError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session
from peerkeeper.aws.clients import CONFIG

from peerkeeper_cli.logins.fault import fault
from peerkeeper_cli.logins.login import Login, LoginError

ANYWHERE = "us-east-1"
"""The region to ask STS in, if the profile and the command line do not name one."""


def own_logins(
    profiles: Sequence[str], region: str | None, prepare: Callable[[Session], None]
) -> list[Login]:
    """Return a login for each profile, or one with the environment's credentials if no profile is named.

    `prepare` is handed each session before its first client is made. Raises LoginError.
    """
    found: list[Login] = []
    faults: list[str] = []
    for name in dict.fromkeys(profiles) or (None,):
        try:
            found.append(_login(name, region, prepare))
        except (ClientError, BotoCoreError) as error:
            faults.append(fault(error, name))
    faults += _twice(found)
    if faults:
        raise LoginError("; ".join(faults))
    return found


def _login(profile: str | None, region: str | None, prepare: Callable[[Session], None]) -> Login:
    session = Session(profile=profile)
    prepare(session)
    home = region or session.get_config_variable("region") or ANYWHERE
    sts: Any = session.create_client("sts", region_name=home, config=CONFIG)
    account = str(sts.get_caller_identity()["Account"])
    said = f"profile {profile}" if profile else "the environment's credentials"
    return Login(account, session, said, home, session.get_partition_for_region(home))


def _twice(found: Sequence[Login]) -> list[str]:
    by_account: dict[str, list[str]] = {}
    for login in found:
        by_account.setdefault(login.account, []).append(login.said)
    return [
        f"{' and '.join(said)} are both of account {account}: name one of them"
        for account, said in by_account.items()
        if len(said) > 1
    ]
