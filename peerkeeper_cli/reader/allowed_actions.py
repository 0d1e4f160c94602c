"""Which actions each command may call: a closed list, held before each call, and the IAM policy made of it.

In: a command's name. Out: actions as IAM spells them. No action can write. A command that calls anything else
ends with our error before the call is made. A test reads the calls that were made.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.model import OperationModel
    from botocore.session import Session

ESTATE = (
    "ec2:DescribeVpcPeeringConnections",
    "ec2:DescribeVpcs",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeSubnets",
    "ec2:DescribeRouteTables",
    "ec2:DescribeManagedPrefixLists",
    "ec2:GetManagedPrefixListEntries",
    "ec2:DescribeStaleSecurityGroups",
    "ec2:DescribeSecurityGroupRules",
    "servicequotas:ListServiceQuotas",
    "servicequotas:GetAWSDefaultServiceQuota",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeNetworkAcls",
    "route53:ListHostedZones",
    "route53:ListTagsForResources",
    "route53:GetHostedZone",
    "route53:ListHostedZonesByVPC",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeRegions",
    "lambda:GetFunctionConfiguration",
    "sts:AssumeRole",
)
"""What the functions read, the regions, and the settings of the hub that is deployed."""

DOCTOR = (
    "cloudformation:DescribeStacks",
    "cloudtrail:DescribeTrails",
    "cloudtrail:GetEventSelectors",
    "cloudtrail:GetTrailStatus",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "ec2:DescribeRegions",
    "events:DescribeEventBus",
    "events:DescribeRule",
    "events:ListTargetsByRule",
    "iam:GetRole",
    "lambda:GetFunctionConfiguration",
    "lambda:ListEventSourceMappings",
    "scheduler:GetSchedule",
    "sns:GetTopicAttributes",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sts:AssumeRole",
)
"""What the stacks made, and the trails that events come by."""

HISTORY = (
    "ec2:DescribeRegions",
    "lambda:GetFunctionConfiguration",
    "logs:DescribeLogGroups",
    "logs:GetQueryResults",
    "logs:StartQuery",
    "logs:StopQuery",
)
"""Where the hub is, and what its functions logged. A query reads: it changes nothing, and ends by itself."""

REACH = (
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DescribeTags",
    "ec2:DescribeRouteTables",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcPeeringConnections",
    "ec2:GetManagedPrefixListEntries",
    "ec2:DescribeRegions",
    "lambda:GetFunctionConfiguration",
    "sts:AssumeRole",
)
"""What finds two ends, what judges packets between them, and where to look."""

TEARDOWN = (
    "ec2:DescribeAddresses",
    "ec2:DescribeEgressOnlyInternetGateways",
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeInstances",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeNatGateways",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRegions",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroupReferences",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeVpcPeeringConnections",
    "ec2:DescribeVpcs",
    "ec2:DescribeVpnGateways",
    "lambda:GetFunctionConfiguration",
    "route53:GetHostedZone",
    "route53:ListHostedZones",
    "route53:ListHostedZonesByVPC",
    "route53:ListResourceRecordSets",
    "route53:ListVPCAssociationAuthorizations",
    "sts:AssumeRole",
)
"""What is in a VPC, what names it elsewhere, and the settings of the hub that is deployed."""

ACTIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("plan", "peerings", "map", "adopt", "explain"), ESTATE),
    "doctor": DOCTOR,
    "history": HISTORY,
    "reach": REACH,
    "teardown": TEARDOWN,
}

OF_EC2 = frozenset(
    name
    for actions in ACTIONS.values()
    for service, _, name in (one.partition(":") for one in actions)
    if service == "ec2"
)
"""What is left of EC2's model: what any command calls."""

IAM_PREFIX = {"monitoring": "cloudwatch"}
"""Where IAM spells a service otherwise than requests are signed. Source: Service Authorization Reference."""

UNASKED = frozenset({"sts:GetCallerIdentity"})
"""Needs no right. Source: STS API reference, GetCallerIdentity."""
LOGIN = frozenset({"sso", "sso-oidc", "signin"})
"""Services that only hand out the person's own credentials: botocore asks them by itself."""


class NotAllowed(Exception):
    """A command called an action that is not on its list. The command has a fault, and sent nothing."""


def iam_prefix(signed: str) -> str:
    """Return how IAM spells a service, by the name that its requests are signed for."""
    return IAM_PREFIX.get(signed, signed)


def hold(session: Session, command: str) -> None:
    """Let clients that this session makes from now on call the command's actions and no others."""
    from peerkeeper_cli.reader.models import share_models  # noqa: PLC0415 - botocore is there by now

    share_models(session, OF_EC2)
    session.register("before-call", _holder(command))


def _holder(command: str) -> Callable[..., None]:
    allowed = {*ACTIONS[command], *UNASKED}

    def held(*, model: OperationModel, **_: object) -> None:
        service = model.service_model
        if service.service_name in LOGIN:
            return
        action = f"{iam_prefix(service.signing_name)}:{model.name}"
        if action not in allowed:
            raise NotAllowed(f"{command} may not call {action}: it is not on its list of reads")

    return held


def policy(command: str, roles: str = "") -> str:
    """Return the IAM policy that the command needs, as JSON. `roles`: the role in other accounts."""
    reads = [one for one in ACTIONS[command] if one != "sts:AssumeRole"]
    statements: list[dict[str, Any]] = [
        {"Sid": "ReadOnly", "Effect": "Allow", "Action": reads, "Resource": "*"}
    ]
    if roles:
        arn = f"arn:*:iam::*:role/{roles}"
        statements.append(
            {"Sid": "OtherAccounts", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arn}
        )
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)
