"""Where a subnet may be, and which IPv6 block it may have. In: what a call names. Out: nothing, or a Refusal.

Its IPv4 block is in `addresses`.
"""

from collections.abc import Collection, Iterable
from typing import Literal

from peerkeeper_local.semantics.networks import inside, network, overlap
from peerkeeper_local.semantics.refusal import Refusal, invalid_value

LENGTHS = range(44, 65, 4)
"""The prefix lengths of an IPv6 block of a subnet. Source: VPC User Guide, subnet sizing for IPv6."""


def check_zone(
    sent: str,
    zones: Collection[str],
    parameter: Literal["availabilityZone", "availabilityZoneId"] = "availabilityZone",
) -> None:
    """Raise Refusal unless the zone is one of the Region's `zones`, all by name or all by id.

    Source: observed (a zone of another Region, by its name).
    """
    if sent not in zones:
        known = ", ".join(sorted(zones))
        more = (
            f"Subnets can currently only be created in the following availability zones: {known}."
        )
        raise invalid_value(sent, parameter, more)


def check_ipv6_block(cidr: str, of_the_vpc: Iterable[str], taken: Iterable[str]) -> None:
    """Raise Refusal unless a subnet may have this IPv6 block, canonical.

    `of_the_vpc` are the IPv6 blocks of the VPC, `taken` are the blocks of its subnets. Source: observed.
    """
    fits = network(cidr).prefixlen in LENGTHS and any(inside(cidr, each) for each in of_the_vpc)
    if not fits:
        raise Refusal("InvalidSubnet.Range", f"The IPv6 CIDR '{cidr}' is invalid.")
    if any(overlap(cidr, each) for each in taken):
        raise Refusal(
            "InvalidSubnet.Conflict", f"The IPv6 CIDR '{cidr}' conflicts with another subnet"
        )
