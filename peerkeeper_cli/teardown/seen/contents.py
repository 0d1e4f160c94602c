"""What is in one VPC, except routes, groups and zones. In: nothing. Out: frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance that is not terminated."""

    id: str
    protected: bool = False
    """Its attribute disableApiTermination is on."""
    scaling_group: str = ""
    """The Auto Scaling group that would launch another one; empty for none."""
    shutting_down: bool = False


@dataclass(frozen=True, slots=True)
class NatGateway:
    """A NAT gateway that still holds something, with its addresses and interfaces."""

    id: str
    deleting: bool = False
    allocations: frozenset[str] = frozenset()
    interfaces: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A VPC endpoint of any type."""

    id: str
    service: str
    interfaces: frozenset[str] = frozenset()
    deleting: bool = False
    managed: bool = False
    """A service of AWS made it and deletes it."""


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface."""

    id: str
    attached: bool = False
    instance: str = ""
    stays: bool = False
    """It stays when its instance ends."""
    managed: bool = False
    """Requester-managed: a service made it, and only that deletes it."""
    kind: str = "interface"
    description: str = ""
    requester: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An Elastic IP address."""

    allocation: str
    public_ip: str
    association: str = ""
    interface: str = ""
    managed: str = ""
    """The service of AWS that manages it; empty for none."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The association of a route table with a gateway."""

    association: str
    table: str
    gateway: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All of it. A main table and a default ACL are not in it: they go with the VPC."""

    instances: tuple[Instance, ...] = ()
    nat_gateways: tuple[NatGateway, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    addresses: tuple[Address, ...] = ()
    """All of the Region: EC2 names the interface of each, and no VPC."""
    subnets: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()
    acls: tuple[str, ...] = ()
    internet_gateways: tuple[str, ...] = ()
    egress_gateways: tuple[str, ...] = ()
    vpn_gateways: tuple[str, ...] = ()
