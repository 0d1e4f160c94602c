"""Keep a subnet's public IPv4 on launch in step with its way to the internet, where its VPC's tags ask.

    SubnetPublicIp          the subnet's table leads to the internet    on launch should be
    off-where-private       yes                                         as it is
    off-where-private       no                                          off
    match-internet-route    yes                                         on
    match-internet-route    no                                          off
    off-…, match-…          not known, or the table is not              as it is
    never                   any                                         off
    leave                   any                                         as it is

    it should be otherwise, and                                         verdict
    SubnetPublicIp is never                                             SetMapPublicIpOnLaunch
    the mode does not let us                                            SetMapPublicIpOnLaunch: it is reported
    an earlier look, five minutes ago, saw the same table and answer    SetMapPublicIpOnLaunch
    no earlier look did                                                 look a second time, in five minutes

Tools associate a table seconds after they make a subnet, and add its default route after that. So one look
may see a subnet that is not ready. An IPv6-only subnet is left, and so is a VPC whose tags do not ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.planning.consent import sets_public_ip
from peerkeeper.planning.internet import leads_to_internet
from peerkeeper.safety.guard import allowed_by
from peerkeeper.settings import Settings, SubnetPublicIp
from peerkeeper.values.changes import SetMapPublicIpOnLaunch
from peerkeeper.values.ec2 import Subnet
from peerkeeper.values.scope import Deferral, Function, Hint
from peerkeeper.values.snapshot import Sight, Snapshot
from peerkeeper.values.tags import is_exempt

SHOULD: dict[SubnetPublicIp, dict[bool, bool]] = {
    SubnetPublicIp.OFF_WHERE_PRIVATE: {False: False},
    SubnetPublicIp.MATCH_INTERNET_ROUTE: {True: True, False: False},
}
"""Whether it should be on, by whether the subnet's table leads to the internet."""


def subnet_public_ip(
    seen: Snapshot, settings: Settings
) -> Iterator[SetMapPublicIpOnLaunch | Deferral]:
    """Yield the subnets whose public IP on launch is not as the setting wants it."""
    for subnet in seen.subnets.values():
        vpc = seen.vpcs.get((subnet.location, subnet.vpc_id))
        ours = subnet.owner_id == subnet.location.account_id and not is_exempt(subnet.tags)
        if not vpc or not ours or subnet.ipv6_only or not sets_public_ip(vpc.tags, settings):
            continue
        if settings.subnet_public_ip is SubnetPublicIp.NEVER:
            if subnet.maps_public_ip:
                reason = "SubnetPublicIp is never"
                yield SetMapPublicIpOnLaunch(subnet.location, subnet.id, False, reason=reason)
        else:
            yield from _by_route(seen, settings, subnet)


def _by_route(
    seen: Snapshot, settings: Settings, subnet: Subnet
) -> Iterator[SetMapPublicIpOnLaunch | Deferral]:
    table = seen.effective_table(subnet)
    leads = leads_to_internet(table) if table else None
    if not table or leads is None:
        return
    wanted = SHOULD[settings.subnet_public_ip].get(leads)
    if wanted is None or wanted is subnet.maps_public_ip:
        return
    way = "leads" if leads else "does not lead"
    change = SetMapPublicIpOnLaunch(
        subnet.location, subnet.id, wanted, reason=f"{table.id} {way} to the internet"
    )
    sight = Sight(subnet.location, subnet.id, table.id, leads)
    if sight in seen.seen_before or not allowed_by(settings.mode, change):
        yield change
    else:
        hint = Hint(subnet.location, subnet.id, subnet.vpc_id)
        why = f"{table.id} of {subnet.id} {way} to the internet; a second look comes before the switch"
        yield Deferral(Function.CONFIGURE, hint, why, sight=sight)
