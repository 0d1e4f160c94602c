"""Subnet operations. In: requests. Out: replies, with one attribute per call enforced."""

from typing import Any

from botocore import xform_name
from moto.core.responses import ActionResult, EmptyResult

from peerkeeper_local.cloud.acls import leave
from peerkeeper_local.cloud.documents import document_of
from peerkeeper_local.cloud.furniture import as_shown, with_ipv6_states
from peerkeeper_local.cloud.interfaces import interfaces_in
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.addresses import check_subnet_block
from peerkeeper_local.semantics.dependencies import check_delete_subnet
from peerkeeper_local.semantics.networks import canonical
from peerkeeper_local.semantics.refusal import no_such_subnet
from peerkeeper_local.semantics.subnet_attributes import AT_FIRST, Path, subnet_changes
from peerkeeper_local.semantics.subnet_calls import check_ipv6_block, check_zone


def set_on_subnet(stored: Any, path: Path, value: object) -> None:  # noqa: ANN401 - moto's subnet
    """Put a value where moto's serialiser finds it: on the subnet, or in its DNS options."""
    if len(path) > 1:
        stored.private_dns_name_options_on_launch[path[1]] = value
    else:
        setattr(stored, xform_name(path[0]), value)


class SubnetOperations(Operations):
    """Create, describe, change and delete subnets."""

    def create_subnet(self) -> ActionResult:
        """Create a subnet: never a default one, and no public addresses on launch.

        moto takes the first subnet in a zone for the default one. Source: VPC User Guide.
        """
        vpc = self.vpc()
        if self.params.get("CidrBlock"):
            self.params["CidrBlock"] = canonical(self.params["CidrBlock"], "cidrBlock")
            check_subnet_block(self.params["CidrBlock"])
        self._check_ipv6(vpc.id)
        self._check_zone()
        result = super().create_subnet()
        subnet = result.result["Subnet"]
        subnet.default_for_az = subnet.map_public_ip_on_launch = False
        document = with_ipv6_states(document_of("CreateSubnet", result.result)["Subnet"])
        return ActionResult({"Subnet": as_shown(document, AT_FIRST)})

    def create_default_subnet(self) -> ActionResult:
        """Create a default subnet in a zone of the Region."""
        self._check_zone()
        return super().create_default_subnet()

    def associate_subnet_cidr_block(self) -> ActionResult:
        """Give a subnet an IPv6 block of its VPC."""
        self._check_ipv6(self._subnet().vpc_id)
        result = super().associate_subnet_cidr_block().result
        return ActionResult(document_of("AssociateSubnetCidrBlock", result))

    def _check_ipv6(self, vpc_id: str) -> None:
        """Raise Refusal unless a subnet of the VPC may have the IPv6 block that the call names, if any."""
        if not self.params.get("Ipv6CidrBlock"):
            return
        cidr = canonical(self.params["Ipv6CidrBlock"], "ipv6CidrBlock")
        own = self.world.side(self.location, vpc_id)
        taken = [
            each["ipv6CidrBlock"]
            for subnet in self.ec2_backend.describe_subnets()
            for each in subnet.ipv6_cidr_block_associations.values()
            if subnet.vpc_id == vpc_id and each["ipv6CidrBlockState"]["State"] == "associated"
        ]
        check_ipv6_block(cidr, own.ipv6_cidrs if own else (), taken)
        self.params["Ipv6CidrBlock"] = cidr

    def _check_zone(self) -> None:
        """Raise Refusal if the call names a zone that the Region does not have."""
        zones = self.ec2_backend.describe_availability_zones()
        if self.params.get("AvailabilityZone"):
            check_zone(self.params["AvailabilityZone"], [zone.name for zone in zones])
        elif self.params.get("AvailabilityZoneId"):
            ids = [zone.zone_id for zone in zones]
            check_zone(self.params["AvailabilityZoneId"], ids, "availabilityZoneId")

    def describe_subnets(self) -> ActionResult:
        """Describe subnets."""
        return self.described("Subnets", "SubnetId", no_such_subnet, self.world.limits.page)

    def modify_subnet_attribute(self) -> ActionResult:
        """Change one attribute: all are kept and shown, and only what they would do is left out."""
        stored = self._subnet()
        for path, value in subnet_changes(self.params).items():
            set_on_subnet(stored, path, value)
        return EmptyResult()

    def _subnet(self) -> Any:  # noqa: ANN401 - moto is not typed
        """Return the subnet that the call names. Raises Refusal (NotFound) if there is none."""
        subnet_id = self.required("SubnetId")
        for zone in self.ec2_backend.subnets.values():
            if subnet_id in zone:
                return zone[subnet_id]
        raise no_such_subnet(subnet_id)

    def delete_subnet(self) -> ActionResult:
        """Delete a subnet in which no interface is, and its associations with table and ACL."""
        subnet_id = self.required("SubnetId")
        check_delete_subnet(subnet_id, interfaces_in(self.ec2_backend, subnet_id))
        result = super().delete_subnet()
        leave(self.ec2_backend, subnet_id)
        for table in self.ec2_backend.route_tables.values():
            for association, target in tuple(table._associations.items()):
                if target == subnet_id:
                    del table._associations[association]
        return result
