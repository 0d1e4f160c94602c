"""A storm of writes stays within EC2's request rate, and within each invocation's time: on virtual time."""

import json
from dataclasses import replace
from functools import partial
from unittest.mock import patch

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from peerkeeper.aws.clients import THREADS, Clients
from peerkeeper.aws.edge import Edge
from peerkeeper.aws.pace import Pace, TurnTooLate
from peerkeeper.loop.reconcile import RESERVE, reconcile
from peerkeeper.messages.hand_off import MAX_HOPS, scope_from_body
from peerkeeper.runner import Runner
from peerkeeper.values.changes import FRESH, CreateRoute
from peerkeeper.values.ec2 import (
    Location,
    PeeringConnection,
    PeeringStatus,
    Route,
    Side,
    network,
)
from peerkeeper.values.outcomes import Outcome, Result
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.trouble import CUT_OFF, Meaning, Trouble

from benchmarks.throttled_ec2 import BURST, LATENCY, RATE
from benchmarks.throttling import BEFORE, OURS, storm
from benchmarks.virtual_time import VirtualTime
from tests.builders import (
    ENVIRONMENT,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.quiet_ec2 import CONTEXT, QuietClients
from tests.truth import Truth
from tests.unit.jobs import CLEAN, CONNECT

TIMEOUT = 120.0
PEERS = 8


def test_a_storm_of_300_surfaces_nothing_asks_no_more_and_takes_little_more_than_it_must():
    seen = storm(OURS, 300)
    assert seen.errors == 0
    assert seen.requests <= 1.1 * 300
    assert seen.seconds <= 1.2 * seen.floor
    assert storm(BEFORE, 300).errors > 100


class Busy(Truth):
    """A world whose calls take time, and whose location's bucket for CreateRoute is EC2's."""

    def __init__(self, seen, time, pace):
        super().__init__(seen)
        self.time, self.pace = time, pace
        self.begun = []
        self.refused = 0
        self._tokens, self._at = {}, {}

    def observe(self, reads):
        self.time.sleep(LATENCY)
        return super().observe(reads)

    def apply(self, change):
        action = type(change).__name__
        try:
            self.pace.turn(change.location, action)
        except TurnTooLate:
            return None
        self.begun.append((self.time.now(), change))
        self.time.sleep(LATENCY)
        if not self._spend((change.location, action)):
            self.refused += 1
            trouble = Trouble(Meaning.PASSING, "RequestLimitExceeded", "", action)
            return Outcome(change, Result.FAILED, trouble.code, trouble)
        return super().apply(change)

    def _spend(self, key):
        now = self.time.now()
        full = self._tokens.get(key, BURST) + (now - self._at.get(key, now)) * RATE
        self._tokens[key], self._at[key] = min(BURST, full) - 1, now
        return self._tokens[key] >= 0


class Deadline:
    def __init__(self, time):
        self.time, self.end = time, time.now() + TIMEOUT

    def remaining(self):
        return self.end - self.time.now()


def peered(where, number, own):
    peer = Side(
        Location("111122223333", "eu-west-1"),
        f"vpc-{number:017x}",
        (network(f"172.{16 + number}.0.0/16"),),
    )
    own_side = Side(where, own, (network("10.0.0.0/16"),), allows_remote_dns=True)
    return PeeringConnection(
        where, f"pcx-{where.region[-1]}{number:016x}", PeeringStatus.ACTIVE, own_side, peer
    )


def hub(where, tables, peers):
    """A VPC with so many tables, each of which lacks a route to so many peers."""
    own = vpc(where)
    made = [
        table(where, id=f"rtb-{n:017x}", main=not n, subnet_ids=(f"subnet-{n}",), routes=())
        for n in range(tables)
    ]
    return (own, *made, *(peered(where, number, own.id) for number in range(peers)))


def left_over(tables, peers):
    """A VPC whose tables route to peers that have ended."""
    own, *rest = hub(SEOUL, tables, peers)
    ended = [replace(each, status=PeeringStatus.DELETED) for each in rest[tables:]]
    routes = tuple(Route(each.accepter.cidrs[0], each.id, blackhole=True) for each in ended)
    return (own, *(replace(each, routes=routes) for each in rest[:tables]), *ended)


def invoke(world, scopes, job=CONNECT):
    """One invocation in the same process as the last: a deadline of its own, the pace goes on."""
    clock = Deadline(world.time)
    world.pace.patience = lambda: clock.remaining() - RESERVE
    report = reconcile(
        scopes,
        settings(),
        world,
        job,
        clock=clock,
        gather=partial(world.time.run, at_once=THREADS),
    )
    assert clock.remaining() >= RESERVE - 1
    begun = [when for when, _ in world.begun if when > clock.end - TIMEOUT]
    assert all(when <= clock.end - RESERVE for when in begun)
    return report


def opened(*resources):
    time = VirtualTime()
    return Busy(snapshot(*resources), time, Pace(time.now, time.sleep))


def test_a_storm_of_1000_is_finished_over_several_invocations_by_their_hand_offs():
    world = opened(*hub(SEOUL, 125, PEERS))
    scopes, invocations, hops = [Scope(frozenset({Hint(SEOUL, SEOUL_VPC)}))], 0, 0
    while scopes:
        report = invoke(world, scopes)
        invocations += 1
        # At once, as the deadline's hand-offs are; those for later ask for a second opinion.
        bodies = [
            json.loads(s.hand_off.to_body()) for s in report.hand_offs if not s.hand_off.delay
        ]
        scopes = [scope_from_body(body, settings()) for body in bodies]
        hops = max([hops, *(scope.hops for scope in scopes)])
        assert all(sent.hand_off.function is Function.CONNECT for sent in report.hand_offs)
    made = [change for change in world.made if isinstance(change, CreateRoute)]
    assert len(made) == len(set(made)) == 125 * PEERS
    assert len(world.begun) == len(world.made)
    assert world.refused == 0
    assert 1 < invocations <= 4
    assert hops <= MAX_HOPS
    assert world.time.now() <= 1.2 * (1000 - BURST) / RATE


def test_a_storm_of_deletes_rests_on_fresh_reads_and_is_finished_over_several_invocations():
    """A delete names no target: one that waits could take the live route that came in its place."""
    world = opened(*left_over(100, 3))
    scopes, hops = [Scope(frozenset(Hint(SEOUL, pcx) for _, pcx in world.now.peerings))], 0
    while scopes:
        before, began = len(world.begun), world.time.now()
        report = invoke(world, scopes, CLEAN)
        read = began + 2 * LATENCY
        assert all(when <= read + FRESH + 1 for when, _ in world.begun[before:])
        handed = [sent.hand_off for sent in report.hand_offs]
        world.time.sleep(max([0, *(each.delay for each in handed)]))
        scopes = [scope_from_body(json.loads(each.to_body()), settings()) for each in handed]
        hops = max([hops, *(scope.hops for scope in scopes)])
    assert len(world.made) == len(set(world.made)) == 300
    assert world.refused == 0
    assert hops <= MAX_HOPS


def test_a_storm_in_one_location_holds_up_no_call_of_another():
    world = opened(*hub(SEOUL, 60, 5), *hub(TOKYO, 1, 2))
    invoke(world, [Scope(frozenset({Hint(SEOUL, SEOUL_VPC), Hint(TOKYO, vpc(TOKYO).id)}))])
    elsewhere = [when for when, change in world.begun if change.location == TOKYO]
    assert len(elsewhere) == 2
    assert max(elsewhere) < 2
    assert world.time.now() > 40


@pytest.fixture
def clients(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")
    time = VirtualTime()
    pace = Pace(time.now, time.sleep)
    made = Clients([SEOUL], SEOUL.region, pace=pace)
    sent = []
    made.ec2(SEOUL).meta.events.register_last("before-send.ec2", partial(answer, sent))
    return made, pace, sent, time


def answer(sent, request, **_):
    """An empty page of VPCs with a token for the next, five to a read; yes to anything else."""
    sent.append(str(request.body))
    page = sum("DescribeVpcs" in body for body in sent)
    token = f"<nextToken>page-{page}</nextToken>" if page % 5 else ""
    reply = AWSResponse(request.url, 200, HTTPHeaders(), None)
    reply._content = f"<R>{token}<vpcSet/><return>true</return></R>".encode()
    return reply


def test_each_page_and_each_change_waits_for_its_turn_before_it_is_sent(clients):
    made, pace, sent, time = clients
    edge = Edge(made)
    read = (Read(SEOUL, Describe.VPCS),)
    assert edge.observe(read).trouble is None
    assert len(sent) == 5
    pace.patience = lambda: 0.0
    for _ in range(17):
        edge.observe(read)
    assert len(sent) == 90
    assert edge.observe(read).trouble == CUT_OFF
    change = CreateRoute(SEOUL, SEOUL_TABLE, network("10.9.0.0/16"), PCX, reason="")
    results = [edge.apply(change) for _ in range(47)]
    assert [one.result for one in results[:45]] == [Result.APPLIED] * 45
    assert results[45:] == [None, None]
    assert len(sent) == 90 + 45
    assert time.now() == 0


def test_a_function_paces_its_clients_and_waits_no_longer_than_its_deadline_allows():
    with patch("peerkeeper.runner.Clients") as made:
        runner = Runner(CONNECT, ENVIRONMENT)
    assert made.call_args.args[3] is runner.pace
    runner.clients = QuietClients()
    runner({"Records": []}, CONTEXT)
    assert runner.pace.patience() == CONTEXT.get_remaining_time_in_millis() / 1000 - RESERVE
