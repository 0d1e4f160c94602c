"""Gateway endpoints by their tables: those that the endpoint's own tag wants, and endpoints with none.

    tag peerkeeper:endpoint-tables    its tables (see `wanted_tables`)           verdict
    private, all                      some are missing, Endpoints=keep           AddEndpointTable, each
    private, all                      some are missing, any other case           endpoint-table-missing
    private, all                      some have, or are wanted by, another one   endpoint-twice
    any                               it has none, and none is missing           endpoint-unused
    any                               any other                                  none
    private, all                      the endpoint is pending                    look again later

With Endpoints=keep, a missing table that is tagged `peerkeeper:routes=report` is a finding, too: somebody
else owns it. Peerkeeper creates and deletes no endpoint. It leaves an endpoint that is not available.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.wanted_tables import (
    Standing,
    WantedTable,
    is_ours,
    look_again,
    tables_wanted,
    wanted_tables,
)
from peerkeeper.settings import Endpoints, Settings
from peerkeeper.values.aws_commands import aws_ec2
from peerkeeper.values.changes import AddEndpointTable
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.scope import Deferral
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import ENDPOINT_TABLES
from peerkeeper.values.tags import takes_routes
from peerkeeper.values.vpc_endpoints import GATEWAY, VpcEndpoint

MOST = 5
"""Tables that a message names."""
MOST_IN_A_COMMAND = 20


def endpoint_tables(
    seen: Snapshot, settings: Settings
) -> Iterator[AddEndpointTable | Finding | Deferral]:
    """Yield the tables that each of our gateway endpoints lacks, and what a person should know of it."""
    for endpoint in seen.vpc_endpoints.values():
        read = seen.has_read_tables(endpoint.location, endpoint.vpc_id)
        if endpoint.kind == GATEWAY and read and is_ours(seen, endpoint):
            yield from _of(seen, settings, endpoint)
        elif tables_wanted(seen, endpoint):
            yield from look_again(seen, settings, endpoint)


def _of(
    seen: Snapshot, settings: Settings, endpoint: VpcEndpoint
) -> Iterator[AddEndpointTable | Finding]:
    wanted = sorted(wanted_tables(seen, endpoint), key=lambda one: one.table.id)
    missing = [one.table for one in wanted if one.standing is Standing.MISSING]
    keeps = settings.endpoints is Endpoints.KEEP
    told = [one.id for one in missing if not (keeps and takes_routes(one.tags))]
    twice = [one for one in wanted if one.standing in (Standing.TAKEN, Standing.CONTESTED)]
    for table in missing:
        if table.id not in told:
            reason = (
                f"{endpoint.id} wants {tables_wanted(seen, endpoint)} tables of {endpoint.vpc_id}"
            )
            yield AddEndpointTable(endpoint.location, endpoint.id, table.id, reason=reason)
    if told:
        yield _missing(seen, endpoint, told)
    if twice:
        yield _twice(endpoint, twice)
    if not endpoint.table_ids and not missing:
        words = (
            f"{endpoint.id} ({endpoint.service}) is in no route table of {endpoint.vpc_id}. No traffic "
            f"uses it. If it belongs in some tables, set the tag {ENDPOINT_TABLES} on it to private or all"
        )
        yield Finding(Code.ENDPOINT_UNUSED, endpoint.location, endpoint.id, words)


def _missing(seen: Snapshot, endpoint: VpcEndpoint, tables: list[str]) -> Finding:
    said = tables_wanted(seen, endpoint)
    named = " ".join(tables[:MOST_IN_A_COMMAND])
    command = aws_ec2(
        "modify-vpc-endpoint",
        endpoint.location.region,
        f"--vpc-endpoint-id {endpoint.id} --add-route-table-ids {named}",
    )
    remedy = Remedy(f"to add it there: {command}")
    words = (
        f"{endpoint.id} ({endpoint.service}) has the tag {ENDPOINT_TABLES}={said}, and these tables lack it: "
        f"{first_of(tables, MOST)}. Their traffic to the service takes another way. To add a table ends the "
        f"connections to the service that are open from its subnets; {remedy.clause}"
    )
    return Finding(Code.ENDPOINT_TABLE, endpoint.location, endpoint.id, words, remedy=remedy)


def _twice(endpoint: VpcEndpoint, twice: list[WantedTable]) -> Finding:
    listed = first_of((f"{one.table.id} ({one.other})" for one in twice), MOST)
    words = (
        f"{endpoint.id} has the tag {ENDPOINT_TABLES}, and another way to {endpoint.service} has or wants "
        f"the same tables: {listed}. A table takes one. Remove the tag from one of them, or take the table "
        "from the other"
    )
    return Finding(Code.ENDPOINT_TWICE, endpoint.location, endpoint.id, words)
