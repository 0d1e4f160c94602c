"""AWS's partitions, as botocore knows them: no list of regions is kept here.

In: a region, a partition or an ARN. Out: a partition, a suffix of hosts. Source: botocore's endpoints and
partitions; AWS General Reference, ARNs.
"""

from functools import cache

from botocore.session import Session


@cache
def partition_of(region: str) -> str:
    """Return the partition of a region. Raises botocore's UnknownRegionError for a name that fits none."""
    return str(_session().get_partition_for_region(region))


@cache
def regions_of(partition: str) -> frozenset[str]:
    """Return the regions of a partition that have EC2."""
    resolver = _session().get_component("endpoint_resolver")
    return frozenset(map(str, resolver.get_available_endpoints("ec2", partition)))


@cache
def dns_suffix(partition: str) -> str:
    """Return what the names of the partition's hosts end in, as `AWS::URLSuffix` gives it."""
    resolver = _session().get_component("endpoint_resolver")
    return str(resolver.get_partition_dns_suffix(partition))


def partition_in(arn: str) -> str:
    """Return the partition that an ARN names."""
    return arn.split(":", 2)[1]


@cache
def _session() -> Session:
    return Session()
