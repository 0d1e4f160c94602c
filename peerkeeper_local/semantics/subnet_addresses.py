"""Private addresses of a subnet. In: its CIDR and what is taken. Out: an address, or a Refusal."""

from collections.abc import Collection
from ipaddress import IPv4Address, ip_address

from peerkeeper_local.semantics.networks import network
from peerkeeper_local.semantics.refusal import Refusal

RESERVED = 4
"""AWS keeps the first four addresses, and the last. Source: VPC User Guide, subnet sizing."""


def free_address(cidr: str, taken: Collection[str]) -> str:
    """Return the lowest address of a subnet that is free. Raises Refusal. Source: EC2 errors."""
    whole = network(cidr)
    for number in range(RESERVED, whole.num_addresses - 1):
        address = str(whole[number])
        if address not in taken:
            return address
    raise Refusal(
        "InsufficientFreeAddressesInSubnet", f"There are not enough free addresses in {cidr}."
    )


def check_address(cidr: str, address: str, taken: Collection[str]) -> None:
    """Raise Refusal unless an interface in the subnet may have `address`.

    Source: EC2 errors (in use). Observed: outside of the subnet. Assumed: reserved.
    """
    whole = network(cidr)
    try:
        asked = ip_address(address)
    except ValueError:
        raise Refusal("InvalidParameterValue", f"Invalid IP address: {address}") from None
    if not isinstance(asked, IPv4Address) or asked not in whole:
        raise Refusal(
            "InvalidParameterValue", "Address does not fall within the subnet's address range"
        )
    number = int(asked) - int(whole.network_address)
    if number < RESERVED or asked == whole.broadcast_address:
        raise Refusal("InvalidParameterValue", f"Address {address} is in subnet's reserved range")
    if address in taken:
        raise Refusal("InvalidIPAddress.InUse", f"Address {address} is in use.")
