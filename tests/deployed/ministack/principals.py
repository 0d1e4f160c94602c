"""What IAM is told of who asks, where the engine tells too little.

    key                                   the engine            why it is bent
    aws:PrincipalArn of a role's session  the session's ARN     it is the role's
    aws:PrincipalOrgID, aws:ResourceOrgID none                  not modelled: here all are in one
    ec2:Region                            none                  the region asked

Source: IAM User Guide, global condition context keys; Service Authorization Reference, Amazon EC2.
"""

import os
from typing import Any

from ministack.core import iam_evaluator

ORGANIZATION = os.environ.get("PEERKEEPER_ORGANIZATION") or None


def role_of(arn: str) -> str:
    """Return the role's ARN behind that of its session; any other as it is."""
    if ":assumed-role/" not in arn:
        return arn
    role, _, _session = arn.rpartition("/")
    return role.replace(":sts:", ":iam:").replace(":assumed-role/", ":role/")


def bend() -> None:
    resolve = iam_evaluator._resolve_condition_key

    def with_what_is_lacking(key: str, asked: Any) -> Any:
        match key.lower():
            case "aws:principalarn":
                return role_of(str(resolve(key, asked)))
            case "aws:principalorgid" | "aws:resourceorgid":
                return ORGANIZATION
            case "ec2:region":
                return asked.region
        return resolve(key, asked)

    iam_evaluator._resolve_condition_key = with_what_is_lacking
