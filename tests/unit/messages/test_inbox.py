"""From an SQS batch or a bare event to scopes; what cannot be read fails alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from peerkeeper.errors import MessageError
from peerkeeper.messages.hand_off import HandOff
from peerkeeper.messages.inbox import messages_from
from peerkeeper.values.ec2 import Location
from peerkeeper.values.scope import Expectation, Expected, Function, Hint, Scope

from tests.builders import PCX, SEOUL, SEOUL_VPC, TOKYO, TOKYO_VPC, settings

EVENTS = Path(__file__).parents[3] / "events"
SETTINGS = settings(senders=frozenset({"AROASWEEP"}))


def event(name):
    return json.loads((EVENTS / f"{name}.json").read_text())


def scope(body):
    (message,) = messages_from(body, SETTINGS)
    return message.scope


def record(body, **attributes):
    return {
        "messageId": "m-1",
        "eventSource": "aws:sqs",
        "body": body if isinstance(body, str) else json.dumps(body),
        "attributes": attributes,
    }


def batch(*records):
    return messages_from({"Records": list(records)}, SETTINGS)


@pytest.mark.parametrize(
    "path",
    # Locations by name are no message: peerkeeper.fleet_sweep.locations reads them.
    sorted(set(EVENTS.glob("*.json")) - {EVENTS / "fleet-sweep-location.json"}),
    ids=lambda path: path.stem,
)
def test_every_sample_event_can_be_read(path):
    for message in messages_from(json.loads(path.read_text()), SETTINGS):
        assert message.fault == ""
        silent = path.stem.endswith(("-failed", "-dry-run"))
        assert bool(message.scope.hints) is not silent


def test_a_request_names_both_sides_and_is_expected_to_be_visible():
    found = scope(event("create-vpc-peering-connection"))
    assert {Hint(SEOUL, PCX, SEOUL_VPC), Hint(TOKYO, PCX, TOKYO_VPC)} <= found.hints
    assert Expectation(TOKYO, PCX, Expected.VISIBLE) in found.expect


def test_a_location_in_the_detail_that_is_not_configured_is_left_out():
    body = event("create-vpc-peering-connection")
    body["detail"]["responseElements"]["vpcPeeringConnection"]["accepterVpcInfo"]["region"] = (
        "eu-west-1"
    )
    assert scope(body).locations == {SEOUL}


@pytest.mark.parametrize(("key", "value"), [("account", "999999999999"), ("region", "eu-west-1")])
def test_an_event_of_a_location_that_is_not_configured_is_not_ours(key, value):
    assert scope({**event("delete-vpc-peering-connection"), key: value}).hints == frozenset()


@pytest.mark.parametrize("code", ["Client.UnauthorizedOperation", "Client.DryRunOperation"])
def test_a_failed_or_dry_run_call_is_not_ours(code):
    body = event("delete-vpc-peering-connection")
    body["detail"]["errorCode"] = code
    assert scope(body).hints == frozenset()


def test_tags_of_one_resource_in_the_xml_encoding_are_read_too():
    body = event("create-tags")
    body["detail"]["requestParameters"] = {
        "CreateTagsRequest": {"ResourcesSet": {"tag": 1, "ResourceId": {"content": SEOUL_VPC}}}
    }
    assert scope({**body, "region": "ap-northeast-2"}).hints == {Hint(SEOUL, SEOUL_VPC)}


@pytest.mark.parametrize(
    "ids",
    [
        SEOUL_VPC,
        {"tag": 1, "content": SEOUL_VPC},
        [{"tag": 1, "content": SEOUL_VPC}, "i-0a39a39a39a39a391"],
    ],
)
def test_tagged_ids_are_read_in_the_flat_form_too(ids):
    body = event("create-tags")
    body["detail"]["requestParameters"] = {"CreateTagsRequest": {"ResourceId": ids, "Tag": {}}}
    assert scope({**body, "region": "ap-northeast-2"}).hints == {Hint(SEOUL, SEOUL_VPC)}


OURS, PEERS = {"key": "peerkeeper:status", "value": "held"}, {"key": "peerkeeper:peers"}


@pytest.mark.parametrize(
    ("name", "request_", "looked_at"),
    [
        ("CreateTags", {"tagSet": {"items": [OURS]}}, False),
        ("CreateTags", {"CreateTagsRequest": {"Tag": {"Key": OURS["key"], "tag": 1}}}, False),
        ("CreateTags", {"tagSet": {"items": [OURS, PEERS]}}, True),
        ("CreateTags", {"CreateTagsRequest": {"Tag": [{"Key": OURS["key"]}, {"Key": "x"}]}}, True),
        ("CreateTags", {}, True),
        ("DeleteTags", {"tagSet": {"items": [OURS]}}, True),
    ],
)
def test_a_status_tag_alone_is_our_own_memory_and_nothing_to_look_at(name, request_, looked_at):
    body = {**event("create-tags"), "region": "ap-northeast-2"}
    body["detail"]["eventName"] = name
    inner = next(iter(request_.values()), {}) if "CreateTagsRequest" in request_ else request_
    inner["resourceId" if inner is request_ else "ResourceId"] = PCX
    body["detail"]["requestParameters"] = request_ or {"resourceId": PCX}
    assert bool(scope(body).hints) is looked_at


@pytest.mark.parametrize(
    "wreck",
    [
        lambda body: body.pop("detail"),
        lambda body: body.update(detail="{}"),
        lambda body: body.update(account=None),
        lambda body: body.update(region="../../etc"),
        lambda body: body["detail"].update(requestParameters=None),
        lambda body: body["detail"].update(
            requestParameters={"vpcPeeringConnectionId": "pcx-' OR 1"}
        ),
        lambda body: body["detail"].update(requestParameters={"vpcPeeringConnectionId": ["pcx"]}),
    ],
)
def test_an_event_of_ours_that_lacks_what_it_must_carry_is_one_clear_error(wreck):
    body = event("delete-vpc-peering-connection")
    wreck(body)
    with pytest.raises(MessageError) as raised:
        messages_from(body, SETTINGS)
    assert raised.value.faults
    (message,) = batch(record(body))
    assert message.fault == str(raised.value)


@pytest.mark.parametrize("body", ["", "{", "[]", "7", '"x"', "null", '{"a": 1}', "[" * 100_000])
def test_a_body_that_is_no_message_fails_alone(body):
    good = record(event("create-vpc"))
    bad, fine = batch(record(body), good)
    assert bad.fault
    assert fine.scope.hints


def test_what_is_merely_not_ours_is_acknowledged():
    for body in (
        {**event("create-vpc"), "source": "aws.s3"},
        {**event("create-vpc"), "detail": {"eventName": "RunInstances"}},
    ):
        (message,) = batch(record(body))
        assert (message.fault, message.scope.hints) == ("", frozenset())


def test_the_schedule_means_every_location():
    assert scope(event("scheduled-sweep")).hints == {Hint(SEOUL), Hint(TOKYO)}


HAND_OFF = HandOff(
    Function.CLEAN,
    Scope(
        frozenset({Hint(TOKYO), Hint(SEOUL, PCX, SEOUL_VPC)}),
        frozenset({Expectation(TOKYO, PCX, Expected.GONE)}),
        frozenset({(TOKYO, PCX)}),
        then="connect_peerings",
        hops=3,
        looks=2,
        why="because",
    ),
    30,
)


def test_a_hand_off_reads_back_as_it_was_written():
    assert scope(json.loads(HAND_OFF.to_body())) == HAND_OFF.scope


@pytest.mark.parametrize(
    "wrong",
    [
        {"peerkeeper": 2},
        {"hints": {}},
        {"hints": [{"account": "1", "region": "r"}]},
        {"hints": [{"account": "111122223333", "region": "eu-west-1", "id": "pcx-*"}]},
        {"expect": [{"account": "111122223333", "region": "eu-west-1", "id": PCX, "state": "x"}]},
        {"absent": [{"account": "111122223333", "region": "eu-west-1"}]},
        {"then": "delete_everything"},
        {"hops": -1},
        {"looks": "many"},
    ],
)
def test_a_hand_off_that_cannot_be_read_is_one_clear_error(wrong):
    with pytest.raises(MessageError):
        messages_from({**HAND_OFF.to_dict(), **wrong}, SETTINGS)


def stamped(sender="AROASWEEP:sweep", sent=0, received=300_000):
    (message,) = batch(
        record(
            HAND_OFF.to_body(),
            SenderId=sender,
            SentTimestamp=str(sent),
            ApproximateFirstReceiveTimestamp=str(received),
        )
    )
    return message.scope.proven


def test_absence_is_proven_by_what_sqs_stamps_and_never_by_a_body():
    assert stamped()
    assert not stamped(received=299_999)
    assert not stamped(sender="AROAOTHER:sweep")
    assert not stamped(sender="AIDASWEEP")
    forged = {**HAND_OFF.to_dict(), "proven": True}
    assert not batch(record(forged))[0].scope.proven
    assert not scope(forged).proven
    assert not batch(record(forged, SenderId="AROASWEEP:x", SentTimestamp="soon"))[0].scope.proven


def test_scopes_that_share_an_id_or_a_vpc_are_of_one_chain():
    one = Scope(frozenset({Hint(TOKYO, PCX, TOKYO_VPC)}))
    assert one.keys & Scope(frozenset({Hint(TOKYO, TOKYO_VPC)})).keys
    assert not one.keys & Scope(frozenset({Hint(SEOUL, TOKYO_VPC)})).keys
    whole = Scope(frozenset({Hint(TOKYO)}))
    assert whole.keys & replace(whole, hops=2).keys
    assert not whole.keys & one.keys


def test_an_account_whose_leading_zeros_the_event_lost_is_the_same_account():
    """As in the XML encoding, where an id reads like a number."""
    body = event("create-vpc-peering-connection")
    there = Location("012345678901", TOKYO.region)
    side = body["detail"]["responseElements"]["vpcPeeringConnection"]["accepterVpcInfo"]
    for owner, found in (("12345678901", True), ("1234567890123", False)):
        side["ownerId"] = owner
        (message,) = messages_from(body, replace(SETTINGS, locations=SETTINGS.locations | {there}))
        assert (there in message.scope.locations) is found
