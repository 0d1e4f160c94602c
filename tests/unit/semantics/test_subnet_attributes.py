"""What ModifySubnetAttribute changes, and what it refuses."""

import pytest

from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.subnet_attributes import subnet_changes

ON, OFF = {"Value": True}, {"Value": False}
DNS = "PrivateDnsNameOptionsOnLaunch"
POOL = "ipv4pool-coip-0a1"


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        ({"MapPublicIpOnLaunch": ON}, {("MapPublicIpOnLaunch",): True}),
        ({"EnableDns64": OFF}, {("EnableDns64",): False}),
        (
            {"PrivateDnsHostnameTypeOnLaunch": "resource-name"},
            {(DNS, "HostnameType"): "resource-name"},
        ),
        (
            {"EnableResourceNameDnsAAAARecordOnLaunch": ON},
            {(DNS, "EnableResourceNameDnsAAAARecord"): True},
        ),
        ({"EnableLniAtDeviceIndex": 2}, {("EnableLniAtDeviceIndex",): 2}),
        ({"DisableLniAtDeviceIndex": ON}, {("EnableLniAtDeviceIndex",): None}),
        ({"DisableLniAtDeviceIndex": OFF}, {}),
        (
            {"MapCustomerOwnedIpOnLaunch": ON, "CustomerOwnedIpv4Pool": POOL},
            {("MapCustomerOwnedIpOnLaunch",): True, ("CustomerOwnedIpv4Pool",): POOL},
        ),
        (
            {"MapCustomerOwnedIpOnLaunch": OFF},
            {("MapCustomerOwnedIpOnLaunch",): False, ("CustomerOwnedIpv4Pool",): None},
        ),
    ],
)
def test_one_attribute_has_its_place(sent, changes):
    assert subnet_changes({"SubnetId": "subnet-0a1", **sent}) == changes


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "MissingParameter"),
        ({"CustomerOwnedIpv4Pool": POOL}, "MissingParameter"),
        ({"MapCustomerOwnedIpOnLaunch": ON}, "MissingParameter"),
        ({"EnableDns64": ON, "MapPublicIpOnLaunch": ON}, "InvalidParameterCombination"),
        ({"EnableDns64": ON, "CustomerOwnedIpv4Pool": POOL}, "InvalidParameterCombination"),
        ({"PrivateDnsHostnameTypeOnLaunch": "both"}, "InvalidParameterValue"),
        ({"EnableLniAtDeviceIndex": 0}, "InvalidParameterValue"),
    ],
)
def test_what_is_no_one_attribute_or_no_value_of_it_is_refused(sent, code):
    with pytest.raises(Refusal) as refused:
        subnet_changes({"SubnetId": "subnet-0a1", **sent})
    assert refused.value.code == code
