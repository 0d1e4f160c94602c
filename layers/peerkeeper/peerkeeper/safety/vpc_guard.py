"""The guard's last look at a setting of a VPC or of a subnet.

In: the change, what was seen, settings. Out: which promise of `guard.py` it would break, or None.
"""

from __future__ import annotations

from peerkeeper.settings import EnforceIn, Settings, SubnetPublicIp, VpcDns
from peerkeeper.values.changes import EnableDnsHostnames, EnableDnsSupport, SetMapPublicIpOnLaunch
from peerkeeper.values.ec2 import Subnet
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import DNS, PUBLIC_IP
from peerkeeper.values.tags import Wish, is_exempt, takes_part, wish


def refusal_to_set_vpc(
    change: EnableDnsSupport | EnableDnsHostnames, seen: Snapshot, settings: Settings
) -> str | None:
    """Return why the DNS attribute of the VPC may not be set."""
    vpc = seen.vpcs.get((change.location, change.vpc_id))
    if not vpc or vpc.owner_id != change.location.account_id or is_exempt(vpc.tags):
        return "S5: the VPC is not ours, or is exempt"
    asked = wish(vpc.tags, DNS)
    everywhere = settings.enforce_in is EnforceIn.ALL
    consents = asked is Wish.ENFORCE or (
        asked is Wish.UNSAID and (everywhere or takes_part(vpc.tags))
    )
    if settings.vpc_dns is not VpcDns.ENFORCE or not consents:
        return "S8: nothing lets us set DNS of this VPC"
    return None


def refusal_to_set_subnet(
    change: SetMapPublicIpOnLaunch, seen: Snapshot, settings: Settings
) -> str | None:
    """Return why public IP on launch of the subnet may not be set."""
    subnet = seen.subnets.get((change.location, change.subnet_id))
    if not subnet or subnet.owner_id != change.location.account_id or is_exempt(subnet.tags):
        return "S5: the subnet is not ours, or is exempt"
    vpc = seen.vpcs.get((change.location, subnet.vpc_id))
    if not vpc or is_exempt(vpc.tags):
        return "S5: the subnet's VPC was not read, or is exempt"
    asked, everywhere = wish(vpc.tags, PUBLIC_IP), settings.enforce_in is EnforceIn.ALL
    if asked is Wish.LEAVE or not (everywhere or asked is Wish.ENFORCE):
        return "S8: nothing lets us set public IP in this VPC"
    match settings.subnet_public_ip:
        case SubnetPublicIp.NEVER:
            return "S8: SubnetPublicIp never turns it on" if change.value else None
        case SubnetPublicIp.LEAVE:
            return "S8: SubnetPublicIp leaves it"
        case policy:
            if change.value and policy is not SubnetPublicIp.MATCH_INTERNET_ROUTE:
                return "S8: SubnetPublicIp does not turn it on"
            return _seen_twice(change, seen, subnet)


def _seen_twice(change: SetMapPublicIpOnLaunch, seen: Snapshot, subnet: Subnet) -> str | None:
    """Return why the switch does not rest on two looks at the table that routes the subnet now."""
    tables = [table for table in seen.route_tables.values() if table.vpc_id == subnet.vpc_id]
    own = [table.id for table in tables if subnet.id in table.subnet_ids]
    if not own and seen.has_read_tables(change.location, subnet.vpc_id):
        own = [table.id for table in tables if table.main]
    told = [one for one in seen.seen_before if one.subnet_id == subnet.id]
    twice = any(
        (one.location, [one.table_id], one.leads) == (change.location, own, change.value)
        for one in told
    )
    return None if twice else "S8: no earlier look saw the same of this subnet"
