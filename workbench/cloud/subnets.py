"""Subnet operations. In: requests. Out: replies, with one attribute per call enforced."""

from moto.core.responses import ActionResult

from workbench.cloud.operations import Operations
from workbench.semantics.attributes import one_attribute
from workbench.semantics.networks import canonical
from workbench.semantics.refusal import no_such_subnet

_IPV6 = "Ipv6CidrBlockAssociationSet"
_DNS = "PrivateDnsNameOptionsOnLaunch"
FILTERS = {
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

KEPT_BY_MOTO = frozenset(
    {"MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation", "EnableResourceNameDnsARecordOnLaunch"}
)


class SubnetOperations(Operations):
    """Create, describe, change and delete subnets."""

    def create_subnet(self) -> ActionResult:
        """Create a subnet: never a default one, and no public addresses on launch.

        moto takes the first subnet in a zone for the default one. Source: VPC User Guide.
        """
        self.vpc()
        self.check_new_tags()
        for sent, name in (("CidrBlock", "cidrBlock"), ("Ipv6CidrBlock", "ipv6CidrBlock")):
            if self.params.get(sent):
                self.params[sent] = canonical(self.params[sent], name)
        result = super().create_subnet()
        subnet = result.result["Subnet"]
        subnet.default_for_az = subnet.map_public_ip_on_launch = False
        return result

    def describe_subnets(self) -> ActionResult:
        """Describe subnets."""
        return self.described(
            "Subnets", "SubnetId", FILTERS, no_such_subnet, self.world.limits.page
        )

    def modify_subnet_attribute(self) -> ActionResult:
        """Change one attribute. Raises NotImplementedError for those that would have no effect."""
        subnet_id = self.required("SubnetId")
        if all(subnet_id not in zone for zone in self.ec2_backend.subnets.values()):
            raise no_such_subnet(subnet_id)
        attribute = one_attribute(self.params)
        if attribute not in KEPT_BY_MOTO:
            message = f"the local cloud does not keep {attribute}"
            raise NotImplementedError(message)
        return super().modify_subnet_attribute()

    def delete_subnet(self) -> ActionResult:
        """Delete a subnet, and with it its association with a route table. Source: assumed."""
        subnet_id = self.required("SubnetId")
        result = super().delete_subnet()
        for table in self.ec2_backend.route_tables.values():
            for association, target in tuple(table._associations.items()):
                if target == subnet_id:
                    del table._associations[association]
        return result
