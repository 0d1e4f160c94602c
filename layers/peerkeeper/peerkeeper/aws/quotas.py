"""Service Quotas' replies as values. `observe` loads this file only if QuotaCheck makes such a read.

In: a client of Service Quotas, or one prefix list as botocore gives it. Out: values. Errors: botocore's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peerkeeper.aws.parse import Raw
from peerkeeper.values.ec2 import Location, PrefixList
from peerkeeper.values.quotas import Quota, QuotaValue

CLOUDFRONT = 55
"""Routes that CloudFront's list counts for; AWS's other lists count for one each, or for their MaxEntries.
Source: VPC User Guide, AWS-managed prefix lists, weight."""


def in_force(client: Any, where: Location) -> Iterator[QuotaValue]:  # noqa: ANN401 - made at run time
    """Yield each quota that we count: the applied value, else the default one.

    A quota may have only a default value. Source: Service Quotas API, ListServiceQuotas.
    """
    pages = client.get_paginator("list_service_quotas").paginate(ServiceCode="vpc")
    applied = {one["QuotaCode"]: one["Value"] for page in pages for one in page["Quotas"]}
    for quota in Quota:
        value = applied.get(quota.value)
        if value is None:
            reply = client.get_aws_default_service_quota(ServiceCode="vpc", QuotaCode=quota.value)
            value = reply["Quota"]["Value"]
        yield QuotaValue(where, quota.value, int(value))


def size_of(raw: Raw, where: Location) -> PrefixList:
    """Return the prefix list with the routes that it counts for, and without its entries."""
    of_aws = raw.get("OwnerId") == "AWS"
    weight = CLOUDFRONT if of_aws and "cloudfront" in raw.get("PrefixListName", "") else 1
    six = raw.get("AddressFamily") == "IPv6"
    most = int(raw.get("MaxEntries") or weight)
    return PrefixList(where, raw["PrefixListId"], of_aws=of_aws, most=most, ipv6=six)
