"""moto's network ACLs as EC2 has them. In: moto's objects. Out: entries, and documents.

The closing denies are shown and never kept: a caller cannot change them.
"""

from collections.abc import Iterable
from typing import Any

from moto.ec2.models.network_acls import NetworkAclEntry

from peerkeeper_local.cloud.documents import Document, tags_of
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.network_acl_entries import LAST_NUMBER, Entry
from peerkeeper_local.semantics.network_acls import admitting, shown, untouched


def described_acls(world: World, location: Location) -> list[Document]:
    """Return every network ACL of a location as DescribeNetworkAcls shows it."""
    backend = world.backend(location)
    return [document_of_acl(backend, acl) for acl in backend.network_acls.values()]


def document_of_acl(backend: Any, acl: Any) -> Document:  # noqa: ANN401 - moto is not typed
    """Return one network ACL as EC2 shows it."""
    vpc = backend.vpcs.get(acl.vpc_id)
    ipv6 = vpc is not None and bool(vpc.get_cidr_block_association_set(ipv6=True))
    return {
        "NetworkAclId": acl.id,
        "VpcId": acl.vpc_id,
        "OwnerId": acl.owner_id,
        "IsDefault": acl.default,
        "Associations": [
            {
                "NetworkAclAssociationId": each.id,
                "NetworkAclId": acl.id,
                "SubnetId": each.subnet_id,
            }
            for each in acl.associations
        ],
        "Entries": [_document_of(each) for each in shown(entries_of(acl), ipv6)],
        "Tags": tags_of(backend, acl.id),
    }


def _document_of(entry: Entry) -> Document:
    told: Document = {
        "CidrBlock" if entry.family == 4 else "Ipv6CidrBlock": entry.cidr,
        "Egress": entry.egress,
        "Protocol": entry.protocol,
        "RuleAction": entry.action,
        "RuleNumber": entry.number,
    }
    if entry.icmp:
        told["IcmpTypeCode"] = {"Type": entry.icmp[0], "Code": entry.icmp[1]}
    if entry.ports:
        told["PortRange"] = {"From": entry.ports[0], "To": entry.ports[1]}
    return told


def entries_of(acl: Any) -> list[Entry]:  # noqa: ANN401 - moto is not typed
    """Return what somebody, or AWS for a default ACL, has put into an ACL."""
    return [
        _entry_of(each) for each in acl.network_acl_entries if int(each.rule_number) <= LAST_NUMBER
    ]


def _entry_of(stored: Any) -> Entry:  # noqa: ANN401 - moto is not typed
    pairs = (
        (stored.icmp_type, stored.icmp_code),
        (stored.port_range_from, stored.port_range_to),
    )
    icmp, ports = (None if None in pair else pair for pair in pairs)
    return Entry(
        int(stored.rule_number),
        stored.egress,
        stored.protocol,
        stored.rule_action,
        stored.cidr_block or stored.ipv6_cidr_block,
        icmp,
        ports,
    )


def keep(backend: Any, acl: Any, entries: Iterable[Entry]) -> None:  # noqa: ANN401 - as above
    """Let the ACL have these entries and no others."""
    acl.network_acl_entries = [
        NetworkAclEntry(
            backend,
            acl.id,
            each.number,
            each.protocol,
            each.action,
            each.egress,
            each.cidr if each.family == 4 else None,
            each.icmp[1] if each.icmp else None,
            each.icmp[0] if each.icmp else None,
            each.ports[0] if each.ports else None,
            each.ports[1] if each.ports else None,
            each.cidr if each.family == 6 else None,
        )
        for each in entries
    ]


def admit_ipv6(backend: Any, vpc_id: str) -> None:  # noqa: ANN401 - moto is not typed
    """Let the VPC's default ACL allow IPv6, if it is unchanged. Source: VPC User Guide."""
    vpc = backend.vpcs[vpc_id]
    if not vpc.get_cidr_block_association_set(ipv6=True):
        return
    for acl in backend.network_acls.values():
        if acl.default and acl.vpc_id == vpc_id and untouched(entries_of(acl)):
            keep(backend, acl, [*entries_of(acl), *admitting(6)])


def leave(backend: Any, subnet_id: str) -> None:  # noqa: ANN401 - moto is not typed
    """Take a deleted subnet out of its ACL."""
    for acl in backend.network_acls.values():
        for association, each in tuple(acl._associations.items()):
            if each.subnet_id == subnet_id:
                del acl._associations[association]
