"""How `keep_endpoints` looks: the endpoints of a VPC, then what the tagged ones of them rest on.

In: a hint, what was seen. Out: `Read`s. A VPC without a tagged endpoint costs one call, or two if the hint is
a table.

    what was seen                                          is read next
    an endpoint or a table that a hint names               all endpoints of its VPC
    a gateway endpoint that wants tables                   its VPC, with tables and subnets
    an interface endpoint that wants private DNS, off      its VPC, with DNS hostnames
    a table that names prefix lists                        which lists AWS owns, once a Region and process
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.planning.private_dns import wants_private_dns
from peerkeeper.planning.wanted_tables import tables_wanted
from peerkeeper.reading.what_to_read import vpc_with_subnets
from peerkeeper.settings import Settings
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.snapshot import Snapshot


class KeepReads:
    """See `WhatToRead`."""

    def first(self, hint: Hint) -> Iterator[Read]:
        """Yield the reads that need only the hint."""
        where = hint.location
        vpc_id = hint.id if hint.kind == "vpc" else hint.vpc_id
        if not hint.id:
            yield Read(where, Describe.VPC_ENDPOINTS)
        elif vpc_id:
            yield Read(where, Describe.VPC_ENDPOINTS, By.VPC, vpc_id)
        elif hint.kind == "vpce":
            yield Read(where, Describe.VPC_ENDPOINTS, By.ENDPOINT, hint.id)
        if hint.kind == "rtb":  # also with its VPC: the event says that the table is there by now
            yield Read(where, Describe.ROUTE_TABLES, By.ROUTE_TABLE, hint.id)

    def follow(self, seen: Snapshot, hints: Iterable[Hint], settings: Settings) -> Iterator[Read]:
        """Yield the endpoints of the hinted VPCs, and what the tagged ones need."""
        for hint in hints:
            key = (hint.location, hint.id)
            named = seen.vpc_endpoints.get(key) or seen.route_tables.get(key)
            if named:
                yield Read(hint.location, Describe.VPC_ENDPOINTS, By.VPC, named.vpc_id)
        for endpoint in seen.vpc_endpoints.values():
            where, vpc_id = endpoint.location, endpoint.vpc_id
            if tables_wanted(seen, endpoint):
                yield from vpc_with_subnets(where, vpc_id)
            if wants_private_dns(endpoint) and not endpoint.private_dns:
                yield Read(where, Describe.VPCS, By.VPC, vpc_id)
                yield Read(where, Describe.DNS_HOSTNAMES, By.VPC, vpc_id)
        for table in seen.route_tables.values():
            if table.prefix_lists:
                yield Read(table.location, Describe.AWS_PREFIX_LISTS)
