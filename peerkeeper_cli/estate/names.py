"""Names of resources, for people: the tag Name, quoted, after the id. In: a snapshot. Out: words.

What a tag may show:

    the tag Name                          shown
    none, or blank                        nothing
    shaped like an id or an account       nothing: it could pass for another resource
    anything else                         in quotes, on one line, cut where it is long
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from peerkeeper.values.ec2 import Location, Network, PeeringConnection, Tags
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import value_of

from peerkeeper_cli.page.shown import shown

LIKE_AN_ID = re.compile(r"\s*(?:[a-z]+-[0-9a-f]{8,17}|[0-9]{12}|arn:.*)\s*", re.IGNORECASE)
MOST = 40
"""Characters of a name."""
OWNERS = ("Owner", "owner", "Team", "team")


def name_in(tags: Tags) -> str:
    """Return the name as it may be shown; empty where there is none, or it must not be."""
    said = (value_of(tags, "Name") or "").strip()
    return "" if not said or LIKE_AN_ID.fullmatch(said) else shown(said, MOST)


def owner_in(tags: Tags) -> str:
    """Return the first of the owner's tags that is there."""
    said = (value_of(tags, key) for key in OWNERS)
    return next((shown(one, MOST) for one in said if one and one.strip()), "")


def names_of(seen: Snapshot) -> dict[str, str]:
    """Return the names of all VPCs, subnets, tables and peerings that have one, by id, in order."""
    held = (seen.vpcs, seen.subnets, seen.route_tables, seen.peerings)
    found = {id_: name_in(one.tags) for each in held for (_, id_), one in each.items()}
    return {id_: name for id_, name in sorted(found.items()) if name}


def name_of_peering(views: Iterable[PeeringConnection]) -> str:
    """Return the name of a peering: the first that a view of it has, since each side has tags of its own."""
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
