"""A table whose route to a deleted peering holds the new peering's CIDR: explain says so."""

from dataclasses import replace

import pytest
from peerkeeper.settings import Mode

from peerkeeper_cli.explain.explanation import explain
from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    TOKYO,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)


@pytest.fixture
def explained():
    """Tokyo is done; in Seoul the old peering's dead route is there, and nothing may be deleted."""
    sides = [
        replace(side, allows_remote_dns=True) for side in (peering().requester, peering().accepter)
    ]
    seen = snapshot(
        *(replace(peering(at), requester=sides[0], accepter=sides[1]) for at in (SEOUL, TOKYO)),
        *(peering(at, "deleted", id=OLD_PCX) for at in (SEOUL, TOKYO)),
        vpc(SEOUL),
        vpc(TOKYO),
        table(SEOUL, route("172.31.0.0/16", OLD_PCX, blackhole=True)),
        table(TOKYO, route("10.39.0.0/16", PCX)),
    )
    return explain(PCX, seen, settings(mode=Mode.ADD_ONLY))


def test_a_table_with_a_dead_route_in_the_way_is_named(explained):
    assert [line for line in explained.lines if SEOUL_TABLE in str(line)]


def test_a_peering_with_a_dead_route_in_the_way_is_not_clear(explained):
    assert not explained.clear
