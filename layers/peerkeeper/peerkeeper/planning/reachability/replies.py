"""For which clients the replies come back. ACLs keep no state, so the client's port decides on the way back.

In: the hops of the way back, the traffic. Out: `Returned`.

| the replies pass to the client ports     | an ACL of the way back that stops others |
|------------------------------------------|------------------------------------------|
| 1024 to 65535                            | does not exist                           |
| some, with all ports of a usual client   | passed, in part                          |
| some, without them                       | blocked, in part                         |
| none                                     | blocked                                  |

A usual client has Linux or Windows Server. A NAT gateway, a load balancer and a Lambda function may use any
of these ports. Source: VPC User Guide, network ACLs, ephemeral ports; Linux's `net.ipv4.ip_local_port_range`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import and_
from typing import NamedTuple

from peerkeeper.planning.reachability.flows import Passed
from peerkeeper.planning.reachability.packets import (
    FIRST_CLIENT_PORT,
    PORTS_OF,
    of_protocol,
    ports,
)
from peerkeeper.values.intervals import Intervals, intervals, union
from peerkeeper.values.reachability import NO_PORTS, Hop, Replies, State
from peerkeeper.values.traffic import HIGHEST_PORT, Traffic

CLIENT_PORTS = intervals((FIRST_CLIENT_PORT, HIGHEST_PORT))
CLIENTS = {
    "Linux": intervals((32_768, 60_999)),
    "Windows Server": intervals((49_152, HIGHEST_PORT)),
}
"""The ports that usual clients take, by operating system."""


class Returned(NamedTuple):
    """What comes back."""

    hops: tuple[Hop, ...]
    replies: Replies | None = None
    client_ports: Intervals = NO_PORTS
    note: str = ""


def returned(way: Sequence[Passed], packets: Intervals, traffic: Traffic) -> Returned:
    """Return the hops of the way back, and the client ports that they leave open together."""
    hops = tuple(passed.hop for passed in way)
    protocols = PORTS_OF[traffic.protocol]
    if not protocols:
        return Returned(hops)
    open_ = reduce(and_, (passed.open for passed in way), packets)
    client_ports = reduce(and_, (ports(open_, one) for one in protocols))
    served = [name for name, wanted in CLIENTS.items() if wanted <= client_ports]
    if served:
        hops = tuple(_in_part(passed, packets, protocols) for passed in way)
    known = all(hop.state is not State.UNKNOWN for hop in hops)
    note = _note(client_ports, served)
    return Returned(hops, _replies(client_ports, known), client_ports, note)


def _in_part(passed: Passed, packets: Intervals, protocols: Sequence[int]) -> Hop:
    """Return a hop that blocks only client ports as passed in part, since a usual client passes."""
    missing = packets - passed.open
    of_ports = (of_protocol(one) for one in protocols)
    if passed.hop.state is State.BLOCKED and missing <= union(of_ports):
        return replace(passed.hop, state=State.PASSED, in_part=True)
    return passed.hop


def _replies(client_ports: Intervals, known: bool) -> Replies | None:
    if not client_ports:
        return Replies.NONE
    if not known:
        return None
    return Replies.ALL if client_ports == CLIENT_PORTS else Replies.SOME


def _note(client_ports: Intervals, served: Sequence[str]) -> str:
    """Return for which clients the answer holds; nothing where it holds for all or for none."""
    if not client_ports or client_ports == CLIENT_PORTS:
        return ""
    words = f"replies come back only to the client ports {client_ports}"
    if len(served) == len(CLIENTS):
        return f"{words}: {' and '.join(served)} use no others"
    left = " and ".join(name for name in CLIENTS if name not in served)
    uses = f"{served[0]} uses no others, " if served else ""
    return f"{words}: {uses}{left} may use others"
