"""The same question as a formula over all packets, for z3: a second model, written apart from the judge.

A packet is a vector of bits: the addresses of both ends, a protocol, a port (or type and code). Each hop has
two formulas: it passes for certain, and it may pass. z3 finds a packet that a hop stops, or says that there
is none. So no packet is sampled here.
"""

from __future__ import annotations

from typing import NamedTuple

import z3

PROTOCOL, PORT = z3.BitVec("protocol", 8), z3.BitVec("port", 16)
"""`port` is the destination port of TCP and UDP, and type and code of ICMP."""
YES, NO, DOUBT = 1, 0, 2


class Says(NamedTuple):
    """Two formulas about one hop."""

    surely: z3.BoolRef
    maybe: z3.BoolRef


def address(name, version):
    return z3.BitVec(name, 32 if version == 4 else 128)


def inside(variable, network):
    if variable.size() != network.max_prefixlen:
        return z3.BoolVal(False)
    low, high = int(network[0]), int(network[-1])
    return z3.And(z3.UGE(variable, low), z3.ULE(variable, high))


def about(protocol, pair):
    """The packets that a protocol and a pair (ports, or type and code) name."""
    if protocol == -1:
        return z3.BoolVal(True)
    same = protocol == PROTOCOL
    first, last = pair or (-1, -1)
    if first == -1 or protocol not in (6, 17, 1, 58):
        return same
    if protocol in (6, 17):
        return z3.And(same, z3.UGE(PORT, first), z3.ULE(PORT, last))
    kind = z3.Extract(15, 8, PORT) == first
    return z3.And(same, kind, z3.BoolVal(True) if last == -1 else z3.Extract(7, 0, PORT) == last)


def of_acl(around, end, other, egress):
    acl = next(
        (
            a
            for a in around.network_acls
            if a.location == end.location and end.subnet_id in a.subnet_ids
        ),
        None,
    )
    if acl is None:
        return Says(z3.BoolVal(False), z3.BoolVal(True))
    passes = z3.BoolVal(False)
    for entry in sorted(acl.entries, key=lambda e: -e.number):
        if entry.egress is egress:
            pair = entry.icmp if entry.protocol in (1, 58) else entry.ports
            hit = z3.And(inside(other, entry.network), about(entry.protocol, pair))
            passes = z3.If(hit, z3.BoolVal(entry.allow), passes)
    return Says(passes, passes)


def of_groups(around, end, peer, other, egress, via):
    surely, maybe = [], []
    if end.group_ids is None:
        return Says(z3.BoolVal(False), z3.BoolVal(True))
    read = {g.id: g for g in around.security_groups if g.location == end.location}
    for group_id in end.group_ids:
        if group_id not in read:
            maybe.append(z3.BoolVal(True))
            continue
        for rule in read[group_id].egress if egress else read[group_id].ingress:
            what = about(rule.protocol, (rule.first, rule.last))
            certain, possible = of_rule(around, rule, end, peer, other, via)
            surely.append(z3.And(what, certain))
            maybe.append(z3.And(what, possible))
    return Says(z3.Or(surely), z3.Or([*surely, *maybe]))


def of_rule(around, rule, end, peer, other, via):
    no, yes = z3.BoolVal(False), z3.BoolVal(True)
    if rule.network:
        return (inside(other, rule.network),) * 2
    if rule.prefix_list:
        read = {p.id: p for p in around.prefix_lists if p.location == end.location}
        if rule.prefix_list not in read:
            return no, yes
        found = read[rule.prefix_list]
        hit = z3.Or([inside(other, n) for n in found.networks]) if not found.of_aws else no
        return hit, hit
    joined = True if vpc(end) == vpc(peer) else None if via is None else alive(via.status)
    carried = None if peer.group_ids is None else rule.group_id in peer.group_ids
    if rule.peering_status == "deleted" or end.location.region != peer.location.region:
        return no, no
    if joined is False or carried is False:
        return no, no
    return (yes if joined and carried else no), yes


def alive(status):
    return {"active": True, "unknown": None}.get(status, False)


def vpc(end):
    return end.location, end.vpc_id


def table_of(around, end):
    here = [t for t in around.route_tables if (t.location, t.vpc_id) == vpc(end)]
    return next((t for t in here if end.subnet_id in t.subnet_ids), None) or next(
        (t for t in here if t.main), None
    )


def leads(around, end, peer, route, via):
    """What a route does with packets, as one of three numbers."""
    if route.odd:
        return DOUBT
    if route.blackhole:
        return NO
    right = "local" if vpc(end) == vpc(peer) else via and via.id
    if route.target == right:
        return YES
    if route.target in ("local", "igw-1", "nat-1"):
        return NO
    if route.target.startswith("pcx-"):
        known = any(p.id == route.target for p in around.peerings)
        return NO if known or end.location in around.peerings_read_in else DOUBT
    return DOUBT


def of_table(around, end, peer, other, via):
    table = table_of(around, end)
    if table is None:
        return Says(z3.BoolVal(False), z3.BoolVal(True))
    read = {p.id: p for p in around.prefix_lists if p.location == table.location}
    ranked, unread = {}, set()
    for route in table.routes:
        result = leads(around, end, peer, route, via)
        if route.destination:
            ranked.setdefault(
                (route.destination.prefixlen, 2 if route.static else 0, route.destination), set()
            ).add(result)
        elif route.prefix_list in read:
            for n in read[route.prefix_list].networks:
                ranked.setdefault((n.prefixlen, 1, n), set()).add(result)
        else:
            unread.add(result)
    outcome, firm = z3.BitVecVal(NO, 2), z3.BoolVal(False)
    for (length, rank, net), results in sorted(ranked.items(), key=lambda item: item[0][:2]):
        hit = inside(other, net)
        result = results.pop() if len(results) == 1 else DOUBT
        outcome = z3.If(hit, z3.BitVecVal(result, 2), outcome)
        firm = z3.If(hit, z3.BoolVal(rank == 2 and length == net.max_prefixlen), firm)
    for result in unread:
        outcome = z3.If(z3.Or(firm, outcome == result), outcome, z3.BitVecVal(DOUBT, 2))
    return Says(outcome == YES, outcome != NO)


def of_peering(around, one, other, via, way):
    if via is not None:
        state = alive(via.status)
    else:
        state = False if {one.location, other.location} & around.peerings_read_in else None
    if state is False and way == "unknown":
        state = None
    return Says(z3.BoolVal(state is True), z3.BoolVal(state is not False))


def state_of(says, packets):
    """The worst that the hop does with any of these packets, and whether it does not do so with all."""
    solver = z3.Solver()
    solver.add(packets)
    if solver.check(z3.Not(says.maybe)) == z3.sat:
        return "blocked", solver.check(says.maybe) == z3.sat
    if solver.check(z3.Not(says.surely)) == z3.sat:
        return "unknown", False
    return "passed", False


def asked(traffic, version):
    icmp, ask, reply = (1, 8, 0) if version == 4 else (58, 128, 129)
    number = {"tcp": 6, "udp": 17}.get(traffic.protocol)
    if traffic.protocol == "icmp":
        return about(icmp, (ask, 0)), about(icmp, (reply, 0))
    if number:
        return about(number, (traffic.first, traffic.last)), about(number, (1024, 65535))
    low = z3.And(z3.Or(PROTOCOL == 6, PROTOCOL == 17), z3.ULT(PORT, 1024))
    return z3.BoolVal(True), z3.Not(low)
