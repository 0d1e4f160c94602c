"""Events late, twice, reversed, forged or lost; reads stale; regions down: the right end all the same."""

import json
from dataclasses import replace

import pytest

from peerkeeper_local.pump import DeadLettered, Delivery, EventLost, FunctionReturned
from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.integration.pair import QUICK, Pair

SLOW_PEER = replace(QUICK, peer_sight=45.0)
BOTH = {"172.31.0.0/16", "10.39.0.0/16"}


@pytest.fixture
def pair(request):
    delays, delivery = getattr(request, "param", (QUICK, None))
    with Pair("full", delays, delivery) as opened:
        opened.steps = []
        opened.pump.on_step(opened.steps.append)
        yield opened
        assert not [step for step in opened.steps if getattr(step, "error", None)]


def routed(pair):
    return {destination for _, destination in pair.to_peering()}


def converged(pair):
    """A sweep and all it hands off change nothing more."""
    pair.settle()
    before = len(list(pair.writes()))
    pair.pump.sweep()
    pair.settle()
    return len(list(pair.writes())) == before


def lost_events(pair, act):
    """The events of `act`, taken off the bus."""
    pair.pump.cut()
    act()
    pair.pump.run(max_seconds=0)
    pair.pump.join()
    return [step.event for step in pair.steps if isinstance(step, EventLost)]


def dead(pair):
    return [step for step in pair.steps if isinstance(step, DeadLettered)]


@pytest.mark.parametrize(
    "pair",
    [
        (QUICK, Delivery(duplicates=1.0)),
        (QUICK, Delivery(delay=900.0)),
        *((QUICK, Delivery(jitter=90.0, duplicates=0.5, seed=seed)) for seed in range(3)),
    ],
    indirect=True,
)
def test_duplicates_delays_and_reordering_end_the_same(pair):
    pair.agree()
    pair.ask()
    pair.pump.advance(1200)
    assert routed(pair) == BOTH
    pair.ec2(TOKYO).delete_vpc_peering_connection(VpcPeeringConnectionId=pair.id("pcx"))
    pair.pump.advance(1200)
    assert routed(pair) == set()
    assert not dead(pair)
    assert converged(pair)


def test_events_in_reverse_order_and_a_delete_before_its_create_end_the_same(pair):
    def act():
        pair.agree()
        pcx = pair.ask()
        pair.ec2(TOKYO).accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)

    for event in reversed(lost_events(pair, act)):
        pair.pump.inject(event)
        pair.pump.run()
    pair.settle()
    assert routed(pair) == BOTH

    def undo():
        pair.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=pair.id("pcx"))

    pair.steps.clear()
    for event in [*lost_events(pair, undo), *lost_events(pair, pair.ask)]:
        pair.pump.inject(event)
    pair.pump.advance(300)
    assert routed(pair) == BOTH, "the second peering between the two is accepted and routed"
    assert not [r for r in pair.routes() if r[2].startswith("pcx-") and r[2] != pair.id("pcx")]
    assert converged(pair)


def test_a_forged_deletion_removes_nothing_and_is_given_up(pair):
    pair.peer()
    before = pair.routes()
    pair.pump.inject(_a_deletion(pair))
    pair.pump.advance(900)
    assert pair.routes() == before
    looks = [run.report["hand_offs"] for run in pair.runs if run.function == "CleanRoutes"]
    assert [one["delay"] for sent in looks for one in sent] == [30, 60, 120, 300]
    assert not dead(pair)


def _a_deletion(pair):
    """The event of a deletion that never happened."""
    return {
        "version": "0",
        "id": "00000000-0000-0000-0000-000000000001",
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.ec2",
        "account": pair.cloud.account,
        "region": SEOUL,
        "time": "2026-03-02T09:00:00Z",
        "resources": [],
        "detail": {
            "eventName": "DeleteVpcPeeringConnection",
            "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/mallory"},
            "requestParameters": {"vpcPeeringConnectionId": pair.id("pcx")},
            "responseElements": {"_return": True},
        },
    }


def test_a_forged_request_for_a_peering_that_is_not_there_makes_no_write(pair):
    pair.agree()
    pair.settle()
    pair.names["pcx"] = "pcx-00000000000000bad"
    writes = len(list(pair.writes()))
    pair.pump.inject(_a_deletion(pair))
    pair.pump.advance(900)
    assert len(list(pair.writes())) == writes


def test_a_stale_read_removes_nothing_and_is_looked_at_until_it_agrees(pair):
    pair.peer()
    with (
        pair.cloud.stale((pair.cloud.account, SEOUL)),
        pair.cloud.stale((pair.cloud.account, TOKYO)),
    ):
        pair.ec2(SEOUL).delete_vpc_peering_connection(VpcPeeringConnectionId=pair.id("pcx"))
        pair.pump.advance(60)
        assert not [call for call in pair.writes() if call.action == "DeleteRoute"]
    pair.pump.advance(200)
    assert pair.to_peering() == set()


@pytest.mark.parametrize("pair", [(SLOW_PEER, None)], indirect=True)
def test_a_request_the_accepters_region_does_not_show_yet_is_looked_at_until_it_does(pair):
    pair.agree()
    pair.settle()
    pair.ask()
    pair.pump.advance(20)
    assert pair.to_peering() == set()
    pair.pump.advance(150)
    assert routed(pair) == BOTH
    assert not dead(pair)


def test_an_id_not_visible_to_the_accept_call_is_tried_again(pair):
    pair.agree()
    pair.settle()
    pair.cloud.outages.fail(
        "AcceptVpcPeeringConnection", "InvalidVpcPeeringConnectionID.NotFound", times=1
    )
    pair.ask()
    pair.pump.advance(120)
    assert routed(pair) == BOTH


def test_a_region_that_is_down_delays_its_own_side_only(pair):
    pair.peer()
    with pair.cloud.outages.region_down((pair.cloud.account, TOKYO)):
        pair.ec2(SEOUL).delete_route(
            RouteTableId=pair.id("seoul-main"), DestinationCidrBlock="172.31.0.0/16"
        )
        pair.pump.advance(20)
        assert "172.31.0.0/16" in routed_in(pair, SEOUL)
        findings = {finding["code"] for finding in pair.findings()}
        assert "location-unread" in findings
    pair.pump.advance(600)
    assert not dead(pair)
    assert converged(pair)


def routed_in(pair, region):
    return {
        route["DestinationCidrBlock"]
        for table in pair.ec2(region).describe_route_tables()["RouteTables"]
        for route in table["Routes"]
        if route.get("VpcPeeringConnectionId")
    }


def test_a_location_that_stays_down_ends_in_the_dead_letters_and_no_function_raises(pair):
    with pair.cloud.outages.region_down((pair.cloud.account, TOKYO)):
        pair.pump.inject({**_a_deletion_of("pcx-00000000000000bad", pair), "region": TOKYO})
        pair.pump.advance(6 * 900)
    assert [step.function for step in dead(pair)] == ["CleanRoutes"]


def _a_deletion_of(pcx, pair):
    pair.names["pcx"] = pcx
    return _a_deletion(pair)


def test_a_throttled_call_is_made_again(pair):
    pair.agree()
    pair.settle()
    pair.cloud.outages.fail("CreateRoute", "RequestLimitExceeded", times=2)
    pair.ask()
    pair.pump.advance(120)
    assert routed(pair) == BOTH


def test_one_message_that_cannot_be_read_goes_to_the_dead_letters_and_holds_nothing_up(pair):
    queue = next(q for q in pair.pump.hub.queues if q.logical_id == "ConnectQueue")
    sqs = pair.cloud.client("sqs", SEOUL)
    url = sqs.get_queue_url(QueueName=queue.arn.rpartition(":")[2])["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="{not json")
    pair.agree()
    pair.ask()
    pair.pump.advance(120)
    assert routed(pair) == BOTH
    pair.pump.advance(6 * 900)
    (letter,) = dead(pair)
    assert (letter.body, letter.received) == ("{not json", 5)
    returned = [
        s for s in pair.steps if isinstance(s, FunctionReturned) and s.function == "ConnectPeerings"
    ]
    assert max(len(step.reply["batchItemFailures"]) for step in returned) == 1


def test_routes_of_a_peering_long_gone_go_after_two_looks_five_minutes_apart(pair):
    pair.peer()
    lost_events(
        pair,
        lambda: pair.ec2(SEOUL).delete_vpc_peering_connection(
            VpcPeeringConnectionId=pair.id("pcx")
        ),
    )
    pair.cloud.clock.advance(3 * 86_400)
    assert pair.peering(SEOUL, "pcx") == {}
    assert len(pair.to_peering()) == 2
    pair.pump.sweep()
    pair.pump.advance(290)
    assert len(pair.to_peering()) == 2
    pair.pump.advance(60)
    assert pair.to_peering() == set()
    assert converged(pair)


def test_a_forged_second_look_proves_nothing(pair):
    pair.peer()
    lost_events(
        pair,
        lambda: pair.ec2(SEOUL).delete_vpc_peering_connection(
            VpcPeeringConnectionId=pair.id("pcx")
        ),
    )
    pair.cloud.clock.advance(3 * 86_400)
    place = {"account": pair.cloud.account, "region": SEOUL}
    body = {
        "peerkeeper": 1,
        "hints": [{**place, "id": None}],
        "absent": [{**place, "id": pair.id("pcx")}],
    }
    queue = next(q for q in pair.pump.hub.queues if q.logical_id == "CleanQueue")
    sqs = pair.cloud.client("sqs", SEOUL)
    url = sqs.get_queue_url(QueueName=queue.arn.rpartition(":")[2])["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps(body), DelaySeconds=400)
    pair.pump.advance(420)
    assert not [call for call in pair.writes() if call.action == "DeleteRoute"]


def test_a_read_that_misses_half_the_peerings_is_braked(pair):
    pair.peer()
    ec2 = pair.ec2(SEOUL)
    for number in range(3):
        table = ec2.create_route_table(VpcId=pair.id("seoul"))["RouteTable"]["RouteTableId"]
        subnet = ec2.create_subnet(VpcId=pair.id("seoul"), CidrBlock=f"10.39.{number}.0/24")
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet["Subnet"]["SubnetId"])
    pair.settle()
    lost_events(
        pair,
        lambda: ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=pair.id("pcx")),
    )
    pair.cloud.clock.advance(3 * 86_400)
    pair.pump.sweep()
    pair.pump.advance(900)
    kept = [table for table, _ in pair.to_peering()]
    assert len(kept) == 4, "all of Seoul's are withheld; Tokyo's single one went"
    assert "deletes-withheld" in {finding["code"] for finding in pair.findings()}
