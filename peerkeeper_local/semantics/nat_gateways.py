"""A NAT gateway: what it is, in which state, and how it is shown.

In: values. Out: values, documents, or a Refusal. Never makes an interface or takes an address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from peerkeeper_local.semantics.filters import Document
from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.listings import Listing
from peerkeeper_local.semantics.refusal import Refusal

PUBLIC, PRIVATE = "public", "private"


@dataclass(frozen=True, slots=True)
class NatGateway:
    """A NAT gateway. Times are epoch seconds. The three public fields are a public one's.

    `failure`: code and message of why it will never be available; None if it will.
    """

    id: str
    vpc_id: str
    subnet_id: str
    created: float
    connectivity: str = PUBLIC
    interface_id: str = ""
    private_ip: str = ""
    allocation_id: str = ""
    public_ip: str = ""
    association_id: str = ""
    deleted: float | None = None
    failure: tuple[str, str] | None = None


def state_of(nat: NatGateway, moment: Moment) -> str | None:
    """Return the gateway's state; None once it is no longer shown.

    A deleted or failed one is shown for about an hour. Sources: EC2 API, NatGateway (State); VPC
    User Guide, NAT gateways.
    """
    now, delays = moment.now, moment.delays
    if nat.deleted is not None:
        if now < nat.deleted + delays.nat_deleting:
            return "deleting"
        shown = now < nat.deleted + delays.nat_deleting + delays.nat_tombstone
        return "deleted" if shown else None
    if now < nat.created + delays.nat_pending:
        return "pending"
    if nat.failure is None:
        return "available"
    return "failed" if now < nat.created + delays.nat_pending + delays.nat_tombstone else None


def passes_traffic(nat: NatGateway | None, moment: Moment) -> bool:
    """Whether a route through the gateway is active, not blackhole.

    One that is being deleted "may still be processing traffic". Sources: EC2 API, NatGateway
    (State) and Route (State); assumed (pending).
    """
    return nat is not None and state_of(nat, moment) in ("pending", "available", "deleting")


def check_addresses(connectivity: str, allocation_id: str | None) -> None:
    """Raise Refusal unless a public gateway has an Elastic IP address, and a private one none.

    Source: EC2 API, CreateNatGateway. Observed: MissingParameter and its text. Assumed: the other.
    """
    if connectivity not in (PUBLIC, PRIVATE):
        raise Refusal(
            "InvalidParameterValue", f"Value ({connectivity}) for connectivityType is invalid."
        )
    if connectivity == PUBLIC and not allocation_id:
        raise Refusal("MissingParameter", "The request must include the AllocationId parameter.")
    if connectivity == PRIVATE and allocation_id:
        raise Refusal(
            "InvalidParameterCombination", "A private NAT gateway takes no Elastic IP address."
        )


def failure_of(
    vpc_id: str, allocation_id: str, busy: bool, has_internet_gateway: bool
) -> tuple[str, str] | None:
    """Return the code and message with which a new public gateway will fail; None if it will not.

    `busy`: its address is associated with something. Source: EC2 API, NatGateway (FailureCode,
    FailureMessage).
    """
    if not has_internet_gateway:
        return "Gateway.NotAttached", f"Network {vpc_id} has no Internet gateway attached"
    if busy:
        return (
            "Resource.AlreadyAssociated",
            f"Elastic IP address {allocation_id} is already associated",
        )
    return None


def no_such_nat_gateway(nat_id: str) -> Refusal:
    """No dot. Source: EC2 errors; text observed."""
    return Refusal("NatGatewayNotFound", f"NAT gateway {nat_id} was not found")


def no_such_subnet_for_nat(subnet_id: str) -> Refusal:
    """Say what CreateNatGateway says. Source: EC2 errors; observed."""
    return Refusal("InvalidSubnet", f"Subnet {subnet_id} was not found")


NAT_GATEWAYS = Listing(
    "NatGateways",
    "NatGatewayId",
    "NatGatewayIds",
    {
        "nat-gateway-id": ("NatGatewayId",),
        "state": ("State",),
        "subnet-id": ("SubnetId",),
        "vpc-id": ("VpcId",),
    },
    no_such_nat_gateway,
    filters="Filter",
)


def description(nat: NatGateway, moment: Moment, tags: Mapping[str, str]) -> Document:
    """Return the gateway as its owner sees it. Sources: EC2 API, NatGateway; observed (while pending)."""
    state = state_of(nat, moment)
    shown: Document = {
        "NatGatewayId": nat.id,
        "VpcId": nat.vpc_id,
        "SubnetId": nat.subnet_id,
        "State": state,
        "CreateTime": datetime.fromtimestamp(nat.created, UTC),
        "ConnectivityType": nat.connectivity,
        "NatGatewayAddresses": _addresses(nat, state),
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
    }
    if nat.deleted is not None:
        shown["DeleteTime"] = datetime.fromtimestamp(nat.deleted, UTC)
    if state == "failed" and nat.failure:
        shown["FailureCode"], shown["FailureMessage"] = nat.failure
    return shown


def _addresses(nat: NatGateway, state: str | None) -> list[Document]:
    """Return the address: a pending public gateway shows only the allocation."""
    if state == "pending" or not nat.interface_id:
        return [{"AllocationId": nat.allocation_id}] if nat.allocation_id else []
    address: Document = {
        "NetworkInterfaceId": nat.interface_id,
        "PrivateIp": nat.private_ip,
        "IsPrimary": True,
        "Status": "succeeded",
    }
    if nat.connectivity == PUBLIC:
        address |= {
            "AllocationId": nat.allocation_id,
            "PublicIp": nat.public_ip,
            "AssociationId": nat.association_id,
        }
    return [address]
