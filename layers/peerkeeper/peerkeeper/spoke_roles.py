"""Other accounts: the role a function has there, and what a person must grant where it has none.

In: an account, settings. Out: ARNs and a trust statement. spoke.yaml makes these roles; a test holds its
names to these.
"""

from __future__ import annotations

import json

from peerkeeper.settings import Settings
from peerkeeper.values.ec2 import Location

SPOKE_PREFIX = "peerkeeper-spoke-"
HUB_PREFIX = "peerkeeper-"


def role_arn(partition: str, account_id: str, role: str) -> str:
    """Return the ARN of a role. A role is assumed only within the partition of the hub's stack.

    Source: AWS General Reference, ARNs; IAM User Guide, cross-account access and partitions.
    """
    return f"arn:{partition}:iam::{account_id}:role/{role}"


def trust_statement(settings: Settings) -> str:
    """Return the statement with which that role trusts this function, as JSON.

    It trusts the account's root, with the role's ARN as a condition. IAM keeps a role named as principal by
    its unique id, and such trust is lost when the hub is created again. Source: IAM User Guide, principal
    element.
    """
    partition = settings.partition
    hub_role = HUB_PREFIX + settings.spoke_role.removeprefix(SPOKE_PREFIX)
    condition = {"ArnEquals": {"aws:PrincipalArn": role_arn(partition, settings.account, hub_role)}}
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{partition}:iam::{settings.account}:root"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return json.dumps(statement)


def keeps_endpoints(settings: Settings) -> bool:
    """Tell whether this function's role in other accounts is the one that only Endpoints=keep makes."""
    return settings.spoke_role == f"{SPOKE_PREFIX}keep-endpoints"


def how_to_reach(where: Location, settings: Settings) -> str:
    """Return, in words, what to grant so that this function reaches the account of `where`."""
    role = role_arn(settings.partition, where.account_id, settings.spoke_role)
    guard = "aws:PrincipalOrgID = the hub's OrganizationId"
    if settings.external_id:
        guard = f"{guard} or, without an organization, sts:ExternalId = the hub's ExternalId"
    out = "remove the account from Accounts"
    if settings.organization:
        out = "do nothing if it is in another organization: other-side says what its owner must do"
    ways = f"; or {out}"
    if keeps_endpoints(settings):
        # A spoke that keeps no endpoints has no such role, and needs none.
        role, ways = f"{role} (only if Endpoints is keep there)", ""
    return (
        f"deploy spoke.yaml there (docs/adopt/fleet.md), which makes {role} "
        f"with the trust {trust_statement(settings)} and the condition {guard}{ways}"
    )
