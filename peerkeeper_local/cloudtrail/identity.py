"""Who made a call, in CloudTrail's words.

In: a principal's ARN. Out: the record's `userIdentity`. Ids are made from names, so that they are
the same in every run. Never asks IAM.
"""

from functools import cache
from typing import Any


@cache
def principal_id(prefix: str, name: str) -> str:
    """Return a unique id in IAM's form: `AIDA` or `AROA`, then 17 letters made from the name."""
    letters = "".join(char for char in name.upper() if char.isalnum())
    return prefix + letters[-17:].rjust(17, "X")


def role_id(role_name: str) -> str:
    """Return the role's `RoleId`. SQS and CloudTrail show callers as `<RoleId>:<session name>`."""
    return principal_id("AROA", role_name)


def user_identity(principal: str, since: str) -> dict[str, Any]:
    """Return the `userIdentity` of an IAM user, an assumed role or, failing both, root.

    `since` is when the session began, as CloudTrail writes times.
    Source: CloudTrail User Guide, userIdentity element; shapes as in genuine records.
    """
    _, partition, _, _, account, resource = principal.split(":", 5)
    kind, _, path = resource.partition("/")
    match kind:
        case "user":
            return _iam_user(principal, account, path.rpartition("/")[2])
        case "assumed-role":
            role, _, session = path.rpartition("/")
            return _assumed_role(partition, account, role, session, since)
        case "role":
            role = path.rpartition("/")[2]
            return _assumed_role(partition, account, role, role, since)
        case _:
            return {"type": "Root", "principalId": account, "arn": principal, "accountId": account}


def _iam_user(arn: str, account: str, name: str) -> dict[str, Any]:
    return {
        "type": "IAMUser",
        "principalId": principal_id("AIDA", name),
        "arn": arn,
        "accountId": account,
        "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
        "userName": name,
    }


def _assumed_role(
    partition: str, account: str, role: str, session: str, since: str
) -> dict[str, Any]:
    issuer = {
        "type": "Role",
        "principalId": role_id(role),
        "arn": f"arn:{partition}:iam::{account}:role/{role}",
        "accountId": account,
        "userName": role,
    }
    return {
        "type": "AssumedRole",
        "principalId": f"{role_id(role)}:{session}",
        "arn": f"arn:{partition}:sts::{account}:assumed-role/{role}/{session}",
        "accountId": account,
        "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
        "sessionContext": {
            "sessionIssuer": issuer,
            "attributes": {"creationDate": since, "mfaAuthenticated": "false"},
        },
    }
