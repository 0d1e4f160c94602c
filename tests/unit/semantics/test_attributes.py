from typing import Any

import pytest

from peerkeeper_local.semantics.attributes import VPC_ATTRIBUTES, check_vpc_dns, one_attribute
from peerkeeper_local.semantics.refusal import Refusal

ON = {"Value": True}


def test_the_one_attribute_sent_is_found() -> None:
    sent = {"VpcId": "vpc-1", "EnableDnsSupport": ON}
    assert one_attribute(sent, VPC_ATTRIBUTES) == "EnableDnsSupport"
    assert one_attribute({"SubnetId": "subnet-1", "MapPublicIpOnLaunch": ON}) == (
        "MapPublicIpOnLaunch"
    )


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"VpcId": "vpc-1"}, "MissingParameter"),
        ({"EnableDnsSupport": ON, "EnableDnsHostnames": ON}, "InvalidParameterCombination"),
    ],
)
def test_a_call_changes_exactly_one_attribute(sent: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        one_attribute(sent, VPC_ATTRIBUTES)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("attribute", "value", "support", "hostnames", "allowed"),
    [
        ("EnableDnsHostnames", True, True, False, True),
        ("EnableDnsHostnames", True, False, False, False),
        ("EnableDnsHostnames", False, False, False, True),
        ("EnableDnsSupport", False, True, True, False),
        ("EnableDnsSupport", False, True, False, True),
        ("EnableDnsSupport", True, False, False, True),
    ],
)
def test_dns_hostnames_are_never_on_without_dns_support(
    attribute: str, value: bool, support: bool, hostnames: bool, allowed: bool
) -> None:
    if allowed:
        check_vpc_dns(attribute, value, support, hostnames)
        return
    with pytest.raises(Refusal) as caught:
        check_vpc_dns(attribute, value, support, hostnames)
    assert caught.value.code == "InvalidParameterCombination"
