"""What a route table takes.

In: a table as it is and what the call names. Out: nothing, a canonical destination, or a Refusal.
Never writes a route.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.networks import canonical, inside, no_cidr
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.route_quota import NO_LISTS, Weights, check_room

DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
TARGETS = (
    "GatewayId",
    "NatGatewayId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "NetworkInterfaceId",
    "InstanceId",
    "EgressOnlyInternetGatewayId",
    "CarrierGatewayId",
    "LocalGatewayId",
    "VpcEndpointId",
    "CoreNetworkArn",
    "OdbNetworkArn",
)
WITHIN_THE_VPC = frozenset({"NetworkInterfaceId", "InstanceId", "VpcEndpointId", "NatGatewayId"})
EDGE_TARGETS = frozenset({"NetworkInterfaceId", "InstanceId", "VpcEndpointId"})
ROUTABLE = frozenset({"pending-acceptance", "provisioning", "active"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a route points at: the parameter that names it, and the id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Route:
    """A route: canonical destination (or prefix list id), target and origin as EC2 spells them."""

    destination: str
    target: Target
    origin: str = "CreateRoute"

    @property
    def local(self) -> bool:
        """Whether this is the VPC's own route."""
        return self.target.id == "local"

    @property
    def endpoints(self) -> bool:
        """Whether a gateway endpoint brought it: only the endpoint removes it again."""
        return self.destination.startswith("pl-") and self.target.id.startswith("vpce-")

    @property
    def propagated(self) -> bool:
        """Whether a gateway put it there."""
        return self.origin not in ("CreateRoute", "CreateRouteTable")


@dataclass(frozen=True, slots=True)
class Table:
    """A route table: its VPC, its routes, and whether it is a gateway's (edge) table."""

    id: str
    vpc_id: str
    routes: tuple[Route, ...]
    edge: bool = False

    @property
    def counted(self) -> tuple[str, ...]:
        """The destinations that count against the quota: of all static routes except the local one."""
        return tuple(
            route.destination for route in self.routes if not (route.local or route.propagated)
        )


def destination_of(sent: Mapping[str, Any]) -> str:
    """Return the one destination in `sent`, canonical.

    Raises Refusal: MissingParameter, InvalidParameterCombination, InvalidParameterValue.
    Source: EC2 API, CreateRoute.
    """
    key, value = _exactly_one(sent, DESTINATIONS, "destination")
    if key == "DestinationPrefixListId":
        return value
    parameter = key[0].lower() + key[1:]
    if (":" in value) != (key == "DestinationIpv6CidrBlock"):
        raise no_cidr(value, parameter)
    return canonical(value, parameter)


def target_of(sent: Mapping[str, Any]) -> Target:
    """Return the one target in `sent`. Raises Refusal. Source: EC2 API, CreateRoute."""
    return Target(*_exactly_one(sent, TARGETS, "target"))


def _exactly_one(sent: Mapping[str, Any], keys: Iterable[str], what: str) -> tuple[str, str]:
    given = [(key, str(sent[key])) for key in keys if sent.get(key) is not None]
    if not given:
        raise Refusal("MissingParameter", f"The request must contain exactly one route {what}")
    if len(given) > 1:
        names = ", ".join(key for key, _ in given)
        raise Refusal(
            "InvalidParameterCombination", f"A route takes exactly one {what}, not: {names}"
        )
    return given[0]


def check_create(
    table: Table, destination: str, target: Target, limits: Limits, weights: Weights = NO_LISTS
) -> None:
    """Raise Refusal unless `table` takes a new route to `destination`.

    A static route may stand beside a propagated one of the same destination. Duplicates count for
    IPv4, IPv6 and prefix lists alike. `weights`: of the prefix lists among the destinations.
    Sources: EC2 errors, observed.
    """
    _check_target(table, destination, target)
    static = [route for route in table.routes if not route.propagated]
    if any(route.destination == destination for route in static):
        raise Refusal(
            "RouteAlreadyExists", f"The route identified by {destination} already exists."
        )
    check_room(table.id, table.counted, destination, limits, weights)


def check_replace(table: Table, destination: str, target: Target) -> None:
    """Raise Refusal unless `table` has a static route to `destination` that may be re-pointed.

    A missing route is InvalidParameterValue, not InvalidRoute.NotFound. Source: observed; assumed
    (a gateway endpoint's route). The target of the local route is not done here.
    """
    _check_target(table, destination, target)
    if any(route.destination == destination and route.local for route in table.routes):
        raise Refusal(
            "UnsupportedOperation", "The local cloud does not change the target of a local route."
        )
    _check_not_endpoints(table, destination, "replace")
    if not any(r.destination == destination and not r.propagated for r in table.routes):
        raise Refusal(
            "InvalidParameterValue",
            f"There is no route defined for '{destination}' in the route table. "
            "Use CreateRoute instead.",
        )


def check_delete(table: Table, destination: str) -> None:
    """Raise Refusal unless `table` has a route to `destination` that may be deleted.

    Source: EC2 errors. Observed: local, a gateway endpoint's. Assumed: propagated.
    """
    _check_not_endpoints(table, destination, "remove")
    found = [route for route in table.routes if route.destination == destination]
    if not found:
        raise Refusal(
            "InvalidRoute.NotFound",
            f"no route with destination-cidr-block {destination} in route table {table.id}",
        )
    if all(route.local or route.propagated for route in found):
        kind = "local" if found[0].local else "propagated"
        raise Refusal(
            "InvalidParameterValue",
            f"cannot remove {kind} route {destination} in route table {table.id}",
        )


def check_peering_target(table: Table, pcx_id: str, vpc_ids: Iterable[str], code: str) -> None:
    """Raise Refusal unless a route of `table` may point at a peering that is in state `code`.

    It must join the table's VPC and be pending, provisioning or active: a route to a pending one
    is legal, and blackhole. `vpc_ids` are the peering's two. Edge tables take none (text assumed).
    Sources: VPC Peering Guide, routing; observed.
    """
    if table.edge:
        raise Refusal(
            "InvalidParameterValue",
            f"{table.id} is associated with a gateway and cannot have {pcx_id} as target.",
        )
    if table.vpc_id not in tuple(vpc_ids) or code not in ROUTABLE:
        raise Refusal(
            "InvalidParameterValue",
            f"route table {table.id} and network gateway {pcx_id} belong to different networks",
        )


def state_through(code: str | None) -> str:
    """Return the state of a route through a peering in state `code`; None if it is gone for good.

    Blackhole is not the same as stale: a route to a pending peering is blackhole until the peering is active.
    Source: VPC Peering Guide, routing.
    """
    return "active" if code == "active" else "blackhole"


def within_the_vpc(table: Table, destination: str) -> bool:
    """Whether a local route of `table` holds all of `destination`."""
    return not destination.startswith("pl-") and any(
        route.local and inside(destination, route.destination) for route in table.routes
    )


def _check_target(table: Table, destination: str, target: Target) -> None:
    """Raise Refusal unless a route to `destination` may have this target, or the table be an edge's.

    Only an interface inside the VPC may take traffic for the VPC's own addresses, and an edge table
    takes no other traffic. Sources: observed; VPC User Guide, gateway route tables.
    """
    if table.edge and not (target.kind in EDGE_TARGETS and within_the_vpc(table, destination)):
        raise Refusal(
            "InvalidParameterValue",
            f"{table.id} is associated with a gateway: it takes no route to {destination} "
            f"through {target.id}.",
        )
    if target.kind in WITHIN_THE_VPC or destination.startswith("pl-"):
        return
    if within_the_vpc(table, destination):
        raise Refusal(
            "InvalidParameterValue",
            "Route target is not supported. "
            "This route only supports interface and instance targets.",
        )


def _check_not_endpoints(table: Table, destination: str, verb: str) -> None:
    if any(route.destination == destination and route.endpoints for route in table.routes):
        raise Refusal(
            "InvalidParameterValue",
            f"cannot {verb} VPC endpoint route {destination} in route table {table.id}",
        )
