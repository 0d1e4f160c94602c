"""Where a subnet may be, and which IPv6 block it may have."""

import pytest

from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.subnet_calls import check_ipv6_block, check_zone

OF_THE_VPC = ("2001:db8:0:100::/56",)
TAKEN = ("2001:db8:0:101::/64",)


@pytest.mark.parametrize(
    ("cidr", "code"),
    [
        ("2001:db8:0:100::/64", ""),
        ("2001:db8:0:110::/60", ""),
        ("2001:db8:0:101::/64", "InvalidSubnet.Conflict"),
        ("2001:db8:0:100::/60", "InvalidSubnet.Conflict"),
        ("2001:db8:0:200::/64", "InvalidSubnet.Range"),
        ("2001:db8::/48", "InvalidSubnet.Range"),
        ("2001:db8:0:102::/65", "InvalidSubnet.Range"),
        ("2001:db8:0:102::/63", "InvalidSubnet.Range"),
        ("10.0.0.0/24", "InvalidSubnet.Range"),
    ],
)
def test_an_ipv6_block_is_of_the_vpc_and_free(cidr: str, code: str) -> None:
    if not code:
        check_ipv6_block(cidr, OF_THE_VPC, TAKEN)
        return
    with pytest.raises(Refusal, match=f"The IPv6 CIDR '{cidr}'") as refused:
        check_ipv6_block(cidr, OF_THE_VPC, TAKEN)
    assert refused.value.code == code


def test_a_zone_is_one_of_the_regions() -> None:
    zones = ["ap-northeast-2b", "ap-northeast-2a"]
    check_zone("ap-northeast-2a", zones)
    check_zone("apne2-az1", ["apne2-az1"], "availabilityZoneId")
    with pytest.raises(Refusal) as refused:
        check_zone("us-east-1a", zones)
    assert refused.value.code == "InvalidParameterValue"
    assert refused.value.message == (
        "Value (us-east-1a) for parameter availabilityZone is invalid. Subnets can currently only "
        "be created in the following availability zones: ap-northeast-2a, ap-northeast-2b."
    )
