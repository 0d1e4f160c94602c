"""Where the values of each filter are found in a describe's documents. In: nothing. Out: paths.

Source: EC2 API, the Filters of each Describe operation. Observed: isDefault, which is no longer documented.
Terraform's data source of the default VPC sends it.
"""

from collections.abc import Mapping

from peerkeeper_local.semantics.filters import Paths, kebab
from peerkeeper_local.semantics.host_filter_paths import HOST_FILTERS

_IPV4, _IPV6 = "CidrBlockAssociationSet", "Ipv6CidrBlockAssociationSet"
_DNS = "PrivateDnsNameOptionsOnLaunch"
_INFO = {
    "cidr-block": ("CidrBlockSet", "CidrBlock"),
    "owner-id": ("OwnerId",),
    "vpc-id": ("VpcId",),
}
_PEERINGS: Paths = {
    "expiration-time": ("ExpirationTime",),
    "status-code": ("Status", "Code"),
    "status-message": ("Status", "Message"),
    "vpc-peering-connection-id": ("VpcPeeringConnectionId",),
    **{f"accepter-vpc-info.{name}": ("AccepterVpcInfo", *path) for name, path in _INFO.items()},
    **{f"requester-vpc-info.{name}": ("RequesterVpcInfo", *path) for name, path in _INFO.items()},
}
_ROUTE_FIELDS = (
    "DestinationCidrBlock",
    "DestinationIpv6CidrBlock",
    "DestinationPrefixListId",
    "EgressOnlyInternetGatewayId",
    "GatewayId",
    "InstanceId",
    "NatGatewayId",
    "TransitGatewayId",
    "Origin",
    "State",
    "VpcPeeringConnectionId",
)


_ROUTE_TABLES: Paths = {
    "association.gateway-id": ("Associations", "GatewayId"),
    "association.main": ("Associations", "Main"),
    "association.route-table-association-id": ("Associations", "RouteTableAssociationId"),
    "association.route-table-id": ("Associations", "RouteTableId"),
    "association.subnet-id": ("Associations", "SubnetId"),
    "owner-id": ("OwnerId",),
    "route-table-id": ("RouteTableId",),
    "vpc-id": ("VpcId",),
    **{f"route.{kebab(name)}": ("Routes", name) for name in _ROUTE_FIELDS},
}
_VPCS: Paths = {
    "cidr": ("CidrBlock",),
    "cidr-block-association.association-id": (_IPV4, "AssociationId"),
    "cidr-block-association.cidr-block": (_IPV4, "CidrBlock"),
    "cidr-block-association.state": (_IPV4, "CidrBlockState", "State"),
    "dhcp-options-id": ("DhcpOptionsId",),
    "ipv6-cidr-block-association.association-id": (_IPV6, "AssociationId"),
    "ipv6-cidr-block-association.ipv6-cidr-block": (_IPV6, "Ipv6CidrBlock"),
    "ipv6-cidr-block-association.ipv6-pool": (_IPV6, "Ipv6Pool"),
    "ipv6-cidr-block-association.state": (_IPV6, "Ipv6CidrBlockState", "State"),
    "is-default": ("IsDefault",),
    "isDefault": ("IsDefault",),
    "owner-id": ("OwnerId",),
    "state": ("State",),
    "vpc-id": ("VpcId",),
}
_SUBNETS: Paths = {
    "availability-zone": ("AvailabilityZone",),
    "availabilityZone": ("AvailabilityZone",),
    "availability-zone-id": ("AvailabilityZoneId",),
    "availabilityZoneId": ("AvailabilityZoneId",),
    "available-ip-address-count": ("AvailableIpAddressCount",),
    "cidr": ("CidrBlock",),
    "cidr-block": ("CidrBlock",),
    "cidrBlock": ("CidrBlock",),
    "customer-owned-ipv4-pool": ("CustomerOwnedIpv4Pool",),
    "default-for-az": ("DefaultForAz",),
    "defaultForAz": ("DefaultForAz",),
    "enable-dns64": ("EnableDns64",),
    "enable-lni-at-device-index": ("EnableLniAtDeviceIndex",),
    "ipv6-cidr-block-association.association-id": (_IPV6, "AssociationId"),
    "ipv6-cidr-block-association.ipv6-cidr-block": (_IPV6, "Ipv6CidrBlock"),
    "ipv6-cidr-block-association.state": (_IPV6, "Ipv6CidrBlockState", "State"),
    "ipv6-native": ("Ipv6Native",),
    "map-customer-owned-ip-on-launch": ("MapCustomerOwnedIpOnLaunch",),
    "map-public-ip-on-launch": ("MapPublicIpOnLaunch",),
    "outpost-arn": ("OutpostArn",),
    "owner-id": ("OwnerId",),
    "private-dns-name-options-on-launch.hostname-type": (_DNS, "HostnameType"),
    "private-dns-name-options-on-launch.enable-resource-name-dns-a-record": (
        _DNS,
        "EnableResourceNameDnsARecord",
    ),
    "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record": (
        _DNS,
        "EnableResourceNameDnsAAAARecord",
    ),
    "state": ("State",),
    "subnet-arn": ("SubnetArn",),
    "subnet-id": ("SubnetId",),
    "vpc-id": ("VpcId",),
}
FILTERS: Mapping[str, Paths] = {
    "VpcPeeringConnections": _PEERINGS,
    "RouteTables": _ROUTE_TABLES,
    "Vpcs": _VPCS,
    "Subnets": _SUBNETS,
    **HOST_FILTERS,
}
"""By the name of the list in the reply."""
