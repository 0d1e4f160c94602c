"""NAT gateway operations, owned whole: moto's are not used. In: requests. Out: EC2's replies."""

from dataclasses import replace
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.utils import random_nat_gateway_id

from peerkeeper_local.cloud.managed_interfaces import make
from peerkeeper_local.cloud.nat_gateways import ends_with_time, nat_gateways, shown
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.listings import listed
from peerkeeper_local.semantics.nat_gateways import (
    NAT_GATEWAYS,
    PRIVATE,
    PUBLIC,
    NatGateway,
    check_addresses,
    failure_of,
    no_such_nat_gateway,
    no_such_subnet_for_nat,
    state_of,
)

NO_EFFECT = ("SecondaryAllocationIds", "SecondaryPrivateIpAddresses", "AvailabilityZoneAddresses")


class NatGatewayOperations(Operations):
    """Create, describe and delete NAT gateways in one zone."""

    def create_nat_gateway(self) -> ActionResult:
        """Create a gateway: it is pending for a while, then available, or failed for what is amiss."""
        self.check_effect(NO_EFFECT, "NAT gateways")
        connectivity = self.params.get("ConnectivityType") or PUBLIC
        allocation = self.params.get("AllocationId")
        check_addresses(connectivity, allocation)
        subnet = self._subnet_of_nat()
        address = None
        if connectivity == PUBLIC:
            address = self.ec2_backend.address_by_allocation([allocation])[0]
        nat = NatGateway(
            random_nat_gateway_id(), subnet.vpc_id, subnet.id, self.moment.now, connectivity
        )
        nat = self._housed(replace(nat, allocation_id=allocation or ""), address)
        self.ec2_backend.nat_gateways[nat.id] = nat
        tags = self._parse_tag_specification("natgateway")
        if tags:
            self.ec2_backend.create_tags([nat.id], tags["natgateway"])
        reply = {"NatGateway": shown(self.world, self.location, nat)}
        token = self.params.get("ClientToken")
        return ActionResult(reply | ({"ClientToken": token} if token else {}))

    def _housed(self, nat: NatGateway, address: Any) -> NatGateway:  # noqa: ANN401 - moto's
        """Return the gateway with its interface and address, or with why it will fail."""
        backend = self.ec2_backend
        if nat.connectivity != PRIVATE:
            internet = backend.internet_gateways.values()
            attached = any(each.vpc is not None and each.vpc.id == nat.vpc_id for each in internet)
            busy = address.association_id is not None
            failure = failure_of(nat.vpc_id, nat.allocation_id, busy, attached)
            if failure:
                failed = replace(nat, failure=failure)
                ends_with_time(self.world, self.location, failed)
                return failed
        words = f"Interface for NAT Gateway {nat.id}"
        wanted = self.params.get("PrivateIpAddress")
        made = make(backend, nat.subnet_id, "nat_gateway", words, address=wanted)
        nat = replace(nat, interface_id=made.id, private_ip=made.private_ip_address)
        if address is None:
            return nat
        taken = backend.associate_address(eni=made, allocation_id=nat.allocation_id)
        return replace(nat, public_ip=taken.public_ip, association_id=taken.association_id)

    def describe_nat_gateways(self) -> ActionResult:
        """Describe gateways."""
        documents = nat_gateways(self.world, self.location)
        return ActionResult(listed(documents, NAT_GATEWAYS, self.params))

    def delete_nat_gateway(self) -> ActionResult:
        """Delete a gateway: its routes stay, its address is busy until it is deleted. Source: EC2 API."""
        nat_id = self.required("NatGatewayId")
        nat = self.ec2_backend.nat_gateways.get(nat_id)
        if nat is None or state_of(nat, self.moment) is None:
            raise no_such_nat_gateway(nat_id)
        if nat.deleted is None:
            deleted = replace(nat, deleted=self.moment.now)
            self.ec2_backend.nat_gateways[nat_id] = deleted
            ends_with_time(self.world, self.location, deleted)
        return ActionResult({"NatGatewayId": nat_id})

    def _subnet_of_nat(self) -> Any:  # noqa: ANN401 - moto is not typed
        subnet_id = self.required("SubnetId")
        for zone in self.ec2_backend.subnets.values():
            if subnet_id in zone:
                return zone[subnet_id]
        raise no_such_subnet_for_nat(subnet_id)
