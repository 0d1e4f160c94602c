"""Subnet operations. In: requests. Out: replies, with one attribute per call enforced."""

from typing import Any

from botocore import xform_name
from moto.core.responses import ActionResult, EmptyResult

from peerkeeper_local.cloud.acls import leave
from peerkeeper_local.cloud.documents import document_of
from peerkeeper_local.cloud.furniture import as_shown
from peerkeeper_local.cloud.interfaces import interfaces_in
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.addresses import check_subnet_block
from peerkeeper_local.semantics.dependencies import check_delete_subnet
from peerkeeper_local.semantics.networks import canonical
from peerkeeper_local.semantics.refusal import no_such_subnet
from peerkeeper_local.semantics.subnet_attributes import AT_FIRST, Path, subnet_changes


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
        self.vpc()
        self.check_new_tags()
        for sent, name in (("CidrBlock", "cidrBlock"), ("Ipv6CidrBlock", "ipv6CidrBlock")):
            if self.params.get(sent):
                self.params[sent] = canonical(self.params[sent], name)
        if self.params.get("CidrBlock"):
            check_subnet_block(self.params["CidrBlock"])
        result = super().create_subnet()
        subnet = result.result["Subnet"]
        subnet.default_for_az = subnet.map_public_ip_on_launch = False
        document = document_of("CreateSubnet", result.result)["Subnet"]
        return ActionResult({"Subnet": as_shown(document, AT_FIRST)})

    def describe_subnets(self) -> ActionResult:
        """Describe subnets."""
        return self.described("Subnets", "SubnetId", no_such_subnet, self.world.limits.page)

    def modify_subnet_attribute(self) -> ActionResult:
        """Change one attribute: all are kept and shown, and only what they would do is left out."""
        subnet_id = self.required("SubnetId")
        zones = self.ec2_backend.subnets.values()
        stored = next((zone[subnet_id] for zone in zones if subnet_id in zone), None)
        if stored is None:
            raise no_such_subnet(subnet_id)
        for path, value in subnet_changes(self.params).items():
            set_on_subnet(stored, path, value)
        return EmptyResult()

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
