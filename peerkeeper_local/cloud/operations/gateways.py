"""Gateway operations. In: requests. Out: replies, with one internet gateway for each VPC."""

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.interfaces import public_addresses_in
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.gateways import check_attach, check_detach


class GatewayOperations(Operations):
    """Attach and detach internet gateways. All else of them is moto's."""

    def attach_internet_gateway(self) -> ActionResult:
        """Attach an internet gateway to a VPC that has none."""
        vpc = self.vpc()
        gateways = self.ec2_backend.internet_gateways.values()
        other = next((each.id for each in gateways if each.vpc is vpc), None)
        if other != self.params.get("InternetGatewayId"):
            check_attach(vpc.id, other)
        return super().attach_internet_gateway()

    def detach_internet_gateway(self) -> ActionResult:
        """Detach an internet gateway from a VPC that has no public address any more."""
        vpc = self.vpc()
        stored = self.ec2_backend.internet_gateways.get(self.params.get("InternetGatewayId"))
        if stored is not None and stored.vpc is vpc:
            check_detach(vpc.id, public_addresses_in(self.world, self.location, vpc.id))
        return super().detach_internet_gateway()
