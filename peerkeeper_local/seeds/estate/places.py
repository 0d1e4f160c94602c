"""Where the estate lies, and the parameters of a hub that manages it. Values only."""

from __future__ import annotations

from datetime import timedelta

from peerkeeper_local.seeds.looked_after import HUB_ACCOUNT

SEOUL, TOKYO, DUBLIN = REGIONS = ("ap-northeast-2", "ap-northeast-1", "eu-west-1")
APPS, DATA, LABS = SPOKES = ("444455556666", "222233334444", "555566667777")
"""The accounts that the hub manages with spokes."""
ACCOUNTS = (HUB_ACCOUNT, *SPOKES)
PARTNER, VENDOR = FOREIGN = ("888899990000", "999900001111")
"""Accounts of other companies: the estate has no credentials for them."""
PARAMETERS = {
    "Mode": "observe",
    "Regions": ",".join(REGIONS),
    "Accounts": ",".join(SPOKES),
    "ExternalId": "made-up-for-a-trial",
    "AllowedAccounts": ",".join(ACCOUNTS),
}
"""The parameters of template.yaml that go with the estate: it is there to be looked at first."""
PAST = timedelta(days=8)
"""How long ago the first VPC was made: long enough for requests to expire and peerings to be forgotten."""
IDS = 20_260_302
"""What the ids of the estate are drawn from: each build has the same ones."""
