"""The places where filters on ACLs, groups and interfaces find their values. In: nothing. Out: paths.

Source: EC2 API, the Filters of each Describe operation.
"""

from collections.abc import Mapping

from peerkeeper_local.semantics.filters import Paths, kebab

_NETWORK_ACLS: Paths = {
    "association.association-id": ("Associations", "NetworkAclAssociationId"),
    "association.network-acl-id": ("Associations", "NetworkAclId"),
    "association.subnet-id": ("Associations", "SubnetId"),
    "default": ("IsDefault",),
    "entry.cidr": ("Entries", "CidrBlock"),
    "entry.egress": ("Entries", "Egress"),
    "entry.icmp.code": ("Entries", "IcmpTypeCode", "Code"),
    "entry.icmp.type": ("Entries", "IcmpTypeCode", "Type"),
    "entry.ipv6-cidr": ("Entries", "Ipv6CidrBlock"),
    "entry.port-range.from": ("Entries", "PortRange", "From"),
    "entry.port-range.to": ("Entries", "PortRange", "To"),
    "entry.protocol": ("Entries", "Protocol"),
    "entry.rule-action": ("Entries", "RuleAction"),
    "entry.rule-number": ("Entries", "RuleNumber"),
    "network-acl-id": ("NetworkAclId",),
    "owner-id": ("OwnerId",),
    "vpc-id": ("VpcId",),
}
_PERMISSION = {
    "cidr": ("IpRanges", "CidrIp"),
    "from-port": ("FromPort",),
    "group-id": ("UserIdGroupPairs", "GroupId"),
    "group-name": ("UserIdGroupPairs", "GroupName"),
    "ipv6-cidr": ("Ipv6Ranges", "CidrIpv6"),
    "prefix-list-id": ("PrefixListIds", "PrefixListId"),
    "protocol": ("IpProtocol",),
    "to-port": ("ToPort",),
    "user-id": ("UserIdGroupPairs", "UserId"),
}
_SECURITY_GROUPS: Paths = {
    "description": ("Description",),
    "group-id": ("GroupId",),
    "group-name": ("GroupName",),
    "owner-id": ("OwnerId",),
    "vpc-id": ("VpcId",),
    **{f"ip-permission.{name}": ("IpPermissions", *path) for name, path in _PERMISSION.items()},
    **{
        f"egress.ip-permission.{name}": ("IpPermissionsEgress", *path)
        for name, path in _PERMISSION.items()
    },
}
_SECURITY_GROUP_RULES: Paths = {
    "group-id": ("GroupId",),
    "security-group-rule-id": ("SecurityGroupRuleId",),
}
_ATTACHMENT = (
    "AttachTime",
    "AttachmentId",
    "DeleteOnTermination",
    "DeviceIndex",
    "InstanceId",
    "InstanceOwnerId",
    "Status",
)
_NETWORK_INTERFACES: Paths = {
    "addresses.association.owner-id": ("PrivateIpAddresses", "Association", "IpOwnerId"),
    "addresses.association.public-ip": ("PrivateIpAddresses", "Association", "PublicIp"),
    "addresses.primary": ("PrivateIpAddresses", "Primary"),
    "addresses.private-ip-address": ("PrivateIpAddresses", "PrivateIpAddress"),
    "association.allocation-id": ("Association", "AllocationId"),
    "association.association-id": ("Association", "AssociationId"),
    "association.ip-owner-id": ("Association", "IpOwnerId"),
    "association.public-dns-name": ("Association", "PublicDnsName"),
    "association.public-ip": ("Association", "PublicIp"),
    **{f"attachment.{kebab(name)}": ("Attachment", name) for name in _ATTACHMENT},
    "availability-zone": ("AvailabilityZone",),
    "availability-zone-id": ("AvailabilityZoneId",),
    "description": ("Description",),
    "group-id": ("Groups", "GroupId"),
    "interface-type": ("InterfaceType",),
    "ipv6-addresses.ipv6-address": ("Ipv6Addresses", "Ipv6Address"),
    "mac-address": ("MacAddress",),
    "network-interface-id": ("NetworkInterfaceId",),
    "operator.managed": ("Operator", "Managed"),
    "operator.principal": ("Operator", "Principal"),
    "owner-id": ("OwnerId",),
    "private-dns-name": ("PrivateDnsName",),
    "private-ip-address": ("PrivateIpAddresses", "PrivateIpAddress"),
    "requester-id": ("RequesterId",),
    "requester-managed": ("RequesterManaged",),
    "source-dest-check": ("SourceDestCheck",),
    "status": ("Status",),
    "subnet-id": ("SubnetId",),
    "vpc-id": ("VpcId",),
}
HOST_FILTERS: Mapping[str, Paths] = {
    "NetworkAcls": _NETWORK_ACLS,
    "SecurityGroups": _SECURITY_GROUPS,
    "SecurityGroupRules": _SECURITY_GROUP_RULES,
    "NetworkInterfaces": _NETWORK_INTERFACES,
}
"""By the name of the list in the reply."""
GROUPS_FOR_VPC: Paths = {
    "description": ("Description",),
    "group-id": ("GroupId",),
    "group-name": ("GroupName",),
    "owner-id": ("OwnerId",),
    "primary-vpc-id": ("PrimaryVpcId",),
}
