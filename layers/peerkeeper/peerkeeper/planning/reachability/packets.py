"""Packets as numbers, so that every question about protocols and ports is one about intervals.

In: traffic, a group's rule, or an ACL's entry. Out: a set of packets.

A packet between two known addresses is one number: 65,536 times the protocol, plus what a rule can ask for.

| protocol          | what is added                                 |
|-------------------|-----------------------------------------------|
| TCP (6), UDP (17) | the destination port                          |
| ICMP (1, 58)      | 256 times the type, plus the code             |
| any other         | 0 to 65,535: no rule tells such packets apart |

No rule of a group or an ACL asks for the source port. Sources: EC2 API, IpPermission and NetworkAclEntry.
"""

from __future__ import annotations

from functools import lru_cache

from peerkeeper.values.intervals import Intervals, intervals
from peerkeeper.values.network_acls import AclEntry
from peerkeeper.values.security_groups import ANY, GroupRule
from peerkeeper.values.traffic import HIGHEST_PORT, Protocol, Traffic

SPAN = HIGHEST_PORT + 1
TCP, UDP = 6, 17
PORTS_OF = {
    Protocol.TCP: (TCP,),
    Protocol.UDP: (UDP,),
    Protocol.ALL: (TCP, UDP),
    Protocol.ICMP: (),
}
"""The protocols of the traffic that have client ports."""
ICMP_OF = {4: 1, 6: 58}
"""ICMP's protocol number, by address family."""
ECHO = {4: (8, 0), 6: (128, 129)}
"""The types of an echo request and an echo reply, by address family. Source: RFC 792, RFC 4443."""
FIRST_CLIENT_PORT = 1024
EVERYTHING = intervals((0, 256 * SPAN - 1))


def requests(traffic: Traffic, version: int) -> Intervals:
    """Return the packets of the way there. `version`: 4 or 6, the address family."""
    if traffic.protocol is Protocol.ALL:
        return EVERYTHING
    if traffic.protocol is Protocol.ICMP:
        return of_icmp(ICMP_OF[version], ECHO[version][0], 0)
    return of_ports(PORTS_OF[traffic.protocol][0], traffic.first, traffic.last)


def replies(traffic: Traffic, version: int) -> Intervals:
    """Return the packets of the way back: to each port that a client may use, or an echo reply.

    Source: VPC User Guide, network ACLs, ephemeral ports: the clients together use 1024 to 65535.
    """
    if traffic.protocol is Protocol.ICMP:
        return of_icmp(ICMP_OF[version], ECHO[version][1], 0)
    if traffic.protocol is Protocol.ALL:
        last = FIRST_CLIENT_PORT - 1
        return EVERYTHING - of_ports(TCP, 0, last) - of_ports(UDP, 0, last)
    return of_ports(PORTS_OF[traffic.protocol][0], FIRST_CLIENT_PORT, HIGHEST_PORT)


def of_ports(protocol: int, first: int, last: int) -> Intervals:
    """Return the packets of a protocol to these ports, both included."""
    return intervals((protocol * SPAN + first, protocol * SPAN + last))


def of_protocol(protocol: int) -> Intervals:
    """Return all packets of a protocol."""
    return of_ports(protocol, 0, HIGHEST_PORT)


def of_icmp(protocol: int, kind: int, code: int) -> Intervals:
    """Return the packets of ICMP with this type and code; -1 is every one."""
    if kind == ANY:
        return of_protocol(protocol)
    if code == ANY:
        return of_ports(protocol, 256 * kind, 256 * kind + 255)
    return of_ports(protocol, 256 * kind + code, 256 * kind + code)


def of_rule(rule: GroupRule) -> Intervals:
    """Return the packets that a group's rule allows, from or to the addresses that it names."""
    return _packets(rule.protocol, rule.first, rule.last)


def of_entry(entry: AclEntry) -> Intervals:
    """Return the packets that an ACL's entry is about, from or to the addresses that it names.

    Ports count only for TCP and UDP, a type only for ICMP. Source: EC2 API, CreateNetworkAclEntry.
    """
    icmp = entry.protocol in ICMP_OF.values()
    first, last = (entry.icmp if icmp else entry.ports) or (ANY, ANY)
    return _packets(entry.protocol, first, last)


def ports(packets: Intervals, protocol: int) -> Intervals:
    """Return the ports of this protocol that the packets go to."""
    shift = protocol * SPAN
    within = packets & of_protocol(protocol)
    return Intervals(tuple((first - shift, last - shift) for first, last in within.parts))


@lru_cache(maxsize=4096)  # the rules of an estate name few ranges of ports
def _packets(protocol: int, first: int, last: int) -> Intervals:
    if protocol == ANY:
        return EVERYTHING
    if protocol in ICMP_OF.values():
        return of_icmp(protocol, first, last)
    if protocol in (TCP, UDP) and first != ANY:
        return of_ports(protocol, first, last)
    return of_protocol(protocol)
