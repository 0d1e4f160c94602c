"""What becomes of one packet, hop by hop: brute force over sampled packets, written apart from the judge.

Addresses and ports are tried one by one. There is no set of ports here, no cut network, no index. Each hop
says True (passes), False (stopped) or None (nobody can know).
"""

from __future__ import annotations

from typing import Any, NamedTuple

USUAL = {"Linux": (32768, 60999), "Windows Server": (49152, 65535)}
LIVES = [
    "active",
    "provisioning",
    "pending-acceptance",
    "initiating-request",
    "unknown",
    "deleting",
    "deleted",
    "rejected",
    "failed",
    "expired",
]


class Packet(NamedTuple):
    protocol: int
    x: int = 0
    """Destination port of TCP and UDP, type of ICMP."""
    y: int = 0
    """Code of ICMP."""


def matches(protocol: int, pair: Any, packet: Packet) -> bool:
    if protocol == -1:
        return True
    if protocol != packet.protocol:
        return False
    if pair is None or pair == (-1, -1):
        return True
    if protocol in (1, 58):
        return pair[0] == packet.x and pair[1] in (-1, packet.y)
    if protocol in (6, 17):
        return pair[0] <= packet.x <= pair[1]
    return True


def group_hop(around, end, other, address, packet, egress, via):
    if end.group_ids is None:
        return None
    doubt = False
    for group_id in end.group_ids:
        found = [
            g for g in around.security_groups if g.id == group_id and g.location == end.location
        ]
        if not found:
            doubt = True
            continue
        for rule in found[0].egress if egress else found[0].ingress:
            if not matches(rule.protocol, (rule.first, rule.last), packet):
                continue
            says = named_end(around, rule, end, other, address, via)
            if says:
                return True
            doubt = doubt or says is None
    return None if doubt else False


def named_end(around, rule, end, other, address, via):
    if rule.network:
        return address in rule.network
    if rule.prefix_list:
        lists = [
            p for p in around.prefix_lists if (p.location, p.id) == (end.location, rule.prefix_list)
        ]
        if not lists:
            return None
        return not lists[0].of_aws and any(address in one for one in lists[0].networks)
    if rule.peering_status == "deleted" or end.location.region != other.location.region:
        return False
    one_vpc = (end.location, end.vpc_id) == (other.location, other.vpc_id)
    if not one_vpc and via is not None and via.status not in ("active", "unknown"):
        return False
    if other.group_ids is None:
        return None
    if rule.group_id not in other.group_ids:
        return False
    return True if one_vpc or (via is not None and via.status == "active") else None


def acl_hop(around, end, address, packet, egress):
    for acl in around.network_acls:
        if acl.location == end.location and end.subnet_id in acl.subnet_ids:
            for entry in sorted(acl.entries, key=lambda entry: entry.number):
                pair = entry.icmp if entry.protocol in (1, 58) else entry.ports
                if entry.egress != egress or address not in entry.network:
                    continue
                if matches(entry.protocol, pair, packet):
                    return entry.allow
            return False
    return None


def table_of(around, end):
    here = [t for t in around.route_tables if (t.location, t.vpc_id) == (end.location, end.vpc_id)]
    own = [t for t in here if end.subnet_id in t.subnet_ids]
    return (own or [t for t in here if t.main] or [None])[0]


def winners(around, table, holds):
    """All routes that may take what `holds` accepts; None among them if none may."""
    ranked, unread = [], []
    for route in table.routes:
        if route.destination:
            if holds(route.destination):
                ranked.append((route.destination.prefixlen, route.static, False, route))
            continue
        lists = [
            p
            for p in around.prefix_lists
            if (p.location, p.id) == (table.location, route.prefix_list)
        ]
        if not lists:
            unread.append(route)
        else:
            ranked += [(n.prefixlen, False, True, route) for n in lists[0].networks if holds(n)]
    best = max((rank[:3] for rank in ranked), default=None)
    first = [rank[3] for rank in ranked if rank[:3] == best] or [None]
    if best and best[0] in (32, 128) and best[1]:
        unread = []
    return [*first, *unread]


def route_hop(around, end, other, address, via):
    table = table_of(around, end)
    if table is None:
        return None
    one_vpc = (end.location, end.vpc_id) == (other.location, other.vpc_id)
    outcomes = set()
    for route in winners(around, table, lambda n: n.version == address.version and address in n):
        if route is None:
            outcomes.add(False)
        elif route.odd:
            outcomes.add(None)
        elif route.blackhole:
            outcomes.add(False)
        elif route.target == ("local" if one_vpc else via.id if via else "nothing"):
            outcomes.add(True)
        elif route.target.startswith("pcx-"):
            seen = [p for p in around.peerings if p.id == route.target]
            outcomes.add(False if seen or end.location in around.peerings_read_in else None)
        else:
            outcomes.add(False if route.target.startswith(("local", "igw", "nat")) else None)
    return outcomes.pop() if len(outcomes) == 1 else None


def peering_taken(around, source, target):
    ends = {(source.location, source.vpc_id), (target.location, target.vpc_id)}
    joining = [
        p
        for p in around.peerings
        if {(s.location, s.vpc_id) for s in (p.requester, p.accepter)} == ends
    ]
    table = table_of(around, source)
    if table:
        whole = target.network
        holds = lambda n: n.version == whole.version and whole.subnet_of(n)  # noqa: E731
        first = winners(around, table, holds)[0]
        for pcx in joining:
            if first and first.target == pcx.id:
                return pcx
    joining.sort(key=lambda p: p.id, reverse=True)
    return min(joining, key=lambda p: LIVES.index(p.status), default=None)


def peering_hop(around, source, target, via, route_there):
    if via is None:
        known = (
            source.location in around.peerings_read_in or target.location in around.peerings_read_in
        )
        stopped = False if known else None
    elif via.status == "unknown":
        stopped = None
    else:
        stopped = via.status == "active"
    return None if stopped is False and route_there is None else stopped


def worst(says):
    says = list(says)
    return False if False in says else None if None in says else True


def addresses_in(around, network):
    """The first and last address of the network, and those where any network of the world begins or ends."""
    first, last = int(network[0]), int(network[-1])
    found = {first, last}
    known = [e.network for a in around.network_acls for e in a.entries]
    known += [
        r.network for g in around.security_groups for r in (*g.ingress, *g.egress) if r.network
    ]
    known += [r.destination for t in around.route_tables for r in t.routes if r.destination]
    known += [n for p in around.prefix_lists for n in p.networks]
    for one in known:
        if one.version == network.version:
            found |= {int(one[0]), int(one[-1]), int(one[0]) - 1, int(one[-1]) + 1}
    kind = type(network[0])
    return [kind(n) for n in sorted(found) if first <= n <= last]


def bounds(around):
    """The ports and types at which any rule of the world begins or ends, and those beside."""
    pairs = [e.ports for a in around.network_acls for e in a.entries if e.ports]
    pairs += [e.icmp for a in around.network_acls for e in a.entries if e.icmp]
    pairs += [(r.first, r.last) for g in around.security_groups for r in (*g.ingress, *g.egress)]
    edges = {n for pair in pairs for n in pair}
    edges |= {0, 1023, 1024, 32768, 60999, 49152, 65535}
    return sorted({p for n in edges for p in (n - 1, n, n + 1) if 0 <= p <= 65535})


def requests_and_replies(around, traffic, version):
    ports = bounds(around)
    icmp = 1 if version == 4 else 58
    ask, reply = (8, 0) if version == 4 else (128, 129)
    number = {"tcp": 6, "udp": 17}.get(traffic.protocol)
    if traffic.protocol == "icmp":
        return [Packet(icmp, ask)], [Packet(icmp, reply)]
    if number:
        there = [
            p for p in {*ports, traffic.first, traffic.last} if traffic.first <= p <= traffic.last
        ]
        return [Packet(number, p) for p in there], [Packet(number, p) for p in ports if p >= 1024]
    types = {(p, c) for p in ports for c in (0, 4, 255) if p <= 255}
    others = [Packet(n, x, y) for n in (1, 58) for x, y in types] + [
        Packet(47),
        Packet(50),
        Packet(255),
    ]
    both = [Packet(n, p) for n in (6, 17) for p in ports]
    return both + others, [p for p in both if p.x >= 1024] + others


def judged(world):
    """The states of all hops, the client ports that stay open of those tried, and the verdict."""
    around, source, target, traffic = world
    there, back = requests_and_replies(around, traffic, source.network.version)
    ours, theirs = addresses_in(around, source.network), addresses_in(around, target.network)
    via = peering_taken(around, source, target)
    one_vpc = (source.location, source.vpc_id) == (target.location, target.vpc_id)
    one_subnet = one_vpc and source.subnet_id == target.subnet_id
    hops = {}

    def all_of(addresses, packets, hop):
        return [hop(address, packet) for address in addresses for packet in packets]

    if not source.any_of_subnet:
        hops["security groups, out", False] = all_of(
            theirs, there, lambda a, p: group_hop(around, source, target, a, p, True, via)
        )
    if not one_subnet:
        hops["network ACL, out", False] = all_of(
            theirs, there, lambda a, p: acl_hop(around, source, a, p, True)
        )
        hops["route table", False] = [route_hop(around, source, target, a, via) for a in theirs]
        if not one_vpc:
            way = worst(hops["route table", False])
            hops["peering connection", False] = [peering_hop(around, source, target, via, way)]
        hops["network ACL, in", False] = all_of(
            ours, there, lambda a, p: acl_hop(around, target, a, p, False)
        )
    if not target.any_of_subnet:
        hops["security groups, in", False] = all_of(
            ours, there, lambda a, p: group_hop(around, target, source, a, p, False, via)
        )
    if not one_subnet:
        hops["network ACL, out", True] = all_of(
            ours, back, lambda a, p: acl_hop(around, target, a, p, True)
        )
        hops["route table", True] = [route_hop(around, target, source, a, via) for a in ours]
        hops["network ACL, in", True] = all_of(
            theirs, back, lambda a, p: acl_hop(around, source, a, p, False)
        )
    return upshot(around, traffic, hops, back, ours, theirs, target, source, one_subnet)


def upshot(around, traffic, hops, back, ours, theirs, target, source, one_subnet):
    states = {hop: worst(says) for hop, says in hops.items()}
    parts = {hop: False in says and len(set(says)) > 1 for hop, says in hops.items()}
    open_ports, tried = None, None
    if traffic.protocol != "icmp":
        protocols = {"tcp": (6,), "udp": (17,), "all": (6, 17)}[traffic.protocol]
        tried = {p.x for p in back if p.protocol in protocols}
        lost = {
            p
            for p in back
            if not one_subnet
            and (
                any(acl_hop(around, target, a, p, True) is False for a in ours)
                or any(acl_hop(around, source, a, p, False) is False for a in theirs)
                or states["route table", True] is False
            )
        }
        open_ports = tried - {p.x for p in lost if p.protocol in protocols}
        served = [
            name
            for name, (low, high) in USUAL.items()
            if all(p in open_ports for p in tried if low <= p <= high)
        ]
        if served:
            for hop in (("network ACL, out", True), ("network ACL, in", True)):
                if states.get(hop) is False:
                    end, other = (target, ours) if "out" in hop[0] else (source, theirs)
                    stopped = [
                        p
                        for p in back
                        for a in other
                        if acl_hop(around, end, a, p, "out" in hop[0]) is False
                    ]
                    if all(p.protocol in protocols for p in stopped):
                        states[hop] = True
    names = {True: "passed", False: "blocked", None: "unknown"}
    verdict = {True: "reaches", False: "blocked", None: "unknown"}[worst(states.values())]
    shown = {hop: (names[state], parts[hop]) for hop, state in states.items()}
    return verdict, shown, tried, open_ports
