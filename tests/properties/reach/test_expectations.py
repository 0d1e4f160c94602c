"""What a tag expects, against the plain way: every pair of a subnet and an interface, every hop of each."""

from dataclasses import replace
from itertools import product
from random import Random

from peerkeeper.planning.reachability.flows import Flow
from peerkeeper.planning.reachability.groups import hop_of_groups
from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.packets import requests
from peerkeeper.planning.side_reach.around import surroundings
from peerkeeper.planning.side_reach.expectations import judged
from peerkeeper.planning.side_reach.sides import our_sides
from peerkeeper.values.ec2 import Side
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.interfaces import NetworkInterface
from peerkeeper.values.network_acls import NetworkAcl
from peerkeeper.values.reachability import State, Verdict
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.security_groups import GroupRule, SecurityGroup
from peerkeeper.values.traffic import traffic

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    US,
    network,
    peering,
    route,
    settings,
    snapshot,
    subnet,
    table,
    vpc,
)
from tests.hosts import entry

THEIRS, THEIR_CIDR = "vpc-0b31b31b31b31b310", network("10.40.0.0/16")
WORLDS = 400
WORDS = ("tcp/22", "tcp/20-30", "udp/53", "icmp", "all")
CIDRS = ("10.40.0.0/16", "10.40.1.0/24", "10.40.2.0/25", "192.0.2.0/24", "0.0.0.0/0")
LINES = (
    "{} 10 allow all 0.0.0.0/0",
    "{} 10 allow tcp/22 0.0.0.0/0",
    "{} 20 allow tcp/1024-65535 0.0.0.0/0",
    "{} 5 deny all 10.40.1.0/24",
    "{} 30 allow icmp 0.0.0.0/0",
)


GROUPS = {SEOUL_VPC: ("sg-a", "sg-b"), THEIRS: ("sg-t", "sg-u")}
PEER = {SEOUL_VPC: THEIRS, THEIRS: SEOUL_VPC}
NETWORKS = {SEOUL_VPC: "10.39", THEIRS: "10.40"}


def rule(dice, owner):
    """A rule of a group in this VPC. EC2 shows the VPC and the peering of a group in another VPC."""
    protocol = dice.choice([-1, 6, 17, 1])
    ports = dice.choice([(-1, -1), (22, 22), (53, 53)]) if protocol in (6, 17) else (-1, -1)
    kind = dice.random()
    if kind < 0.6:
        cidr = dice.choice(CIDRS).replace("10.40", NETWORKS[PEER[owner]])
        return GroupRule(protocol, *ports, network=network(cidr))
    if kind < 0.7:
        return GroupRule(protocol, *ports, prefix_list="pl-office")
    if kind < 0.85:
        return GroupRule(protocol, *ports, group_id=dice.choice(GROUPS[owner]))
    status = dice.choice(["active", "active", "deleted"])
    far = {"group_id": dice.choice(GROUPS[PEER[owner]]), "group_vpc": PEER[owner]}
    return GroupRule(protocol, *ports, **far, peering_id=PCX, peering_status=status)


def world(dice):
    """Seoul's VPC and a neighbour of its own location, two subnets each, all else by chance."""
    pcx = peering(
        SEOUL,
        requester=Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,)),
        accepter=Side(SEOUL, THEIRS, (THEIR_CIDR,)),
    )
    subnets, tables, acls = [], [], []
    for vpc_id, base, to in (
        (SEOUL_VPC, "10.39", "10.40.0.0/16"),
        (THEIRS, "10.40", "10.39.0.0/16"),
    ):
        for n in (1, 2):
            id_ = f"subnet-{base}.{n}"
            subnets.append(subnet(id=id_, vpc_id=vpc_id, cidrs=(network(f"{base}.{n}.0/24"),)))
            target = dice.choice([*[PCX] * 7, "igw-1"])
            tables.append(
                table(
                    SEOUL,
                    route(to, target),
                    id=f"rtb-{base}.{n}",
                    vpc_id=vpc_id,
                    main=False,
                    subnet_ids=(id_,),
                )
            )
            said = [
                entry(line.format(way))
                for way in ("in", "out")
                for line in (
                    LINES[:1] if dice.random() < 0.7 else dice.sample(LINES, dice.choice([1, 2, 3]))
                )
            ]
            acls.append(
                NetworkAcl(SEOUL, f"acl-{base}.{n}", vpc_id, US, False, (id_,), tuple(said))
            )
    groups = [
        SecurityGroup(
            SEOUL,
            id_,
            owner,
            US,
            "",
            tuple(rule(dice, owner) for _ in range(dice.choice([0, 1, 2]))),
        )
        for owner, ids in GROUPS.items()
        for id_ in ids
    ]
    interfaces = [
        NetworkInterface(
            SEOUL,
            f"eni-{NETWORKS[vpc_id]}.{n}.{which}",
            vpc_id,
            f"subnet-{NETWORKS[vpc_id]}.{n}",
            US,
            (network(f"{NETWORKS[vpc_id]}.{n}.{which + 10}/32"),),
            tuple(dice.sample(names, dice.choice([1, 2]))),
        )
        for vpc_id, names in GROUPS.items()
        for n in (1, 2)
        for which in range(dice.choice([0, 1, 2, 2]))
    ]
    vpcs = [vpc(SEOUL), vpc(SEOUL, id=THEIRS, cidrs=(THEIR_CIDR,))]
    seen = snapshot(pcx, *vpcs, *subnets, *tables, whole=(SEOUL,))
    unread = {(THEIRS, Describe.INTERFACES)} if dice.random() < 0.3 else set()
    looked = {
        Read(SEOUL, kind, By.VPC, one)
        for one, kind in product(
            (SEOUL_VPC, THEIRS), (Describe.INTERFACES, Describe.GROUPS, Describe.ACLS)
        )
        if (one, kind) not in unread
    }
    kept = [one for one in interfaces if (one.vpc_id, Describe.INTERFACES) not in unread]
    return replace(
        seen,
        done=seen.done | looked,
        interfaces={(SEOUL, one.id): one for one in kept},
        security_groups={(SEOUL, one.id): one for one in groups},
        network_acls={(SEOUL, one.id): one for one in acls},
    )


def plainly(seen, side, word):
    """Every pair, without a short cut."""
    around = surroundings(seen)
    ours = [one for one in seen.interfaces.values() if one.vpc_id == side.vpc.id]
    theirs = [one for one in seen.interfaces.values() if one.vpc_id == side.peer.vpc_id]
    known = seen.has_read(SEOUL, Describe.INTERFACES, By.VPC, side.peer.vpc_id)
    found = set()
    for host, source in product(ours, seen.subnets_of(SEOUL, side.peer.vpc_id)):
        (ours_net,) = (
            one.cidrs[0] for one in seen.subnets_of(*side.key) if one.id == host.subnet_id
        )
        ends = [
            Endpoint(SEOUL, each, id_, net, any_of_subnet=True, subnet_network=net)
            for each, id_, net in (
                (side.peer.vpc_id, source.id, source.cidrs[0]),
                (side.vpc.id, host.subnet_id, ours_net),
            )
        ]
        network_says = judge(around, *ends, word).verdict
        (address,) = host.endpoints()
        senders = [
            (),
            *({one.group_ids for one in theirs if one.subnet_id == source.id} if known else [None]),
        ]
        states = set()
        for groups in senders:
            sender = replace(ends[0], group_ids=groups, any_of_subnet=False)
            if groups is None and not names_the_peer(seen, side, host):
                continue
            passed = hop_of_groups(
                Flow(around, sender, address, requests(word, 4), via=side.pcx), False
            )
            states.add(passed.hop.state)
        if network_says is Verdict.REACHES and State.PASSED in states:
            found.add(Verdict.REACHES)
        elif network_says is Verdict.BLOCKED or states == {State.BLOCKED}:
            found.add(Verdict.BLOCKED)
        else:
            found.add(Verdict.UNKNOWN)
    if not found:
        return Verdict.UNKNOWN
    return next(one for one in (Verdict.REACHES, Verdict.UNKNOWN, Verdict.BLOCKED) if one in found)


def names_the_peer(seen, side, host):
    groups = [seen.security_groups[SEOUL, one] for one in host.group_ids]
    return any(one.group_vpc == side.peer.vpc_id for group in groups for one in group.ingress)


def test_the_answer_is_that_of_the_plain_way():
    counted = dict.fromkeys(Verdict, 0)
    for number in range(WORLDS):
        dice = Random(f"expectations {number}")
        seen = world(dice)
        word = traffic(dice.choice(WORDS))
        for side in our_sides(seen, settings()):
            (one,) = judged(seen, surroundings(seen), side, [word])
            assert one.verdict is plainly(seen, side, word), (number, side.vpc.id, str(word))
            assert bool(one.stops) is (one.verdict is Verdict.BLOCKED)
            counted[one.verdict] += 1
    assert min(counted.values()) > WORLDS / 20, counted
