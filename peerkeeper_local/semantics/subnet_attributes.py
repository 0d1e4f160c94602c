"""What a subnet gives to what is launched in it: which attributes there are, and how one is changed.

In: what ModifySubnetAttribute was sent. Out: each value by its place in the subnet's document, or a Refusal.
"""

from collections.abc import Mapping
from typing import Any

from peerkeeper_local.semantics.attributes import one_attribute
from peerkeeper_local.semantics.refusal import Refusal, invalid_value

Path = tuple[str, ...]
_DNS = "PrivateDnsNameOptionsOnLaunch"
POOL = "CustomerOwnedIpv4Pool"
HOSTNAME_TYPES = ("ip-name", "resource-name")
PLACES: Mapping[str, Path] = {
    "AssignIpv6AddressOnCreation": ("AssignIpv6AddressOnCreation",),
    "DisableLniAtDeviceIndex": ("EnableLniAtDeviceIndex",),
    "EnableDns64": ("EnableDns64",),
    "EnableLniAtDeviceIndex": ("EnableLniAtDeviceIndex",),
    "EnableResourceNameDnsAAAARecordOnLaunch": (_DNS, "EnableResourceNameDnsAAAARecord"),
    "EnableResourceNameDnsARecordOnLaunch": (_DNS, "EnableResourceNameDnsARecord"),
    "MapCustomerOwnedIpOnLaunch": ("MapCustomerOwnedIpOnLaunch",),
    "MapPublicIpOnLaunch": ("MapPublicIpOnLaunch",),
    "PrivateDnsHostnameTypeOnLaunch": (_DNS, "HostnameType"),
}
"""Parameter, and where DescribeSubnets shows its value. Source: EC2 API."""
AT_FIRST: Mapping[str, Any] = {
    "EnableDns64": False,
    "MapCustomerOwnedIpOnLaunch": False,
}
"""What a subnet shows from its start, in addition to what moto shows. Source: observed."""


def subnet_changes(sent: Mapping[str, Any]) -> dict[Path, Any]:
    """Return the new value by its place; None removes it.

    MapCustomerOwnedIpOnLaunch and its pool act as one attribute. Raises Refusal: MissingParameter,
    InvalidParameterCombination, InvalidParameterValue (codes for the pool and for values: assumed).
    Source: EC2 API, ModifySubnetAttribute.
    """
    attribute = one_attribute({key: value for key, value in sent.items() if key != POOL})
    pool = sent.get(POOL)
    if attribute == "MapCustomerOwnedIpOnLaunch":
        return _customer_owned(_value(sent[attribute]), pool)
    if pool is not None:
        raise Refusal(
            "InvalidParameterCombination",
            f"You can only modify one attribute at a time, not: {attribute}, {POOL}",
        )
    value = _value(sent[attribute])
    odd = attribute == "PrivateDnsHostnameTypeOnLaunch" and value not in HOSTNAME_TYPES
    # A local interface is never the primary one.
    if odd or (attribute == "EnableLniAtDeviceIndex" and value < 1):
        raise invalid_value(value, attribute[0].lower() + attribute[1:])
    if attribute == "DisableLniAtDeviceIndex":
        return {PLACES[attribute]: None} if value else {}
    return {PLACES[attribute]: value}


def _customer_owned(wanted: bool, pool: str | None) -> dict[Path, Any]:
    if wanted and not pool:
        raise Refusal("MissingParameter", f"The request must contain {POOL}")
    return {PLACES["MapCustomerOwnedIpOnLaunch"]: wanted, (POOL,): pool if wanted else None}


def _value(sent: Any) -> Any:  # noqa: ANN401 - a flag in a structure, a number or a word
    return bool(sent.get("Value")) if isinstance(sent, Mapping) else sent
