"""What a route may point at: kinds of targets, and where a target has to be.

In: a table, what the call names, and where that is. Out: nothing, or a Refusal. Never looks a target up.
"""

from collections.abc import Container

from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.routes import Table, Target

NOT_HERE = frozenset({"CoreNetworkArn", "LocalGatewayId", "OdbNetworkArn"})
"""Targets that no operation of the local cloud attaches to a VPC, so that each is refused."""
ONLY_IPV6 = "EgressOnlyInternetGatewayId"


def check_kind(destination: str, target: Target) -> None:
    """Raise Refusal unless a route to `destination` may have this kind of target.

    Source: VPC User Guide, egress-only internet gateways (only for IPv6; the code is assumed).
    """
    if target.kind in NOT_HERE:
        raise Refusal(
            "UnsupportedOperation", f"The local cloud does not do routes to a {target.kind}."
        )
    ipv4 = ":" not in destination and not destination.startswith("pl-")
    if target.kind == ONLY_IPV6 and ipv4:
        raise Refusal(
            "InvalidParameterValue",
            f"{target.id} takes traffic over IPv6 alone, not to {destination}.",
        )


def check_attached(table: Table, gateway_id: str, vpc_ids: Container[str]) -> None:
    """Raise Refusal unless the transit gateway is attached to the table's VPC. `vpc_ids`: its VPCs.

    EC2 answers that any other one does not exist. Source: observed.
    """
    if table.vpc_id not in vpc_ids:
        raise Refusal(
            "InvalidTransitGatewayID.NotFound",
            f"The transitGateway ID '{gateway_id}' does not exist",
        )
