"""The smallest change that would open the security groups of an interface: one rule.

Peerkeeper names it and never makes it.

In: the interface's end, a direction, an address, the packets that no rule allows. Out: `Opening`.

The rule names an address, since a rule cannot name a group of another Region. Source: VPC Peering Guide,
security groups.
"""

from __future__ import annotations

from peerkeeper.planning.reachability.packet_names import NAMES, named, pieces
from peerkeeper.planning.reachability.packets import ICMP_OF, SPAN, TCP, UDP
from peerkeeper.values.aws_commands import aws_ec2
from peerkeeper.values.ec2 import Network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.intervals import Intervals, Part
from peerkeeper.values.reachability import Opening
from peerkeeper.values.security_groups import ANY

MOST = 4
"""Permissions of one remedy. Traffic that needs more is opened by one rule for every protocol."""


def opening(end: Endpoint, leaving: bool, other: Network, missing: Intervals) -> Opening | None:
    """Return the rule that would allow the missing packets; None for an interface without a group."""
    if not end.group_ids:
        return None
    group_id = end.group_ids[0]
    direction, toward = ("egress", "to") if leaving else ("ingress", "from")
    wanted = list(pieces(missing))
    wanted = wanted if len(wanted) <= MOST else [(ANY, (0, SPAN - 1))]
    permissions = " ".join(f"'{_permission(piece, other)}'" for piece in wanted)
    return Opening(
        f"allow {named(missing)} {toward} {other} in {group_id} ({direction})",
        aws_ec2(
            f"authorize-security-group-{direction}",
            end.location.region,
            f"--group-id {group_id} --ip-permissions {permissions}",
        ),
    )


def _permission(piece: tuple[int, Part], other: Network) -> str:
    """Return one permission in the short form.

    Source: AWS CLI reference, authorize-security-group-ingress.
    """
    protocol, (first, last) = piece
    words = [f"IpProtocol={NAMES.get(protocol, protocol)}"]
    if protocol in (TCP, UDP):
        words.append(f"FromPort={first},ToPort={last}")
    if protocol in ICMP_OF.values():
        kind, code = divmod(first, 256) if first == last else (ANY, ANY)
        words.append(f"FromPort={kind},ToPort={code}")
    if other.version == 4:
        return ",".join((*words, f"IpRanges=[{{CidrIp={other}}}]"))
    return ",".join((*words, f"Ipv6Ranges=[{{CidrIpv6={other}}}]"))
