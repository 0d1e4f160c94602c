"""The regions that are enabled in an account. In: access, an account. Out: names. One call an account."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.error_codes import trouble_from
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.reader.access import Access


def enabled(access: Access, account: str) -> tuple[str, ...] | Trouble:
    """Return the regions that the account has enabled, or what EC2 said instead.

    Source: EC2 API reference, DescribeRegions: without AllRegions it lists those enabled for the account.
    """
    client = access.client("ec2", account, access.logins[account].home)
    try:
        found = client.describe_regions()["Regions"]
    except (ClientError, BotoCoreError) as error:
        return trouble_from(error, "DescribeRegions")
    return tuple(sorted(str(one["RegionName"]) for one in found))
