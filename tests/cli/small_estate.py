"""A small estate of values, for tests of what is shown. In: a snapshot. Out: `Estate`, without any call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.reader.read_estate import Reading
from tests.builders import SEOUL, TOKYO, peering, settings, snapshot, table, vpc

NOW = 1_800_000_000.0
SAID = "the hub in 111122223333/ap-northeast-2"


class NoCalls:
    """Whoever asks more than was read is a fault of the test."""

    def __call__(self, groups, /):
        raise AssertionError(groups)

    def done_with(self, account, /):
        raise AssertionError(account)


def estate_of(seen: Snapshot, **changed: Any) -> Estate:
    """Return the estate of a snapshot, by settings that look after both locations."""
    said = settings(**changed)
    seen = replace(seen, now=NOW)
    read = {*seen.done, *seen.unread}
    read |= {each for where in (SEOUL, TOKYO) for each in _dns(seen, where)}
    reading = Reading(seen, said, asked=frozenset(read))
    return Estate(reading, said, SAID, frozenset({SEOUL, TOKYO}), NoCalls(), said.locations)


def _dns(seen, where):
    from peerkeeper.values.reads import By, Describe, Read

    for kind in (Describe.DNS_HOSTNAMES, Describe.DNS_SUPPORT):
        yield from (Read(where, kind, By.VPC, one.id) for one in seen.vpcs.values())


def named(resource, name):
    """Return the resource with a tag Name."""
    return replace(resource, tags=(*resource.tags, ("Name", name)))


def asked_for(**changed: Any) -> Snapshot:
    """Return a request of Seoul to Tokyo, agreed to on both sides, tables empty."""
    status = "pending-acceptance"
    views = (peering(SEOUL, status), peering(TOKYO, status))
    resources = (vpc(SEOUL), vpc(), table(SEOUL), table())
    return snapshot(*resources, *changed.pop("views", views), **changed)
