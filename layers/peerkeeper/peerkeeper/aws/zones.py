"""Route 53's replies as values. `observe` loads this file only if PrivateZones makes such a read.

In: a client of Route 53, a location, which share of the zones. Out: values. Errors: botocore's.

Route 53 takes five requests a second from an account, and `Pace` keeps to that. So a sweep looks at a share
of the zones, at most `AT_ONCE`. Each zone is looked at once in `sweeps` sweeps.
Source: Route 53 Developer Guide, quotas.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from math import ceil
from typing import Any

from peerkeeper.values.ec2 import Location
from peerkeeper.values.tag_keys import SHARE
from peerkeeper.values.tags import value_of
from peerkeeper.values.zones import HostedZone, ListedZone, ZonesOfAccount, ZonesOfVpc, ZoneVpc

BATCH = 10
"""Zones in one request for tags. Source: Route 53 API reference, ListTagsForResources."""
AT_ONCE = 50
"""Zones of an account that one sweep looks at: five requests for tags, and one for each zone with the tag."""


def of_account(client: Any, where: Location, turn: int) -> ZonesOfAccount:  # noqa: ANN401 - made at run time
    """Return the tagged private zones of the account, of the share whose turn it is."""
    pages = client.get_paginator("list_hosted_zones").paginate()
    names = {
        _short(raw["Id"]): raw["Name"]
        for page in pages
        for raw in page["HostedZones"]
        if raw["Config"]["PrivateZone"]
    }
    ids = sorted(names)
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    sweeps = shares(len(batches))
    mine = [batch for at, batch in enumerate(batches) if at % sweeps == turn % sweeps]
    zones = tuple(zone for batch in mine for zone in _tagged(client, where, batch, names))
    left = len(names) - sum(map(len, mine))
    return ZonesOfAccount(where, where.account_id, zones, left, sweeps)


def shares(batches: int) -> int:
    """Return into how many shares so many batches are divided: a number without a factor 2 or 3.

    A turn is five minutes long, and the sweep comes every 5, 10, 15, 30 or 60: no such step skips a share.
    """
    least = max(1, ceil(batches * BATCH / AT_ONCE))
    return next(number for number in count(least) if number % 2 and number % 3)


def of_vpc(client: Any, where: Location, vpc_id: str) -> ZonesOfVpc:  # noqa: ANN401 - made at run time
    """Return all zones that the VPC is associated with. botocore has no paginator for this operation.

    Zones that reach the VPC by a Route 53 Profile are not among them. Source: Route 53 API reference.
    """
    asked = {"VPCId": vpc_id, "VPCRegion": where.region}
    zones: list[ListedZone] = []
    while True:
        reply = client.list_hosted_zones_by_vpc(**asked)
        zones += [_listed(raw) for raw in reply["HostedZoneSummaries"]]
        token = reply.get("NextToken")
        if not token or token == asked.get("NextToken"):
            return ZonesOfVpc(where, vpc_id, tuple(zones))
        asked["NextToken"] = token


def _tagged(
    client: Any,  # noqa: ANN401 - made at run time
    where: Location,
    ids: list[str],
    names: dict[str, str],
) -> Iterator[HostedZone]:
    reply = client.list_tags_for_resources(ResourceType="hostedzone", ResourceIds=ids)
    for one in reply["ResourceTagSets"]:
        tags = tuple(sorted((tag["Key"], tag["Value"]) for tag in one.get("Tags") or ()))
        if not tags:
            continue
        zone_id = _short(one["ResourceId"])
        shown: list[Any] = []
        if value_of(tags, SHARE) is not None:
            shown = client.get_hosted_zone(Id=zone_id).get("VPCs") or []
        vpcs = frozenset(ZoneVpc(raw["VPCRegion"], raw["VPCId"]) for raw in shown)
        yield HostedZone(where, zone_id, names[zone_id], tags, vpcs)


def _listed(raw: Any) -> ListedZone:  # noqa: ANN401 - a reply
    owner = raw["Owner"]
    account, service = owner.get("OwningAccount"), owner.get("OwningService")
    return ListedZone(raw["HostedZoneId"], raw["Name"], account or service or "", not account)


def _short(zone_id: str) -> str:
    """Return the id without `/hostedzone/`, which some replies put before it."""
    return zone_id.rpartition("/")[2]
