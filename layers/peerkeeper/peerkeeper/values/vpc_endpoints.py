"""VPC endpoints, as values. Only `Endpoints=report` or `keep` reads them.

In: nothing. Out: `VpcEndpoint`. Never talks to AWS, never decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location, Tags

GATEWAY, INTERFACE = "gateway", "interface"
"""Types of endpoints, in small letters. Others have no findings: they lead to firewalls."""
AVAILABLE, PENDING = "available", "pending"


@dataclass(frozen=True, slots=True)
class VpcEndpoint:
    """A VPC endpoint. EC2 spells its type and state in two ways, so both are in small letters here.

    Source: botocore's EC2 model (`Available`); observed (`available`).
    """

    location: Location
    id: str
    vpc_id: str
    owner_id: str
    service: str
    kind: str
    state: str
    tags: Tags = ()
    table_ids: tuple[str, ...] = ()
    """The tables that a gateway endpoint has its route in."""
    subnet_ids: tuple[str, ...] = ()
    group_ids: tuple[str, ...] = ()
    private_dns: bool = False
    names: tuple[str, ...] = ()
    """Its DNS names: the Region's first, then one for each zone, then the private ones."""
    managed: bool = False
    """Another service made it and manages it (RequesterManaged): it is not ours to change."""

    @property
    def place(self) -> tuple[object, ...]:
        """What it has in common with its rivals: the VPC, the service and the type."""
        return self.location, self.vpc_id, self.service, self.kind
