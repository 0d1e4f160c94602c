"""From replies of EC2 and Route 53 to what a teardown sees. In: a resource of a reply. Out: values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address

from peerkeeper.values.ec2 import Location
from peerkeeper.values.zones import ZoneVpc

from peerkeeper_cli.teardown.reading.asking import Raw
from peerkeeper_cli.teardown.seen.contents import (
    Address,
    Endpoint,
    Instance,
    Interface,
    NatGateway,
)
from peerkeeper_cli.teardown.seen.group import Group, GroupReference
from peerkeeper_cli.teardown.seen.zone import Zone

SCALING = "aws:autoscaling:groupName"
"""The tag by which an Auto Scaling group marks its instances. Source: EC2 Auto Scaling user guide, tags."""
ENDED = frozenset({"deleted", "failed"})
"""States of NAT gateways that hold nothing any more. Source: VPC User Guide, NAT gateways."""
ADDRESSES = frozenset({"A", "AAAA"})


def instance(raw: Raw, *, protected: bool) -> Instance:
    """Return an instance."""
    tags = {tag["Key"]: tag.get("Value", "") for tag in raw.get("Tags") or ()}
    going = raw["State"]["Name"] == "shutting-down"
    return Instance(raw["InstanceId"], protected, tags.get(SCALING, ""), going)


def nat_gateways(raw: Iterable[Raw]) -> Iterator[NatGateway]:
    """Yield the gateways that still hold an address or a subnet."""
    for one in raw:
        if one["State"] in ENDED:
            continue
        held = one.get("NatGatewayAddresses") or ()
        yield NatGateway(
            one["NatGatewayId"],
            one["State"] == "deleting",
            frozenset(each["AllocationId"] for each in held if each.get("AllocationId")),
            frozenset(
                each["NetworkInterfaceId"] for each in held if each.get("NetworkInterfaceId")
            ),
        )


def endpoints(raw: Iterable[Raw]) -> Iterator[Endpoint]:
    """Yield the endpoints that are there. EC2 spells states in more than one way."""
    for one in raw:
        state = str(one.get("State", "")).lower()
        if state != "deleted":
            yield Endpoint(
                one["VpcEndpointId"],
                one.get("ServiceName", ""),
                frozenset(one.get("NetworkInterfaceIds") or ()),
                state == "deleting",
                bool(one.get("RequesterManaged")),
            )


def interface(raw: Raw) -> Interface:
    """Return an interface."""
    attachment = raw.get("Attachment") or {}
    return Interface(
        raw["NetworkInterfaceId"],
        raw.get("Status") != "available",
        attachment.get("InstanceId", ""),
        attachment.get("DeleteOnTermination") is False,
        bool(raw.get("RequesterManaged")),
        raw.get("InterfaceType", "interface"),
        raw.get("Description", ""),
        raw.get("RequesterId", ""),
    )


def address(raw: Raw) -> Address:
    """Return an Elastic IP address."""
    return Address(
        raw.get("AllocationId", ""),
        raw.get("PublicIp", ""),
        raw.get("AssociationId", ""),
        raw.get("NetworkInterfaceId", ""),
        raw.get("ServiceManaged", ""),
    )


def main(raw: Raw) -> bool:
    """Tell whether a table is the main one of its VPC."""
    return any(one.get("Main") for one in raw.get("Associations") or ())


def attached(raw: Raw, vpc_id: str, key: str = "Attachments") -> bool:
    """Tell whether a gateway is attached to the VPC, or is being attached or detached."""
    return any(
        one.get("VpcId") == vpc_id and one.get("State") != "detached" for one in raw.get(key) or ()
    )


def group(raw: Raw, where: Location) -> Group:
    """Return a security group. Only a default one may be called default. Source: EC2 API."""
    return Group(where, raw["GroupId"], raw.get("VpcId", ""), raw.get("GroupName") == "default")


def rules(raw: Iterable[Raw], where: Location) -> Iterator[GroupReference]:
    """Yield the rules that name a group."""
    for one in raw:
        named = one.get("ReferencedGroupInfo") or {}
        if named.get("GroupId"):
            yield GroupReference(
                where,
                one["SecurityGroupRuleId"],
                one["GroupId"],
                bool(one.get("IsEgress")),
                named["GroupId"],
                named.get("VpcId", ""),
                named.get("VpcPeeringConnectionId", ""),
                named.get("PeeringStatus", ""),
            )


def listed_zone(raw: Raw, vpc: ZoneVpc) -> Zone:
    """Return a zone as the list of a VPC's zones shows it."""
    owner = raw.get("Owner") or {}
    account, service = owner.get("OwningAccount", ""), owner.get("OwningService", "")
    return Zone(raw["HostedZoneId"], raw["Name"], account, service, frozenset({vpc}))


def zone_vpcs(raw: Iterable[Raw]) -> frozenset[ZoneVpc]:
    """Return VPCs as Route 53 lists them."""
    return frozenset(ZoneVpc(one["VPCRegion"], one["VPCId"]) for one in raw)


def addresses(records: Iterable[Raw]) -> tuple[str, ...]:
    """Return the addresses in a zone's records, each once."""
    values = (
        record["Value"]
        for one in records
        if one.get("Type") in ADDRESSES
        for record in one.get("ResourceRecords") or ()
    )
    return tuple(dict.fromkeys(str(ip_address(value)) for value in values))
