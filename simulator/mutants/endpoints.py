"""Seeded bugs in what is added to VPC endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from peerkeeper.aws import apply
from peerkeeper.planning import private_dns, wanted_tables
from peerkeeper.planning.rules import endpoint_private_dns, endpoint_tables
from peerkeeper.planning.serving_tables import serves
from peerkeeper.reading import keep
from peerkeeper.values.changes import AddEndpointTable

from simulator.mutants.registry import mutant, no_guard, patched


@mutant("tables-unasked", "an endpoint without a tag is put in every private table")
def _tables_unasked() -> Iterator[None]:
    real = wanted_tables.tables_wanted

    def wanted(seen: Any, endpoint: Any) -> str:
        return real(seen, endpoint) or ("private" if endpoint.kind == "gateway" else "")

    places = (wanted_tables, endpoint_tables)
    return patched(*(patch.object(each, "tables_wanted", wanted) for each in places), no_guard())


@mutant(
    "takes-anothers-table", "a table that has another endpoint of the service gets this one, too"
)
def _takes_anothers_table() -> Iterator[None]:
    free = wanted_tables.Standing.MISSING
    return patched(patch.object(wanted_tables, "_standing", lambda *_: (free, "")), no_guard())


@mutant("public-as-private", "private means every table, also those that lead to the internet")
def _public_as_private() -> Iterator[None]:
    def wanted(seen: Any, endpoint: Any) -> Iterator[Any]:
        if not wanted_tables.tables_wanted(seen, endpoint):
            return iter(())
        tables = seen.tables_of(endpoint.location, endpoint.vpc_id)
        return (table for table in tables if serves(table, seen))

    return patched(patch.object(wanted_tables, "_wanted", wanted), no_guard())


@mutant("resets-the-policy", "the call that adds a table also resets the endpoint's policy")
def _resets_the_policy() -> Iterator[None]:
    def sent(clients: Any, change: Any) -> None:
        more: dict[str, Any] = {"PrivateDnsEnabled": True}
        if isinstance(change, AddEndpointTable):
            table = change.route_table_id
            more = {"AddRouteTableIds": [table], "ResetPolicy": True}
        clients.ec2(change.location).modify_vpc_endpoint(VpcEndpointId=change.endpoint_id, **more)

    return patched(patch.object(apply, "_add_to_endpoint", sent))


@mutant("dns-unasked", "private DNS of every endpoint is turned on")
def _dns_unasked() -> Iterator[None]:
    def wants(endpoint: Any) -> bool:
        return bool(endpoint.kind == "interface")

    return patched(
        patch.object(private_dns, "wants_private_dns", wants),
        patch.object(endpoint_private_dns, "wants_private_dns", wants),
        patch.object(keep, "wants_private_dns", wants),
        no_guard(),
    )
