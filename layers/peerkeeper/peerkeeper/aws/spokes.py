"""Other accounts: one botocore session each, with our role in that account assumed.

In: our own session, an account. Out: a session whose credentials botocore renews by itself. Raises
ClientError where STS refuses, BotoCoreError where it does not answer. Nothing is assumed before it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.credentials import AssumeRoleCredentialFetcher, RefreshableCredentials
from botocore.session import Session

from peerkeeper.spoke_roles import role_arn

if TYPE_CHECKING:
    from botocore.credentials import Credentials

LASTS = 900
"""Seconds a session lasts: the shortest that STS gives. Source: STS API, AssumeRole."""
RENEW, RENEW_FIRST = 300, 150
"""Seconds left. At the first, one call renews the credentials while others go on; at the second, all wait.

botocore's own are 900 and 600: with sessions of 900 s every call would assume the role again. The second is
more than a whole invocation takes.
"""


@dataclass(frozen=True, slots=True)
class SpokeRole:
    """Our role in every other account: its name, and how a session of it is opened."""

    name: str
    session_name: str
    external_id: str = ""
    partition: str = "aws"

    def arguments(self) -> dict[str, object]:
        """Return the arguments of AssumeRole, except the role's ARN."""
        given: dict[str, object] = {
            "RoleSessionName": self.session_name,
            "DurationSeconds": LASTS,
        }
        return {**given, "ExternalId": self.external_id} if self.external_id else given


class _Assumed:
    """Stands where a session looks for its credentials."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def load_credentials(self) -> Credentials:
        """Return the assumed role's credentials."""
        return self._credentials


def spoke_session(
    own: Session, role: SpokeRole, account_id: str, create: Callable[..., Any]
) -> Session:
    """Return a session in the account: assumes the role, by the client of STS that `create` makes.

    It shares the loader of `own`, so no model is read twice.
    """
    # Regions that an account opts into refuse tokens of sts.amazonaws.com; older SDKs ask there by default.
    own.set_config_variable("sts_regional_endpoints", "regional")
    fetcher = AssumeRoleCredentialFetcher(
        create,
        own.get_credentials(),
        role_arn(role.partition, account_id, role.name),
        extra_args=role.arguments(),
    )
    credentials = RefreshableCredentials.create_from_metadata(
        fetcher.fetch_credentials(),
        fetcher.fetch_credentials,
        "assume-role",
        advisory_timeout=RENEW,
        mandatory_timeout=RENEW_FIRST,
    )
    session = Session()
    session.register_component("data_loader", own.get_component("data_loader"))
    session.register_component("credential_provider", _Assumed(credentials))
    return session
