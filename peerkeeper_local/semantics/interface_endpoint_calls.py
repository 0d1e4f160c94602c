"""What an interface endpoint may be in: subnets, security groups, private DNS.

In: what the call names. Out: nothing, or a Refusal. Never makes an interface.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.endpoint_calls import invalid
from peerkeeper_local.semantics.endpoint_services import Service
from peerkeeper_local.semantics.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet as far as an endpoint looks at it: its id, VPC and zone."""

    id: str
    vpc_id: str
    zone: str


def check_subnets(vpc_id: str, added: Sequence[Subnet], kept: Iterable[Subnet]) -> None:
    """Raise Refusal unless each subnet is of the VPC, and the only one in its zone.

    `kept`: those that the endpoint is in already. Source: PrivateLink guide, interface endpoints.
    Observed: DuplicateSubnetsInSameZone and its text. Assumed: another VPC's.
    """
    zones = {subnet.zone for subnet in kept}
    for subnet in added:
        if subnet.vpc_id != vpc_id:
            raise invalid(f"The subnet {subnet.id} does not belong to the VPC {vpc_id}.")
        if subnet.zone in zones:
            raise Refusal(
                "DuplicateSubnetsInSameZone",
                f"Found another VPC endpoint subnet in the availability zone of {subnet.id}",
            )
        zones.add(subnet.zone)


def check_groups(vpc_id: str, groups: Mapping[str, str | None]) -> None:
    """Raise Refusal unless each group, here with its VPC, is there and of the endpoint's VPC.

    Source: EC2 errors, InvalidGroup.NotFound ("in a different AWS Region or VPC than the request").
    """
    for group, home in groups.items():
        if home != vpc_id:
            raise Refusal("InvalidGroup.NotFound", f"The security group '{group}' does not exist")


def check_some_group(groups: Iterable[str]) -> None:
    """Raise Refusal if an interface endpoint would have no group left. Source: assumed."""
    if not tuple(groups):
        raise invalid("An interface endpoint needs a security group.")


def check_private_dns(
    service: Service, region: str, vpc_id: str, dns_on: bool, others: Iterable[tuple[str, ...]]
) -> None:
    """Raise Refusal unless private DNS may be on for an endpoint of `service` in the VPC.

    `dns_on`: DNS support and DNS hostnames of the VPC are both on. `others`: the private names of
    each other endpoint of the VPC that has private DNS. Source: EC2 API, CreateVpcEndpoint (the
    attributes). Observed: all three texts.
    """
    names = service.private_names(region)
    if not names:
        raise invalid(
            f"Private DNS can't be enabled because the service {service.full_name(region)} "
            "does not provide a private DNS name."
        )
    if not dns_on:
        raise invalid(
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames "
            f"VPC attributes set to true for {vpc_id}"
        )
    for taken in others:
        for name in names:
            if name in taken:
                raise invalid(
                    "private-dns-enabled cannot be set because there is already a conflicting "
                    f"DNS domain for {name} in the VPC {vpc_id}"
                )


def wants_private_dns(sent: Mapping[str, Any], service: Service) -> bool:
    """Return whether a new interface endpoint gets private DNS: if nothing is said, yes if it can.

    Source: observed (on by default); assumed (off where the service has no private name).
    """
    said = sent.get("PrivateDnsEnabled")
    return bool(service.private) if said is None else bool(said)
