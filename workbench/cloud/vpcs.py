"""VPC operations. In: requests. Out: replies, with EC2's order and number of attributes enforced."""

from moto.core.responses import ActionResult

from workbench.cloud.documents import document_of
from workbench.cloud.furniture import furnish
from workbench.cloud.operations import Operations
from workbench.cloud.views import shown
from workbench.semantics.attributes import VPC_ATTRIBUTES, check_vpc_dns, one_attribute
from workbench.semantics.networks import canonical
from workbench.semantics.refusal import no_such_vpc
from workbench.semantics.vpc_calls import check_delete_vpc, check_new_cidr, peered


class VpcOperations(Operations):
    """Create, describe, change and delete VPCs."""

    def create_vpc(self) -> ActionResult:
        """Create a VPC: the reply says pending. Source: observed (CloudTrail records)."""
        if self.params.get("CidrBlock"):
            self.params["CidrBlock"] = canonical(self.params["CidrBlock"], "cidrBlock")
        reply = document_of("CreateVpc", super().create_vpc().result)
        self.world.vpc_born[reply["Vpc"]["VpcId"]] = self.moment.now
        reply["Vpc"]["State"] = "pending"
        return ActionResult(reply)

    def create_default_vpc(self) -> ActionResult:
        """Create the default VPC again, with its internet gateway and default route."""
        result = super().create_default_vpc()
        furnish(self.ec2_backend)
        return result

    def describe_vpcs(self) -> ActionResult:
        """Describe VPCs."""
        return self.described("Vpcs", "VpcId", no_such_vpc, self.world.limits.page)

    def describe_vpc_attribute(self) -> ActionResult:
        """Describe one attribute of one VPC; a frozen location shows the value of that moment."""
        asked = self.required("Attribute")
        if self.world.frozen_view(self.location) is None:
            return super().describe_vpc_attribute()
        field = "".join(f"_{c.lower()}" if c.isupper() else c for c in asked)
        for vpc in shown(self.world, self.location, "VpcAttributes"):
            if vpc["VpcId"] == self.required("VpcId"):
                return ActionResult({"VpcId": vpc["VpcId"], asked: {"Value": vpc[field]}})
        raise no_such_vpc(self.required("VpcId"))

    def modify_vpc_attribute(self) -> ActionResult:
        """Change one attribute; DNS hostnames need DNS support."""
        vpc = self.ec2_backend.vpcs.get(self.required("VpcId"))
        if vpc is None:
            raise no_such_vpc(self.required("VpcId"))
        attribute = one_attribute(self.params, VPC_ATTRIBUTES)
        value = bool(self.params[attribute].get("Value"))
        check_vpc_dns(attribute, value, vpc.enable_dns_support, vpc.enable_dns_hostnames)
        return super().modify_vpc_attribute()

    def associate_vpc_cidr_block(self) -> ActionResult:
        """Add a CIDR, unless the VPC or one peered with it has those addresses (code assumed)."""
        vpc_id = self.required("VpcId")
        sent = self.params.get("CidrBlock")
        if sent:
            cidr = self.params["CidrBlock"] = canonical(sent, "cidrBlock")
            check_new_cidr(cidr, self._taken(vpc_id))
        return super().associate_vpc_cidr_block()

    def _taken(self, vpc_id: str) -> list[str]:
        """Return the IPv4 CIDRs of the VPC and of those it is peered with."""
        own = self.world.side(self.location, vpc_id)
        taken = list(own.cidrs) if own else []
        for stored in peered(vpc_id, self.world.peerings.values(), self.moment):
            peering = self.world.refreshed(stored)
            taken += (*peering.requester.cidrs, *peering.accepter.cidrs)
        return taken

    def delete_vpc(self) -> ActionResult:
        """Delete a VPC, unless a peering holds it."""
        check_delete_vpc(self.required("VpcId"), self.world.peerings.values(), self.moment)
        return super().delete_vpc()
