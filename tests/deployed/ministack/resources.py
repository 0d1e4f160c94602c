"""What an EC2 call on a peering touches, as IAM is told. Why: the engine says `*`, which no statement
on a peering's ARN matches. Source: Service Authorization Reference, Amazon EC2, resource types.
"""

from typing import Any

from ministack import app
from ministack.core import iam_actions


def bend() -> None:
    extract = iam_actions.extract_resource_arn

    def with_peerings(
        service: str,
        method: str,
        path: str,
        headers: Any,
        body: Any,
        params: Any,
        region: str,
        account: str,
    ) -> str:
        arn = extract(service, method, path, headers, body, params, region, account)
        if service != "ec2" or arn != "*":
            return arn
        named = [
            value
            for key in ("VpcPeeringConnectionId", "ResourceId.1")
            for value in params.get(key) or ()
        ]
        for one in named:
            if one.startswith("pcx-"):
                return f"arn:aws:ec2:{region}:{account}:vpc-peering-connection/{one}"
        return arn

    for module in (iam_actions, app):
        if getattr(module, "extract_resource_arn", None) is extract:
            module.extract_resource_arn = with_peerings
