"""From EC2's replies to the values that reachability is judged by.

In: one resource as boto3 gives it. Out: an interface, a group, an ACL, or a subnet as the end of a question.
No writing function imports it, so their start does not pay for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.aws.parse import Raw, tags
from peerkeeper.values.ec2 import Location, Network, network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.interfaces import NetworkInterface
from peerkeeper.values.network_acls import AclEntry, NetworkAcl
from peerkeeper.values.security_groups import ANY, GroupRule, SecurityGroup

PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1, "icmpv6": 58}
"""The names that EC2 shows in place of numbers. Source: EC2 API, IpPermission."""


def subnet_networks(raw: Raw) -> tuple[Network, ...]:
    """Return the networks of a subnet, IPv4 first."""
    six = [
        one["Ipv6CidrBlock"]
        for one in raw.get("Ipv6CidrBlockAssociationSet") or ()
        if (one.get("Ipv6CidrBlockState") or {}).get("State", "associated") == "associated"
    ]
    return tuple(network(cidr) for cidr in (raw.get("CidrBlock"), *six) if cidr)


def subnet_ends(raw: Raw, where: Location) -> Iterator[Endpoint]:
    """Yield the subnet as the end of a question, once for each of its networks."""
    for one in subnet_networks(raw):
        yield Endpoint(
            where, raw["VpcId"], raw["SubnetId"], one, any_of_subnet=True, subnet_network=one
        )


def interface(raw: Raw, where: Location) -> NetworkInterface:
    """Return the network interface, its primary address first."""
    listed = raw.get("PrivateIpAddresses") or ()
    four = [raw.get("PrivateIpAddress"), *(one.get("PrivateIpAddress") for one in listed)]
    six = [one.get("Ipv6Address") for one in raw.get("Ipv6Addresses") or ()]
    # The model has a list of its own for an interface's tags: TagSet, not Tags.
    named = dict(tags({"Tags": raw.get("TagSet")}))
    return NetworkInterface(
        where,
        raw["NetworkInterfaceId"],
        raw.get("VpcId", ""),
        raw.get("SubnetId", ""),
        str(raw.get("OwnerId") or where.account_id),
        tuple(network(one) for one in dict.fromkeys((*four, *six)) if one),
        tuple(sorted(one["GroupId"] for one in raw.get("Groups") or ())),
        (raw.get("Attachment") or {}).get("InstanceId", ""),
        raw.get("InterfaceType", "interface"),
        raw.get("Description", ""),
        named.get("Name", ""),
    )


def security_group(raw: Raw, where: Location) -> SecurityGroup:
    """Return the security group, one rule for each other end that a permission names."""
    return SecurityGroup(
        where,
        raw["GroupId"],
        raw.get("VpcId", ""),
        str(raw.get("OwnerId") or where.account_id),
        raw.get("GroupName", ""),
        _rules(raw.get("IpPermissions") or ()),
        _rules(raw.get("IpPermissionsEgress") or ()),
    )


def network_acl(raw: Raw, where: Location) -> NetworkAcl:
    """Return the network ACL, its entries as the reply orders them."""
    return NetworkAcl(
        where,
        raw["NetworkAclId"],
        raw["VpcId"],
        str(raw.get("OwnerId") or where.account_id),
        bool(raw.get("IsDefault")),
        tuple(sorted(one["SubnetId"] for one in raw.get("Associations") or ())),
        tuple(_entry(one) for one in raw.get("Entries") or ()),
    )


def _rules(permissions: tuple[Raw, ...] | list[Raw]) -> tuple[GroupRule, ...]:
    return tuple(rule for permission in permissions for rule in rules_of(permission))


def rules_of(permission: Raw) -> Iterator[GroupRule]:
    """Yield one rule for each other end that the permission names."""
    number = protocol_number(permission["IpProtocol"])
    first, last = permission.get("FromPort", ANY), permission.get("ToPort", ANY)
    for key, member in (("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6")):
        for one in permission.get(key) or ():
            yield GroupRule(number, first, last, network(one[member]))
    for one in permission.get("PrefixListIds") or ():
        yield GroupRule(number, first, last, prefix_list=one["PrefixListId"])
    for one in permission.get("UserIdGroupPairs") or ():
        yield GroupRule(
            number,
            first,
            last,
            group_id=one.get("GroupId", ""),
            group_owner=one.get("UserId", ""),
            group_vpc=one.get("VpcId", ""),
            peering_id=one.get("VpcPeeringConnectionId", ""),
            peering_status=one.get("PeeringStatus", ""),
        )


def _entry(raw: Raw) -> AclEntry:
    ports, icmp = raw.get("PortRange"), raw.get("IcmpTypeCode")
    cidr = raw.get("CidrBlock") or raw["Ipv6CidrBlock"]
    return AclEntry(
        int(raw["RuleNumber"]),
        bool(raw["Egress"]),
        str(raw["RuleAction"]).lower() == "allow",
        protocol_number(raw["Protocol"]),
        network(cidr),
        (int(ports["From"]), int(ports["To"])) if ports else None,
        (int(icmp.get("Type", ANY)), int(icmp.get("Code", ANY))) if icmp else None,
    )


def protocol_number(shown: str) -> int:
    """Return the protocol's number. Raises ValueError for a name that no version of the model has."""
    return PROTOCOLS.get(shown) or int(shown)
