"""The smallest change that would open a network ACL: one entry before those that deny.

Peerkeeper names it and never makes it.

In: the ACL, a direction, an address, the packets that are stopped. Out: `Opening`.

| numbers below the first entry that denies | what is named                                |
|-------------------------------------------|----------------------------------------------|
| enough are free                           | the command for each entry, the nearest ones |
| too few are free                          | in words: give the entries other numbers      |
"""

from __future__ import annotations

from peerkeeper.planning.reachability.packet_names import named, pieces
from peerkeeper.planning.reachability.packets import ICMP_OF, SPAN, TCP, UDP
from peerkeeper.values.aws_commands import aws_ec2
from peerkeeper.values.ec2 import Network
from peerkeeper.values.intervals import Intervals, Part
from peerkeeper.values.network_acls import CLOSING, NetworkAcl
from peerkeeper.values.reachability import Opening
from peerkeeper.values.security_groups import ANY

MOST = 4
"""Entries of one remedy. Traffic that needs more is opened by one entry for every protocol."""
STEP = 10
"""How far behind the last entry the next one is numbered, so that others find room between them."""
ALL_PROTOCOLS = (ANY, (0, SPAN - 1))


def opening(
    acl: NetworkAcl, egress: bool, other: Network, missing: Intervals, before: int
) -> Opening:
    """Return the entries that would allow the missing packets. `before`: the first entry that stops one."""
    wanted = list(pieces(missing))
    wanted = wanted if len(wanted) <= MOST else [ALL_PROTOCOLS]
    numbers = _free(acl, egress, before, len(wanted))
    direction, toward = ("egress", "to") if egress else ("ingress", "from")
    what = f"{named(missing)} {toward} {other} in {acl.id} ({direction})"
    if not numbers:
        return Opening(
            f"allow {what}; give its entries other numbers first, so that one is free before {before}"
        )
    commands = (
        _command(acl, direction, other, number, piece)
        for number, piece in zip(numbers, wanted, strict=True)
    )
    return Opening(f"allow {what}, before {_entry(before)}", " && ".join(commands))


def _free(acl: NetworkAcl, egress: bool, before: int, count: int) -> list[int]:
    """Return this many free numbers before an entry, ascending; none where there are too few."""
    used = {entry.number for entry in acl.entries if entry.egress is egress}
    last = max((number for number in used if number < CLOSING), default=0)
    if before >= CLOSING and last + STEP * count < CLOSING:
        return [last + STEP * step for step in range(1, count + 1)]
    free = [number for number in range(min(before, CLOSING) - 1, 0, -1) if number not in used]
    return sorted(free[:count]) if len(free) >= count else []


def _command(
    acl: NetworkAcl, direction: str, other: Network, number: int, piece: tuple[int, Part]
) -> str:
    """Return the command that adds one entry. Source: AWS CLI reference, create-network-acl-entry."""
    protocol, (first, last) = piece
    words = [f"--network-acl-id {acl.id} --{direction} --rule-number {number}"]
    words.append(f"--protocol {protocol}")
    if protocol in (TCP, UDP):
        words.append(f"--port-range From={first},To={last}")
    if protocol in ICMP_OF.values():
        kind, code = divmod(first, 256) if first == last else (ANY, ANY)
        words.append(f"--icmp-type-code Type={kind},Code={code}")
    family = "--cidr-block" if other.version == 4 else "--ipv6-cidr-block"
    words.append(f"{family} {other} --rule-action allow")
    return aws_ec2("create-network-acl-entry", acl.location.region, *words)


def _entry(number: int) -> str:
    return "the closing deny" if number >= CLOSING else f"entry {number}"
