"""Subnet operations. In: requests. Out: replies, with one attribute per call enforced."""

from moto.core.responses import ActionResult

from workbench.cloud.operations import Operations
from workbench.semantics.attributes import one_attribute
from workbench.semantics.networks import canonical
from workbench.semantics.refusal import Refusal

KEPT_BY_MOTO = frozenset(
    {"MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation", "EnableResourceNameDnsARecordOnLaunch"}
)


def _no_such_subnet(subnet_id: str) -> Refusal:
    return Refusal("InvalidSubnetID.NotFound", f"The subnet ID '{subnet_id}' does not exist")


class SubnetOperations(Operations):
    """Create, describe and change subnets."""

    def create_subnet(self) -> ActionResult:
        """Create a subnet: never a default one, and no public addresses on launch.

        moto takes the first subnet in a zone for the default one. Source: VPC User Guide.
        """
        if self.params.get("CidrBlock"):
            self.params["CidrBlock"] = canonical(self.params["CidrBlock"], "cidrBlock")
        result = super().create_subnet()
        subnet = result.result["Subnet"]
        subnet.default_for_az = subnet.map_public_ip_on_launch = False
        return result

    def describe_subnets(self) -> ActionResult:
        """Describe subnets."""
        return self.described("Subnets", "SubnetId", _no_such_subnet, self.world.limits.page)

    def modify_subnet_attribute(self) -> ActionResult:
        """Change one attribute. Raises NotImplementedError for those that would have no effect."""
        subnet_id = self.required("SubnetId")
        if all(subnet_id not in zone for zone in self.ec2_backend.subnets.values()):
            raise _no_such_subnet(subnet_id)
        attribute = one_attribute(self.params)
        if attribute not in KEPT_BY_MOTO:
            message = f"the local cloud does not keep {attribute}"
            raise NotImplementedError(message)
        return super().modify_subnet_attribute()
