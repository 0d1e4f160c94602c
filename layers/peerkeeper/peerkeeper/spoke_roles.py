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
PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
}
"""Partition by the start of a region's name; all others are of `aws`. Source: AWS General Reference, ARNs."""


def partition_of(region: str) -> str:
    """Return the partition that a region belongs to."""
    found = (name for start, name in PARTITIONS.items() if region.startswith(start))
    return next(found, "aws")


def spoke_role_arn(where: Location, role: str) -> str:
    """Return the ARN of our role in the account of `where`."""
    return f"arn:{partition_of(where.region)}:iam::{where.account_id}:role/{role}"


def trust_statement(settings: Settings) -> str:
    """Return the statement with which that role trusts this function, as JSON.

    The account's root with the role's ARN as a condition: IAM keeps a role named as principal by its unique
    id, and such trust is lost when the hub is made anew. Source: IAM User Guide, principal element.
    """
    partition = partition_of(settings.home_region)
    hub_role = HUB_PREFIX + settings.spoke_role.removeprefix(SPOKE_PREFIX)
    condition = {
        "ArnEquals": {
            "aws:PrincipalArn": f"arn:{partition}:iam::{settings.account}:role/{hub_role}"
        }
    }
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{partition}:iam::{settings.account}:root"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return json.dumps(statement)


def how_to_reach(where: Location, settings: Settings) -> str:
    """Return, in words, what to grant so that this function reaches the account of `where`."""
    guard = "aws:PrincipalOrgID = the hub's OrganizationId"
    if settings.external_id:
        guard = f"{guard} or, without an organization, sts:ExternalId = the hub's ExternalId"
    out = "take the account out of Accounts"
    if settings.organization:
        out = "if it is of another organization, leave it: other-side says what its owner must do"
    return (
        f"deploy spoke.yaml there (docs/fleet.md), which makes {spoke_role_arn(where, settings.spoke_role)} "
        f"with the trust {trust_statement(settings)} and the condition {guard}; or {out}"
    )
