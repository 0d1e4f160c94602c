"""Names of resources, for people: the tag Name, quoted, after the id. In: a snapshot. Out: words.

What a tag may show:

    the tag Name                          shown
    none, or blank                        nothing
    shaped like an id or an account       nothing: it could pass for another resource
    anything else                         in quotes, on one line, cut where it is long
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.values.ec2 import Location, Network, PeeringConnection, Tags
from peerkeeper.values.people_tags import name_said, owner_said
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.page.shown import shown

MOST = 40
"""Characters of a name."""


def name_in(tags: Tags) -> str:
    """Return the name as it may be shown; empty where there is none, or it must not be."""
    said = name_said(tags)
    return shown(said, MOST) if said else ""


def owner_in(tags: Tags) -> str:
    """Return what the first of the owner's tags says; `people_tags` has the keys."""
    said = owner_said(tags)
    return shown(said, MOST) if said else ""


def names_of(seen: Snapshot) -> dict[str, str]:
    """Return the names of all VPCs, subnets, tables and peerings that have one, by id, in order."""
    held = (seen.vpcs, seen.subnets, seen.route_tables, seen.peerings)
    found = {id_: name_in(one.tags) for each in held for (_, id_), one in each.items()}
    return {id_: name for id_, name in sorted(found.items()) if name}


def name_of_peering(views: Iterable[PeeringConnection]) -> str:
    """Return the name of a peering: the first that a view of it has, since each side has its own tags."""
    return next((name for view in views if (name := name_in(view.tags))), "")


class Names:
    """Ids with their names, as one snapshot shows them."""

    def __init__(self, seen: Snapshot) -> None:
        """Take the snapshot."""
        self._seen = seen

    def name(self, where: Location, id_: str) -> str:
        """Return the name of a VPC, subnet, table or peering; empty where it has none."""
        held = (self._seen.vpcs, self._seen.subnets, self._seen.route_tables, self._seen.peerings)
        found = next((one[where, id_] for one in held if (where, id_) in one), None)
        return name_in(found.tags) if found else ""

    def said(self, where: Location, id_: str) -> str:
        """Return the id, and the name after it."""
        name = self.name(where, id_)
        return f'{id_} "{name}"' if name else id_

    def cidrs(self, where: Location, vpc_id: str, shown: tuple[Network, ...] = ()) -> str:
        """Return the networks of a VPC, as it was read or else as its peering shows them."""
        vpc = self._seen.vpcs.get((where, vpc_id))
        return ", ".join(map(str, vpc.cidrs if vpc else shown))
