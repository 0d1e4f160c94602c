"""Who calls. In: an account and a user or role. Out: credentials, and later the ARN behind a key.

What is given out here is not checked: roles need not exist. AssumeRole calls are, by `authority`.
"""

from dataclasses import dataclass

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

from peerkeeper_local.partitions import partition_of
from peerkeeper_local.semantics.location import Location

AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Credentials:
    """A key pair, and the token where the key is a temporary one."""

    access_key: str
    secret_key: str
    token: str | None

    def environment(self) -> dict[str, str]:
        """Return the variables that make an unmodified botocore session use these credentials."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_SESSION_TOKEN": self.token or "",
        }


class Principals:
    """Credentials already given out, and the ARN each of their keys stands for."""

    def __init__(self, region: str) -> None:
        """`region`: any of the cloud's, all of whose accounts are in one partition."""
        self.partition = partition_of(region)
        self._region = region
        self._given: dict[tuple[str, str], Credentials] = {}
        self._arns: dict[str, str] = {}

    def credentials(self, account: str, principal: str) -> Credentials:
        """Return credentials of `principal` in `account`.

        `principal`: a user's, role's or assumed role's ARN (its account counts), or a role's name.
        """
        known = self._given.get((account, principal))
        if known is None:
            make = self._user if ":user/" in principal else self._role
            known = self._given[account, principal] = make(account, principal)
        return known

    def _user(self, account: str, arn: str) -> Credentials:
        name = arn.rpartition("/")[2]
        iam = iam_backends[account][self.partition]
        if name not in iam.users:
            iam.create_user(self._region, name)
        key = iam.create_access_key(name)
        self._arns[key.access_key_id] = arn
        return Credentials(key.access_key_id, key.secret_access_key, None)

    def _role(self, account: str, principal: str) -> Credentials:
        """Assume the role; the session is called like the role, as Lambda's is like the function."""
        if principal.startswith("arn:"):
            account = principal.split(":")[4]
        if ":assumed-role/" in principal:
            role, session = principal.split("/")[-2:]
        else:
            role = session = principal.rpartition("/")[2]
        assumed = sts_backends[account][self.partition].assume_role(
            region_name=self._region,
            role_session_name=session,
            role_arn=f"arn:{self.partition}:iam::{account}:role/{role}",
            policy=None,
            duration=AN_HOUR,
            external_id=None,
        )
        self._arns[assumed.access_key_id] = assumed.arn
        return Credentials(assumed.access_key_id, assumed.secret_access_key, assumed.session_token)

    def arn(self, location: Location, access_key: str) -> str:
        """Return the ARN behind `access_key`: ours, or of a role assumed through STS meanwhile."""
        if access_key not in self._arns:
            sts = sts_backends[location.account][self.partition]
            assumed = sts.get_assumed_role_from_access_key(access_key)
            unknown = f"arn:{self.partition}:iam::{location.account}:root"
            self._arns[access_key] = assumed.arn if assumed else unknown
        return self._arns[access_key]
