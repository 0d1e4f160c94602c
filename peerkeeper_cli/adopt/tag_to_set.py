"""One tag that the owner of a resource is to set. In: tags. Out: `TagToSet`, and a snapshot that has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from peerkeeper.values.ec2 import Location, PeeringConnection, RouteTable, Vpc
from peerkeeper.values.snapshot import Key, Snapshot
from peerkeeper.values.tags import with_tag

R = TypeVar("R", PeeringConnection, Vpc, RouteTable)


@dataclass(frozen=True, slots=True, order=True)
class TagToSet:
    """A tag, and why it is needed."""

    location: Location
    resource: str
    key: str
    value: str
    why: str
    before: str = ""
    """The value that it takes the place of; empty where there is no such tag."""
    admits: str = ""
    """What else it admits, or empty for nothing."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "account": self.location.account_id,
            "region": self.location.region,
            "resource": self.resource,
            "key": self.key,
            "value": self.value,
            "before": self.before,
            "why": self.why,
            "admits": self.admits,
        }


def with_tags(seen: Snapshot, tags: Iterable[TagToSet]) -> Snapshot:
    """Return the snapshot as it is once these tags are set."""
    tags = [*tags]
    return replace(
        seen,
        peerings=_tagged(seen.peerings, tags),
        vpcs=_tagged(seen.vpcs, tags),
        route_tables=_tagged(seen.route_tables, tags),
    )


def _tagged(held: Mapping[Key, R], tags: Iterable[TagToSet]) -> Mapping[Key, R]:
    changed = dict(held)
    for tag in tags:
        key = (tag.location, tag.resource)
        if key in changed:
            one = changed[key]
            changed[key] = replace(one, tags=with_tag(one.tags, tag.key, tag.value))
    return changed
