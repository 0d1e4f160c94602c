"""Our network ACLs that stop everything to or from a peer, or all replies.

In: the snapshot, surroundings, our sides. Out: findings, one for each ACL, direction and cause.

    of the ACL of a subnet that routes to the peering             finding
    nothing passes in from the peer, or nothing out to it         acl-blocks-all
    some TCP passes one way, and no usual client gets its
      replies the other way                                       acl-blocks-replies
    any other                                                     none
    the ACLs of the VPC were not read                             none

A usual client has Linux or Windows Server. Source: VPC User Guide, network ACLs, ephemeral ports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from peerkeeper.planning.reachability.acls import hop_of_acl
from peerkeeper.planning.reachability.flows import Flow, Passed
from peerkeeper.planning.reachability.packets import EVERYTHING, TCP, of_protocol, ports
from peerkeeper.planning.reachability.replies import CLIENT_PORTS, CLIENTS
from peerkeeper.planning.serving_tables import cidrs_of
from peerkeeper.planning.side_reach.sides import OurSide
from peerkeeper.values.ec2 import Location
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.intervals import Intervals
from peerkeeper.values.network_acls import NetworkAcl
from peerkeeper.values.reachability import State
from peerkeeper.values.security_groups import ANY
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.surroundings import Surroundings

MOST = 3
"""Peerings, or subnets, that a finding names; it says how many there are."""
WORDS = {False: ("in", "from"), True: ("out", "to")}
"""How a direction is said, by whether packets leave the subnet."""


class Gap(NamedTuple):
    """What an ACL stops: everything of a direction, or the replies that go in that direction."""

    where: Location
    acl_id: str
    code: Code
    leaving: bool


def acl_gaps(seen: Snapshot, around: Surroundings, sides: Iterable[OurSide]) -> Iterator[Finding]:
    """Yield a finding for each ACL, with the peerings that it stops."""
    found: dict[Gap, list[tuple[OurSide, str]]] = {}
    for side in sides:
        for gap, words in _of_side(seen, around, side):
            found.setdefault(gap, []).append((side, words))
    for gap, stopped in found.items():
        yield _finding(seen, gap, stopped)


def stopped(seen: Snapshot, around: Surroundings, side: OurSide) -> bool:
    """Tell whether each of our subnets that routes to the peering has an ACL that stops everything."""
    shut = {gap.acl_id for gap, _ in _of_side(seen, around, side) if gap.code is Code.ACL_ALL}
    used = {acl.id for acl, _ in _acls(seen, around, side)}
    return bool(used) and used <= shut


def _of_side(seen: Snapshot, around: Surroundings, side: OurSide) -> Iterator[tuple[Gap, str]]:
    networks = cidrs_of(seen, side.peer)
    for acl, end in _acls(seen, around, side):
        for network in networks:
            if all(_passes_all(acl, leaving, network.version) for leaving in (False, True)):
                continue
            peer = Endpoint(side.peer.location, side.peer.vpc_id, "", network)
            for leaving, code, words in _stopped(around, end, peer):
                yield Gap(acl.location, acl.id, code, leaving), words


def _acls(
    seen: Snapshot, around: Surroundings, side: OurSide
) -> Iterator[tuple[NetworkAcl, Endpoint]]:
    """Yield the ACLs of our subnets that route to the peering, each with one of these as an end."""
    known: set[str] = set()
    for subnet in seen.subnets_of(*side.key):
        table = seen.effective_table(subnet)
        if (
            table
            and subnet.cidrs
            and any(not one.blackhole for one in table.routes_to(side.pcx.id))
        ):
            end = Endpoint(subnet.location, subnet.vpc_id, subnet.id, subnet.cidrs[0])
            acl = around.acl_of(end)
            if acl and acl.id not in known:
                known.add(acl.id)
                yield acl, end


def _passes_all(acl: NetworkAcl, leaving: bool, version: int) -> bool:
    """Tell whether the first entry that can match allows everything: so in a default ACL."""
    entries = (
        one for one in acl.entries if one.egress is leaving and one.network.version == version
    )
    first = min(entries, key=lambda one: one.number, default=None)
    return bool(first and first.allow and first.protocol == ANY and first.network.prefixlen == 0)


def _stopped(
    around: Surroundings, end: Endpoint, peer: Endpoint
) -> Iterator[tuple[bool, Code, str]]:
    """Yield what one ACL stops of the packets between a subnet and a network of the peer."""
    passed = {leaving: _passed(around, end, peer, leaving, EVERYTHING) for leaving in WORDS}
    shut = [leaving for leaving, one in passed.items() if _is_shut(one)]
    if shut:
        yield from ((leaving, Code.ACL_ALL, f"by {passed[leaving].hop.rule}") for leaving in shut)
        return
    for leaving in WORDS:
        asking = _passed(around, end, peer, not leaving, of_protocol(TCP))
        open_ = ports(passed[leaving].open, TCP) & CLIENT_PORTS
        if not _is_shut(asking) and not any(wanted <= open_ for wanted in CLIENTS.values()):
            yield leaving, Code.ACL_REPLIES, f"of the client ports it allows {open_}"


def _passed(
    around: Surroundings, end: Endpoint, peer: Endpoint, leaving: bool, packets: Intervals
) -> Passed:
    sender, receiver = (end, peer) if leaving else (peer, end)
    return hop_of_acl(Flow(around, sender, receiver, packets), leaving)


def _is_shut(passed: Passed) -> bool:
    return passed.hop.state is State.BLOCKED and not passed.hop.in_part


def _finding(seen: Snapshot, gap: Gap, stopped: list[tuple[OurSide, str]]) -> Finding:
    acl = seen.network_acls[gap.where, gap.acl_id]
    direction, toward = WORDS[gap.leaving]
    peers = first_of(dict.fromkeys(_peer(seen, side) for side, _ in stopped), MOST)
    subnets = first_of(acl.subnet_ids, MOST)
    if gap.code is Code.ACL_ALL:
        stops = f"stops everything {direction} {toward} {peers}, {stopped[0][1]}"
    else:
        other, back = WORDS[not gap.leaving]
        stops = (
            f"lets TCP {other} {back} {peers} and stops the replies {direction}: {stopped[0][1]}. Linux uses "
            f"{CLIENTS['Linux']}, and Windows Server {CLIENTS['Windows Server']}"
        )
    words = f"{acl.id} of {acl.vpc_id} {stops}. It is the network ACL of {subnets}"
    ids = {side.pcx.id for side, _ in stopped}
    return Finding(gap.code, gap.where, acl.id, words, ids.pop() if len(ids) == 1 else "")


def _peer(seen: Snapshot, side: OurSide) -> str:
    return f"the peer of {side.pcx.id} ({first_of(cidrs_of(seen, side.peer), MOST)})"
