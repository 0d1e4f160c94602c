"""A VPC endpoint of AWS's services: what it is, and in which state.

In: values. Out: values. What may be made or changed is in `endpoint_calls`.
"""

from dataclasses import dataclass

from peerkeeper_local.semantics.endpoint_services import GATEWAY
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.refusal import Refusal

FULL_ACCESS = (
    '{"Version":"2008-10-17","Statement":'
    '[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'
)
"""The policy of an endpoint that was given none. Source: observed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A subnet that an interface endpoint is in, its zone, and the endpoint's interface there."""

    subnet_id: str
    zone: str
    interface_id: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint. Times are epoch seconds.

    `tables` and `prefix_list` are a gateway endpoint's; `places` are the others', and `groups` and
    `private_dns` an interface endpoint's.
    """

    id: str
    vpc_id: str
    service: str
    kind: str
    created: float
    policy: str = FULL_ACCESS
    tables: tuple[str, ...] = ()
    prefix_list: str = ""
    places: tuple[Place, ...] = ()
    groups: tuple[str, ...] = ()
    private_dns: bool = False
    deleted: float | None = None

    @property
    def gateway(self) -> bool:
        """Whether it is a gateway endpoint."""
        return self.kind == GATEWAY

    @property
    def vpc_endpoint_type(self) -> str:
        """Its type by EC2's own name: moto asks for it where a route is to lead here."""
        return self.kind

    @property
    def subnet_ids(self) -> tuple[str, ...]:
        """The subnets that it is in."""
        return tuple(place.subnet_id for place in self.places)


def state_of(endpoint: Endpoint, moment: Moment) -> str | None:
    """Return the endpoint's state; None once it is no longer found.

    A gateway endpoint is available at once. Sources: EC2 API, VpcEndpoint (State); observed (small
    letters, and that a deleted one is not found). `moment` has the delays.
    """
    delays = moment.delays
    if endpoint.deleted is not None:
        return "deleting" if moment.now < endpoint.deleted + delays.endpoint_deleting else None
    waits = not endpoint.gateway and moment.now < endpoint.created + delays.endpoint_pending
    return "pending" if waits else "available"


def no_such_endpoint(endpoint_id: str) -> Refusal:
    """Describe and modify. Source: EC2 errors; observed."""
    return Refusal(
        "InvalidVpcEndpointId.NotFound", f"The Vpc Endpoint Id '{endpoint_id}' does not exist"
    )


def nothing_to_delete(endpoint_id: str) -> Refusal:
    """Spell it as DeleteVpcEndpoints does, of one endpoint. Source: EC2 errors; observed."""
    return Refusal(
        "InvalidVpcEndpoint.NotFound", f"The Vpc Endpoint Id '{endpoint_id}' does not exist"
    )
