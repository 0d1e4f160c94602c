"""Private addresses of a subnet."""

import pytest

from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.subnet_addresses import check_address, free_address

CIDR = "10.0.1.0/28"


def test_the_lowest_free_address_is_given_and_never_a_reserved_one():
    assert free_address(CIDR, []) == "10.0.1.4"
    assert free_address(CIDR, ["10.0.1.4", "10.0.1.6"]) == "10.0.1.5"
    with pytest.raises(Refusal) as refused:
        free_address(CIDR, [f"10.0.1.{number}" for number in range(4, 15)])
    assert refused.value.code == "InsufficientFreeAddressesInSubnet"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("10.0.1.16", "InvalidParameterValue"),
        ("10.0.1.3", "InvalidParameterValue"),
        ("10.0.1.15", "InvalidParameterValue"),
        ("2001:db8::1", "InvalidParameterValue"),
        ("ten", "InvalidParameterValue"),
        ("10.0.1.5", "InvalidIPAddress.InUse"),
    ],
)
def test_an_address_is_of_the_subnet_and_free(address, code):
    check_address(CIDR, "10.0.1.14", ["10.0.1.5"])
    with pytest.raises(Refusal) as refused:
        check_address(CIDR, address, ["10.0.1.5"])
    assert refused.value.code == code
