"""Where the target of a route is. In: the world, a location, a target. Out: VPCs of that location."""

from collections.abc import Collection
from typing import Any

from peerkeeper_local.cloud.endpoints import endpoints
from peerkeeper_local.cloud.tables import vpcs_of_gateway
from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.nat_gateways import passes_traffic
from peerkeeper_local.semantics.routes import Target


def vpcs_of_target(world: World, location: Location, target: Target) -> Collection[str] | None:
    """Return the VPCs that the target is in or attached to; None if it does not exist.

    Raises Refusal (NotFound) for a peering that `location` does not see. Assumed: a deleted NAT
    gateway does not exist, though it is still shown.
    """
    backend = world.backend(location)
    match target.kind:
        case "VpcPeeringConnectionId":
            peering = world.peering(target.id, location)
            sides = (peering.requester, peering.accepter)
            # The VPC in another location says nothing about a table of this one.
            return [side.vpc_id for side in sides if side.location == location]
        case "TransitGatewayId":
            known = target.id in backend.transit_gateways
            return _transit_attachments(backend, target.id) if known else None
        case "GatewayId":
            return vpcs_of_gateway(backend, target.id)
        case "NatGatewayId":
            nat = backend.nat_gateways.get(target.id)
            return [nat.vpc_id] if passes_traffic(nat, world.moment()) else None
        case "VpcEndpointId":
            known_ones = endpoints(world, location)
            return next(([each.vpc_id] for each in known_ones if each.id == target.id), None)
        case _:
            stored = _stored(backend, target)
            return None if stored is None else [stored.vpc_id]


def _stored(backend: Any, target: Target) -> Any:  # noqa: ANN401 - moto is not typed
    """Return what has the id and lies in one VPC; None if there is no such one."""
    match target.kind:
        case "EgressOnlyInternetGatewayId":
            return backend.egress_only_internet_gateways.get(target.id)
        case "CarrierGatewayId":
            return backend.carrier_gateways.get(target.id)
        case "NetworkInterfaceId":
            interface = backend.enis.get(target.id)
            return interface and interface.subnet
        case _:
            return backend.get_instance_by_id(target.id)


def _transit_attachments(backend: Any, gateway_id: str) -> set[str]:  # noqa: ANN401 - as above
    return {
        each.resource_id
        for each in backend.transit_gateway_attachments.values()
        if each.transit_gateway_id == gateway_id and each.resource_type == "vpc"
    }
