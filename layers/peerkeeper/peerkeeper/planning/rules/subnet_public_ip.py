"""Keep a subnet's public IP on launch in step with its route to the internet. Never decided by a tag.

    SubnetPublicIp          0.0.0.0/0 to an internet gateway    on launch should be
    match-internet-route    yes                                 on
    match-internet-route    no                                  off
    off-where-private       yes                                 as it is
    off-where-private       no                                  off
    never                   any                                 off
    leave                   any                                 as it is

Where the subnet's table cannot be known from what was read, only `never` decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.settings import Settings, SubnetPublicIp
from peerkeeper.values.changes import SetMapPublicIpOnLaunch
from peerkeeper.values.ec2 import RouteTable, Subnet
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tags import is_exempt


def subnet_public_ip(seen: Snapshot, settings: Settings) -> Iterator[SetMapPublicIpOnLaunch]:
    """Yield the subnets whose public IP on launch is not as the setting wants it."""
    for subnet in seen.subnets.values():
        ours = subnet.owner_id == subnet.location.account_id and not is_exempt(subnet.tags)
        if not ours or seen.is_exempt(subnet.location, subnet.vpc_id) is not False:
            continue
        wanted, why = _wanted(seen, settings.subnet_public_ip, subnet)
        if wanted is not None and wanted is not subnet.maps_public_ip:
            yield SetMapPublicIpOnLaunch(subnet.location, subnet.id, wanted, reason=why)


def _wanted(seen: Snapshot, policy: SubnetPublicIp, subnet: Subnet) -> tuple[bool | None, str]:
    if policy is SubnetPublicIp.NEVER:
        return False, "SubnetPublicIp is never"
    table = seen.effective_table(subnet)
    if policy is SubnetPublicIp.LEAVE or table is None:
        return None, ""
    if reaches_internet(table):
        on = True if policy is SubnetPublicIp.MATCH_INTERNET_ROUTE else None
        return on, f"{table.id} sends 0.0.0.0/0 to an internet gateway"
    return False, f"{table.id} has no route to an internet gateway"


def reaches_internet(table: RouteTable) -> bool:
    """Tell whether the table sends 0.0.0.0/0 to an internet gateway that is there."""
    return any(
        str(route.destination) == "0.0.0.0/0"
        and route.target.startswith("igw-")
        and not route.blackhole
        for route in table.routes
    )
