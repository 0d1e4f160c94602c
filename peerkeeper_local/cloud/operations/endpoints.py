"""VPC endpoint operations, owned whole: moto's are not used. In: requests. Out: EC2's replies."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from moto.core.responses import ActionResult
from moto.ec2.utils import random_vpc_ep_id

from peerkeeper_local.cloud.endpoints import add_routes, endpoints, remove_routes, shown
from peerkeeper_local.cloud.managed_interfaces import make, regroup, remove
from peerkeeper_local.cloud.operations.endpoint_checks import EndpointChecks
from peerkeeper_local.semantics import endpoint_calls as rules
from peerkeeper_local.semantics import interface_endpoint_calls as inside
from peerkeeper_local.semantics.endpoint_services import (
    BALANCER,
    GATEWAY,
    INTERFACE,
    Service,
    service_named,
)
from peerkeeper_local.semantics.endpoint_view import ENDPOINTS
from peerkeeper_local.semantics.endpoints import (
    FULL_ACCESS,
    Endpoint,
    Place,
    no_such_endpoint,
    nothing_to_delete,
)
from peerkeeper_local.semantics.filters import Document
from peerkeeper_local.semantics.listings import listed

INTERFACE_TYPES = {INTERFACE: "vpc_endpoint", BALANCER: "gateway_load_balancer_endpoint"}
"""What the interfaces of an endpoint say they are. Source: EC2 API, NetworkInterface (InterfaceType)."""


class EndpointOperations(EndpointChecks):
    """Create, describe, modify and delete endpoints."""

    def create_vpc_endpoint(self) -> ActionResult:
        """Create an endpoint: its routes are there at once, an interface endpoint is pending."""
        endpoint = self._new_endpoint()
        if endpoint.gateway:
            add_routes(self.ec2_backend, endpoint, endpoint.tables)
        else:
            endpoint = self._moved(endpoint, self.params.get("SubnetIds") or (), ())
        self.ec2_backend.vpc_end_points[endpoint.id] = endpoint
        tags = self._parse_tag_specification("vpc-endpoint")
        if tags:
            self.ec2_backend.create_tags([endpoint.id], tags["vpc-endpoint"])
        return ActionResult({"VpcEndpoint": shown(self.world, self.location, endpoint)})

    def _new_endpoint(self) -> Endpoint:
        """Return what is asked for, once every rule allows it; without interfaces yet."""
        sent, vpc_id = self.params, self._vpc_of_endpoint()
        name = self.required("ServiceName")
        service = service_named(name, self.location.region)
        kind = sent.get("VpcEndpointType") or GATEWAY
        rules.check_kind(service, kind, name)
        rules.check_parameters(kind, sent)
        rules.check_policy(sent.get("PolicyDocument"))
        others = endpoints(self.world, self.location)
        rules.check_quota(kind, vpc_id, others, self.world.limits)
        endpoint = Endpoint(
            id=random_vpc_ep_id(),
            vpc_id=vpc_id,
            service=name,
            kind=kind,
            created=self.moment.now,
            policy=sent.get("PolicyDocument") or FULL_ACCESS,
        )
        if kind == GATEWAY:
            return self._new_gateway_endpoint(endpoint)
        return self._new_interface_endpoint(endpoint, service)

    def _new_gateway_endpoint(self, endpoint: Endpoint) -> Endpoint:
        """Return it with its prefix list and tables."""
        listed = replace(endpoint, prefix_list=self._prefix_list_of(endpoint.service))
        tables = _once(self.params.get("RouteTableIds"))
        self._check_tables(listed, tables)
        return replace(listed, tables=tables)

    def _new_interface_endpoint(self, endpoint: Endpoint, service: Service) -> Endpoint:
        """Return it with its groups and whether private DNS is on; without interfaces yet."""
        sent, vpc_id = self.params, endpoint.vpc_id
        groups = _once(sent.get("SecurityGroupIds"))
        if not groups and endpoint.kind != BALANCER:
            groups = self._default_group(vpc_id)
        self._check_groups(vpc_id, groups)
        self._check_subnets(endpoint, sent.get("SubnetIds") or (), ())
        private = inside.wants_private_dns(sent, service)
        endpoint = replace(endpoint, groups=groups, private_dns=private)
        if private:
            self._check_private_dns(endpoint)
        return endpoint

    def describe_vpc_endpoints(self) -> ActionResult:
        """Describe endpoints."""
        there = endpoints(self.world, self.location)
        documents = [shown(self.world, self.location, each) for each in there]
        return ActionResult(listed(documents, ENDPOINTS, self.params))

    def modify_vpc_endpoint(self) -> ActionResult:
        """Change what the call names, all of it or, if a rule refuses, nothing."""
        sent, endpoint = self.params, self._named_endpoint(self.required("VpcEndpointId"))
        rules.check_there(endpoint, self.moment)
        rules.check_parameters(endpoint.kind, sent)
        rules.check_policy(sent.get("PolicyDocument"))
        policy = FULL_ACCESS if sent.get("ResetPolicy") else sent.get("PolicyDocument")
        changed = replace(endpoint, policy=policy or endpoint.policy)
        change = self._retabled if endpoint.gateway else self._rehoused
        changed = change(changed)
        self.ec2_backend.vpc_end_points[endpoint.id] = changed
        return ActionResult({"Return": True})

    def _retabled(self, endpoint: Endpoint) -> Endpoint:
        """Return a gateway endpoint with its tables changed, and their routes."""
        added = _once(self.params.get("AddRouteTableIds"))
        removed = _once(self.params.get("RemoveRouteTableIds"))
        rules.check_associated(endpoint, endpoint.tables, removed)
        self._check_tables(endpoint, added)
        remove_routes(self.ec2_backend, endpoint, removed)
        add_routes(self.ec2_backend, endpoint, added)
        return replace(endpoint, tables=_changed(endpoint.tables, added, removed))

    def _rehoused(self, endpoint: Endpoint) -> Endpoint:
        """Return an interface endpoint with its groups, private DNS and subnets changed."""
        sent = self.params
        added, removed = (_once(sent.get(f"{verb}SecurityGroupIds")) for verb in ("Add", "Remove"))
        subnets, left = (_once(sent.get(f"{verb}SubnetIds")) for verb in ("Add", "Remove"))
        rules.check_associated(endpoint, endpoint.groups, removed)
        rules.check_associated(endpoint, endpoint.subnet_ids, left)
        self._check_groups(endpoint.vpc_id, added)
        groups = _changed(endpoint.groups, added, removed)
        inside.check_some_group(groups)
        self._check_subnets(endpoint, subnets, left)
        private = sent.get("PrivateDnsEnabled")
        if private and not endpoint.private_dns:
            self._check_private_dns(endpoint)
        endpoint = replace(
            endpoint,
            groups=groups,
            private_dns=endpoint.private_dns if private is None else bool(private),
        )
        for place in endpoint.places:
            regroup(self.ec2_backend, place.interface_id, groups)
        return self._moved(endpoint, subnets, left)

    def _moved(self, endpoint: Endpoint, added: Sequence[str], removed: Sequence[str]) -> Endpoint:
        """Return the endpoint with an interface in each subnet added, and none in those removed."""
        kept = [place for place in endpoint.places if place.subnet_id not in removed]
        for place in endpoint.places:
            if place not in kept:
                remove(self.ec2_backend, place.interface_id)
        for subnet in self._subnets(added):
            words = f"VPC Endpoint Interface {endpoint.id}"
            kind = INTERFACE_TYPES[endpoint.kind]
            made = make(self.ec2_backend, subnet.id, kind, words, groups=endpoint.groups)
            kept.append(Place(subnet.id, subnet.zone, made.id))
        return replace(endpoint, places=tuple(kept))

    def delete_vpc_endpoints(self) -> ActionResult:
        """Delete each endpoint; those that are not there are in the reply, and fail nothing.

        Routes go at once; interfaces with the endpoint. Sources: EC2 API, DeleteVpcEndpoints;
        observed (interfaces stay while it is deleting).
        """
        there = {each.id: each for each in endpoints(self.world, self.location)}
        missed = []
        for name in self.params.get("VpcEndpointIds") or ():
            if name in there:
                self._delete(there[name])
            else:
                missed.append(_unsuccessful(name))
        return ActionResult({"Unsuccessful": missed})

    def _delete(self, endpoint: Endpoint) -> None:
        if endpoint.deleted is not None:
            return
        remove_routes(self.ec2_backend, endpoint, endpoint.tables)
        gone = replace(endpoint, tables=(), deleted=self.moment.now)
        self.ec2_backend.vpc_end_points[endpoint.id] = gone
        at = self.moment.now + self.world.delays.endpoint_deleting
        self.world.due(at, self.location, endpoint.id)

    def _named_endpoint(self, endpoint_id: str) -> Endpoint:
        for each in endpoints(self.world, self.location):
            if each.id == endpoint_id:
                return each
        raise no_such_endpoint(endpoint_id)


def _unsuccessful(endpoint_id: str) -> Document:
    refusal = nothing_to_delete(endpoint_id)
    error = {"Code": refusal.code, "Message": refusal.message}
    return {"ResourceId": endpoint_id, "Error": error}


def _once(ids: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids or ()))


def _changed(
    present: Iterable[str], added: Iterable[str], removed: Sequence[str]
) -> tuple[str, ...]:
    return _once(each for each in (*present, *added) if each not in removed)
