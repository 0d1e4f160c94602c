"""VPC and subnet attributes: one at a time, in the right order.

In: what the call names. Out: the attribute and its value, or a Refusal.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from peerkeeper_local.semantics.refusal import Refusal

VPC_ATTRIBUTES = ("EnableDnsSupport", "EnableDnsHostnames", "EnableNetworkAddressUsageMetrics")
NOT_AN_ATTRIBUTE = frozenset({"SubnetId", "VpcId", "DryRun"})


def one_attribute(sent: Mapping[str, Any], names: Iterable[str] | None = None) -> str:
    """Return the single attribute named in `sent` (of `names`, if given).

    Raises Refusal: MissingParameter (assumed), InvalidParameterCombination. Source: EC2 API,
    ModifyVpcAttribute ("cannot modify ... in the same request") and ModifySubnetAttribute ("You
    can only modify one attribute at a time").
    """
    wanted = None if names is None else set(names)
    given = [
        key
        for key, value in sent.items()
        if value is not None and key not in NOT_AN_ATTRIBUTE and (wanted is None or key in wanted)
    ]
    if not given:
        raise Refusal("MissingParameter", "The request must contain an attribute to modify")
    if len(given) > 1:
        raise Refusal(
            "InvalidParameterCombination",
            f"You can only modify one attribute at a time, not: {', '.join(sorted(given))}",
        )
    return given[0]


def check_vpc_dns(attribute: str, value: bool, support: bool, hostnames: bool) -> None:
    """Raise Refusal if DNS hostnames would be on while DNS support is off.

    `support`, `hostnames`: as they are now. Source: EC2 API, ModifyVpcAttribute ("You can only
    enable DNS hostnames if you've enabled DNS support"); the code is assumed.
    """
    support_then = value if attribute == "EnableDnsSupport" else support
    hostnames_then = value if attribute == "EnableDnsHostnames" else hostnames
    if hostnames_then and not support_then:
        raise Refusal(
            "InvalidParameterCombination", "DNS hostnames need DNS support: change that one first."
        )
