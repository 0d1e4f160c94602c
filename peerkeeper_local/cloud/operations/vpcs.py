"""VPC operations. In: requests. Out: replies, with EC2's order and number of attributes enforced."""

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.acls import admit_ipv6
from peerkeeper_local.cloud.documents import Document, document_of
from peerkeeper_local.cloud.furniture import furnish, with_dhcp_options
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.tenants import clear_out, tenants
from peerkeeper_local.cloud.views import shown
from peerkeeper_local.semantics.addresses import check_further_block, check_vpc_block
from peerkeeper_local.semantics.attributes import VPC_ATTRIBUTES, check_vpc_dns, one_attribute
from peerkeeper_local.semantics.cidr_association import on_its_way
from peerkeeper_local.semantics.dependencies import check_empty_vpc
from peerkeeper_local.semantics.dhcp import NONE
from peerkeeper_local.semantics.networks import canonical
from peerkeeper_local.semantics.peering_calls import without_vpc
from peerkeeper_local.semantics.refusal import Refusal, no_such_vpc
from peerkeeper_local.semantics.vpc_calls import (
    check_delete_vpc,
    check_new_cidr,
    check_room,
    peered,
)


class VpcOperations(Operations):
    """Create, describe, change and delete VPCs."""

    def create_vpc(self) -> ActionResult:
        """Create a VPC: the reply says pending. Source: observed (CloudTrail records)."""
        check_room(len(self.ec2_backend.vpcs), self.world.limits)
        if self.params.get("CidrBlock"):
            self.params["CidrBlock"] = canonical(self.params["CidrBlock"], "cidrBlock")
            check_vpc_block(self.params["CidrBlock"])
        reply = document_of("CreateVpc", super().create_vpc().result)
        self.world.vpc_born[reply["Vpc"]["VpcId"]] = self.moment.now
        admit_ipv6(self.ec2_backend, reply["Vpc"]["VpcId"])
        vpc = with_dhcp_options(self.ec2_backend, reply["Vpc"])
        group = self.params.get("Ipv6CidrBlockNetworkBorderGroup")
        six = [self._asked_for(each, group) for each in vpc.get("Ipv6CidrBlockAssociationSet", ())]
        told = {**vpc, "State": "pending", "Ipv6CidrBlockAssociationSet": six}
        return ActionResult({"Vpc": told})

    def _asked_for(self, association: Document, group: str | None) -> Document:
        """Note when an IPv6 block was asked for, and where it is advertised; return what EC2 shows."""
        wanted = association["AssociationId"]
        self.world.ipv6_asked[wanted] = self.moment.now
        group = group or self.location.region
        for vpc in self.ec2_backend.vpcs.values():
            if wanted in vpc._cidr_block_association_set:
                vpc._cidr_block_association_set[wanted]["network_border_group"] = group
        return on_its_way({**association, "NetworkBorderGroup": group})

    def create_default_vpc(self) -> ActionResult:
        """Create the default VPC again, with its internet gateway and default route."""
        check_room(len(self.ec2_backend.vpcs), self.world.limits)
        reply = document_of("CreateDefaultVpc", super().create_default_vpc().result)
        furnish(self.ec2_backend)
        return ActionResult({"Vpc": with_dhcp_options(self.ec2_backend, reply["Vpc"])})

    def describe_vpcs(self) -> ActionResult:
        """Describe VPCs."""
        return self.described("Vpcs", "VpcId", no_such_vpc, self.world.limits.page)

    def describe_vpc_attribute(self) -> ActionResult:
        """Describe one attribute of one VPC; a frozen location shows the value of that moment."""
        asked, vpc_id = self.required("Attribute"), self.required("VpcId")
        name = asked[:1].upper() + asked[1:]
        if name not in VPC_ATTRIBUTES:
            raise Refusal(
                "InvalidParameterValue", f"Value ({asked}) for parameter attribute is invalid."
            )
        for vpc in shown(self.world, self.location, "VpcAttributes"):
            if vpc["VpcId"] == vpc_id:
                return ActionResult({"VpcId": vpc_id, name: {"Value": vpc[name]}})
        raise no_such_vpc(vpc_id)

    def modify_vpc_attribute(self) -> ActionResult:
        """Change one attribute; DNS hostnames need DNS support."""
        vpc = self.vpc()
        attribute = one_attribute(self.params, VPC_ATTRIBUTES)
        value = bool(self.params[attribute].get("Value"))
        check_vpc_dns(attribute, value, vpc.enable_dns_support, vpc.enable_dns_hostnames)
        return super().modify_vpc_attribute()

    def associate_vpc_cidr_block(self) -> ActionResult:
        """Add a CIDR, unless the VPC or one peered with it has those addresses (code assumed)."""
        vpc = self.vpc()
        sent = self.params.get("CidrBlock")
        if sent:
            cidr = self.params["CidrBlock"] = canonical(sent, "cidrBlock")
            check_new_cidr(cidr, self._taken(vpc.id))
            own = self.world.side(self.location, vpc.id)
            check_further_block(cidr, vpc.cidr_block, own.cidrs if own else ())
        reply = super().associate_vpc_cidr_block().result
        key = "Ipv6CidrBlockAssociation"
        if key in reply:
            group = self.params.get("Ipv6CidrBlockNetworkBorderGroup")
            reply = {**reply, key: self._asked_for(reply[key], group)}
        admit_ipv6(self.ec2_backend, vpc.id)
        return ActionResult(reply)

    def associate_dhcp_options(self) -> ActionResult:
        """Give a VPC a set of DHCP options, or no set by the word "default"."""
        vpc = self.vpc()
        wanted = self.required("DhcpOptionsId")
        result = super().associate_dhcp_options()
        vpc.no_dhcp_options = wanted == NONE
        return result

    def disassociate_vpc_cidr_block(self) -> ActionResult:
        """Disassociate a CIDR, once. Source: observed (the code for an association that is not there)."""
        wanted = self.required("AssociationId")
        for vpc in self.ec2_backend.vpcs.values():
            known = vpc._cidr_block_association_set.get(wanted)
            if known and known["cidr_block_state"]["state"] == "associated":
                return super().disassociate_vpc_cidr_block()
        raise Refusal(
            "InvalidVpcCidrBlockAssociationID.NotFound",
            f"The vpc CIDR block association ID '{wanted}' does not exist",
        )

    def _taken(self, vpc_id: str) -> list[str]:
        """Return the IPv4 CIDRs of the VPC and of those it is peered with."""
        own = self.world.side(self.location, vpc_id)
        taken = list(own.cidrs) if own else []
        for stored in peered(vpc_id, self.world.peerings.values(), self.moment):
            peering = self.world.refreshed(stored)
            taken += (*peering.requester.cidrs, *peering.accepter.cidrs)
        return taken

    def delete_vpc(self) -> ActionResult:
        """Delete a VPC, unless a peering, internet gateway or endpoint holds it; requests end with it.

        A peering that is accepted does, and so does an incoming request of another account.
        Sources: VPC Peering Guide, basics (requests); EC2 API, DeleteVpc. Observed: accepted.
        """
        vpc_id = self.vpc().id
        gateways = self.ec2_backend.internet_gateways.values()
        if any(each.vpc is not None and each.vpc.id == vpc_id for each in gateways):
            raise Refusal(
                "DependencyViolation", f"The vpc '{vpc_id}' has dependencies and cannot be deleted."
            )
        check_delete_vpc(vpc_id, self.world.peerings.values(), self.moment)
        check_empty_vpc(vpc_id, tenants(self.ec2_backend, vpc_id))
        sets = self.ec2_backend.dhcp_options_sets
        kept = dict(sets)
        result = super().delete_vpc()
        clear_out(self.ec2_backend, vpc_id)
        sets.update(kept)  # moto deletes the VPC's; EC2 does not. Source: VPC User Guide, DHCP
        for peering in tuple(self.world.peerings.values()):
            left = without_vpc(peering, vpc_id, self.location, self.moment)
            self.world.peerings[peering.id] = left
        return result
