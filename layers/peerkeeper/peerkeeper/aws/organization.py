"""Who the fleet is: the organization's accounts, and the status of each one's regions.

In: clients of Organizations and Account Management. Out: `Account`s; statuses by region, or None where they
could not be read. Every list is read to its last page or raises what botocore raises.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from peerkeeper.fleet_sweep.listing import Account, Statuses

if TYPE_CHECKING:
    from types_boto3_account import AccountClient
    from types_boto3_organizations import OrganizationsClient
    from types_boto3_organizations.type_defs import AccountTypeDef

RESERVE = 30.0
"""Seconds kept for what comes after the reads. An account that comes later counts as not read."""


def accounts_of(client: OrganizationsClient, units: Sequence[str]) -> Iterator[Account]:
    """Yield the accounts in these organizational units and below them; all accounts where there are none."""
    if not units:
        for page in client.get_paginator("list_accounts").paginate():
            yield from map(_account, page["Accounts"])
        return
    waiting, seen = deque(units), set[str]()
    while waiting:
        parent = waiting.popleft()
        if parent in seen:
            continue
        seen.add(parent)
        for accounts in client.get_paginator("list_accounts_for_parent").paginate(ParentId=parent):
            yield from map(_account, accounts["Accounts"])
        below = client.get_paginator("list_organizational_units_for_parent")
        for children in below.paginate(ParentId=parent):
            waiting.extend(unit["Id"] for unit in children["OrganizationalUnits"])


def _account(raw: AccountTypeDef) -> Account:
    """Return the account. `State` replaced `Status`; an older botocore has only `Status`.

    Source: Organizations API reference, data type Account.
    """
    state = raw.get("State") or raw.get("Status") or ""
    return Account(raw["Id"], state)


def region_statuses(
    client: AccountClient, own_account: str, remaining: Callable[[], float]
) -> Callable[[str], Statuses | None]:
    """Return what tells the status of an account's regions, None where that cannot be read.

    AWS shows another account's Regions only to the management account and to a delegated administrator. It
    refuses a caller who asks for the own account by its id. Source: Account Management API reference,
    ListRegions.
    """

    def statuses(account_id: str) -> Statuses | None:
        if remaining() < RESERVE:
            return None
        named = {} if account_id == own_account else {"AccountId": account_id}
        try:
            pages = client.get_paginator("list_regions").paginate(**named)  # type: ignore[arg-type]
            regions = [region for page in pages for region in page["Regions"]]
            return {region["RegionName"]: region["RegionOptStatus"] for region in regions}
        except (BotoCoreError, ClientError):
            return None

    return statuses
