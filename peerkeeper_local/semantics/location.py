"""Where a thing lives on AWS. In: account id and region. Never: credentials or endpoints."""

from typing import NamedTuple


class Location(NamedTuple):
    """An account (12 digits) in a region. Equal to the plain tuple (account, region)."""

    account: str
    region: str
