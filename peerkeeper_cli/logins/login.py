"""One person's credentials in one account. In: nothing. Out: `Login`, `LoginError`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from botocore.session import Session


class LoginError(Exception):
    """A login failed. The words name every fault and its remedy."""


@dataclass(frozen=True, slots=True)
class Login:
    """A session of botocore, and whose it is."""

    account: str
    session: Session
    said: str
    """The source of the credentials, as a person says it: profile network."""
    home: str
    """The region that STS and Lambda are asked in, where nothing else names one."""
    partition: str = "aws"
