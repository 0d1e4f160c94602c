"""Operations on endpoint services. In: requests. Out: the services of AWS, filtered."""

from moto.core.responses import ActionResult

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.semantics.endpoint_services import (
    SERVICE_FILTERS,
    no_such_service,
    service_details,
    service_named,
)
from peerkeeper_local.semantics.listings import Listing, listed

SERVICES = Listing(
    "ServiceDetails",
    "ServiceId",
    "ServiceIds",
    SERVICE_FILTERS,
    no_such_service,
    least=1,
    capped=True,
)


class EndpointServiceOperations(Operations):
    """Describe the services that an endpoint can be of."""

    def describe_vpc_endpoint_services(self) -> ActionResult:
        """Describe services: all of the Region, or those named. Source: EC2 API."""
        region = self.location.region
        zones = [each.name for each in self.ec2_backend.describe_availability_zones()]
        details = service_details(region, zones)
        named = self.params.get("ServiceNames") or []
        for each in named:
            service_named(each, region)
        if named:
            details = [each for each in details if each["ServiceName"] in named]
        reply = listed(details, SERVICES, self.params)
        names = dict.fromkeys(each["ServiceName"] for each in reply["ServiceDetails"])
        return ActionResult({"ServiceNames": list(names), **reply})
