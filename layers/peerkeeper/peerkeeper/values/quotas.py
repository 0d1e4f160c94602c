"""Quotas of a location that routes and peerings use up, as values.

In: nothing. Out: `Quota`, `QuotaValue`. Source: Service Quotas, service `vpc`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from peerkeeper.values.ec2 import Location


class Quota(StrEnum):
    """The quotas that Peerkeeper counts against."""

    ROUTES = "L-93826ACB"
    """Routes of a table that were not propagated; IPv4 and IPv6 count apart."""
    PEERINGS = "L-7E9ECCDB"
    """Active peerings of a VPC."""
    REQUESTS = "L-DC9F7029"
    """Outstanding requests, counted in the account that made them."""


@dataclass(frozen=True, slots=True)
class QuotaValue:
    """The value in force for an account in a Region. Its `id` is the quota's code."""

    location: Location
    id: str
    value: int
