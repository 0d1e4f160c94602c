"""What a call for an endpoint names, looked up and held to EC2's rules. In: ids. Out: what is there."""

from collections.abc import Sequence

from peerkeeper_local.cloud.endpoints import endpoints
from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.cloud.prefix_lists import prefix_lists, weights
from peerkeeper_local.cloud.tables import table_of
from peerkeeper_local.semantics import endpoint_calls as rules
from peerkeeper_local.semantics import interface_endpoint_calls as inside
from peerkeeper_local.semantics.endpoint_services import service_named
from peerkeeper_local.semantics.endpoints import Endpoint

NO_EFFECT = ("SubnetConfigurations", "DnsOptions", "ServiceRegion")


class EndpointChecks(Operations):
    """The look-ups of the endpoint operations, each with its rule."""

    def _vpc_of_endpoint(self) -> str:
        """Return the VPC. Raises Refusal also for parameters that would have no effect."""
        six = self.params.get("IpAddressType", "ipv4") != "ipv4"
        self.check_effect((*NO_EFFECT, "IpAddressType") if six else NO_EFFECT, "endpoints")
        vpc_id = self.required("VpcId")
        if vpc_id not in self.ec2_backend.vpcs:
            raise rules.no_such_vpc_for_endpoint(vpc_id)
        return vpc_id

    def _prefix_list_of(self, service: str) -> str:
        """Return the id of AWS's prefix list of a gateway service, which has the service's name."""
        lists = prefix_lists(self.world, self.location).values()
        return next(each.id for each in lists if each.of_aws and each.name == service)

    def _check_tables(self, endpoint: Endpoint, table_ids: Sequence[str]) -> None:
        for each in table_ids:
            stored = self.ec2_backend.route_tables.get(each)
            if stored is None:
                raise rules.no_such_table_for_endpoint(each)
            table = table_of(stored)
            named = (*table.counted, endpoint.prefix_list)
            rules.check_table(
                endpoint.vpc_id,
                table,
                endpoint.prefix_list,
                self.world.limits,
                weights(self.world, self.location, named),
            )

    def _subnets(self, subnet_ids: Sequence[str]) -> list[inside.Subnet]:
        """Return subnets by their ids. Raises Refusal (NotFound)."""
        zones = self.ec2_backend.subnets.values()
        stored = {key: subnet for zone in zones for key, subnet in zone.items()}
        for each in subnet_ids:
            if each not in stored:
                raise rules.no_such_subnet_for_endpoint(each)
        found = [stored[each] for each in subnet_ids]
        return [inside.Subnet(each.id, each.vpc_id, each.availability_zone) for each in found]

    def _check_subnets(
        self, endpoint: Endpoint, added: Sequence[str], removed: Sequence[str]
    ) -> None:
        kept = [
            inside.Subnet(place.subnet_id, endpoint.vpc_id, place.zone)
            for place in endpoint.places
            if place.subnet_id not in removed
        ]
        inside.check_subnets(endpoint.vpc_id, self._subnets(added), kept)

    def _default_group(self, vpc_id: str) -> tuple[str, ...]:
        found = self.ec2_backend.get_default_security_group(vpc_id)
        return () if found is None else (found.id,)

    def _check_groups(self, vpc_id: str, groups: Sequence[str]) -> None:
        found = {each: self.ec2_backend.get_security_group_from_id(each) for each in groups}
        homes = {each: group and group.vpc_id for each, group in found.items()}
        inside.check_groups(vpc_id, homes)

    def _check_private_dns(self, endpoint: Endpoint) -> None:
        region, vpc = self.location.region, self.ec2_backend.vpcs[endpoint.vpc_id]
        others = [
            service_named(each.service, region).private_names(region)
            for each in endpoints(self.world, self.location)
            if each.vpc_id == endpoint.vpc_id and each.private_dns and each.id != endpoint.id
        ]
        dns_on = vpc.enable_dns_support and vpc.enable_dns_hostnames
        service = service_named(endpoint.service, region)
        inside.check_private_dns(service, region, endpoint.vpc_id, bool(dns_on), others)
