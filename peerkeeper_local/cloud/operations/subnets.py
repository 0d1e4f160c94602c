"""Subnet operations. In: requests. Out: replies, with one attribute per call enforced."""

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.attributes import one_attribute
from peerkeeper_local.semantics.networks import canonical
from peerkeeper_local.semantics.refusal import no_such_subnet

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
        return self.described("Subnets", "SubnetId", no_such_subnet, self.world.limits.page)

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
