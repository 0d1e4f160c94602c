"""The judge against z3: in 1,000 worlds no packet is treated in another way than the answer says."""

import pytest
from hypothesis import given
from hypothesis import settings as budget
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.peerings import taken

from tests.properties.reach.worlds import worlds

z3 = pytest.importorskip("z3", reason="z3-solver is not there; requirements/dev.txt has it")
from tests.properties.reach import formula as f  # noqa: E402

pytestmark = [pytest.mark.no_cover, pytest.mark.proof]
GROUPS, ACL, TABLE, PEERING = (
    "security groups, ",
    "network ACL, ",
    "route table",
    "peering connection",
)


def formulas(world):
    """Each hop that the answer must have, with its formulas and the packets that it sees."""
    around, one, other, traffic = world
    version = one.network.version
    a, b = f.address("a", version), f.address("b", version)
    ends = z3.And(f.inside(a, one.network), f.inside(b, other.network))
    there, back = (z3.And(ends, packets) for packets in f.asked(traffic, version))
    via = taken(around, one, other)
    same_vpc = f.vpc(one) == f.vpc(other)
    if not one.any_of_subnet:
        yield (GROUPS + "out", False), f.of_groups(around, one, other, b, True, via), there
    if not same_vpc or one.subnet_id != other.subnet_id:
        yield (ACL + "out", False), f.of_acl(around, one, b, True), there
        way = f.of_table(around, one, other, b, via)
        yield (TABLE, False), way, there
        if not same_vpc:
            known = f.state_of(way, there)[0]
            yield (PEERING, False), f.of_peering(around, one, other, via, known), there
        yield (ACL + "in", False), f.of_acl(around, other, a, False), there
        yield (ACL + "out", True), f.of_acl(around, other, a, True), back
        yield (TABLE, True), f.of_table(around, other, one, a, via), back
        yield (ACL + "in", True), f.of_acl(around, one, b, False), back
    if not other.any_of_subnet:
        yield (GROUPS + "in", False), f.of_groups(around, other, one, a, False, via), there


def among(ports):
    return z3.Or([z3.And(z3.UGE(f.PORT, low), z3.ULE(f.PORT, high)) for low, high in ports.parts])


@budget(max_examples=1000)
@given(worlds())
def test_no_packet_contradicts_the_answer(world):
    answer = judge(*world)
    hops = list(formulas(world))
    said = {(hop.kind.value, hop.back): (hop.state.value, hop.in_part) for hop in answer.hops}
    assert set(said) == {hop for hop, _, _ in hops}
    for hop, says, packets in hops:
        found = f.state_of(says, packets)
        if hop[1] and said[hop] == (
            "passed",
            True,
        ):  # it stops only ports that no usual client needs
            assert found == ("blocked", True)
        else:
            assert said[hop] == found
    if answer.replies is not None and hops:
        check_ports(world, answer, [(says, packets) for hop, says, packets in hops if hop[1]])


def check_ports(world, answer, back):
    """No packet to an open client port is stopped. To any other, one is: certain for one address each."""
    protocols = {"tcp": (6,), "udp": (17,), "all": (6, 17)}[world.traffic.protocol]
    ports = z3.And(z3.Or([one == f.PROTOCOL for one in protocols]), z3.UGE(f.PORT, 1024))
    for says, packets in back:
        solver = z3.Solver()
        solver.add(packets, ports, among(answer.client_ports), z3.Not(says.maybe))
        assert solver.check() == z3.unsat
    if world.source.any_of_subnet or world.target.any_of_subnet or not back:
        return
    for port_range in gaps(answer.client_ports.parts):
        solver = z3.Solver()
        stopped = z3.Or([z3.Not(says.maybe) for says, _ in back])
        port = z3.And(z3.UGE(f.PORT, port_range[0]), z3.ULE(f.PORT, port_range[1]))
        each = [z3.substitute(stopped, (f.PROTOCOL, z3.BitVecVal(one, 8))) for one in protocols]
        solver.add(back[0][1], port, ports, z3.Not(z3.Or(each)))
        assert solver.check() == z3.unsat


def gaps(parts):
    edges = [1024, *(n for low, high in parts for n in (low - 1, high + 1)), 65535]
    return [(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low <= high]
