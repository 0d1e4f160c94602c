"""Every sample event has the shape AWS gives it, and goes where the README says."""

import hashlib
import json
from datetime import datetime

import pytest

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump.buses import Buses, Delivered, Forwarded, Ignored
from tests.contract.events.samples import (
    ACCOUNT,
    EVENTS,
    KEEP,
    ROOT,
    Sample,
    also_kept,
    load,
    samples,
)

SAMPLES = samples()
BY_NAME = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
BATCHES = ("sqs-batch", "sqs-hand-off", "sqs-second-look")
NOT_THROUGH_RULES = {"fleet-sweep-location", "scheduled-sweep", *BATCHES}
ENVELOPE = {
    "version": str,
    "id": str,
    "detail-type": str,
    "source": str,
    "account": str,
    "time": str,
    "region": str,
    "resources": list,
}
DESIGN_TRIGGERS = {
    *("CreateVpcPeeringConnection", "AcceptVpcPeeringConnection", "DeleteVpcPeeringConnection"),
    *("RejectVpcPeeringConnection", "ModifyVpcPeeringConnectionOptions"),
    *("CreateTags", "DeleteTags", "AssociateVpcCidrBlock", "DisassociateVpcCidrBlock"),
    *("CreateRouteTable", "AssociateRouteTable", "DisassociateRouteTable"),
    *("ReplaceRouteTableAssociation", "CreateRoute", "ReplaceRoute", "DeleteRoute"),
    *("CreateVpc", "CreateDefaultVpc", "CreateSubnet", "CreateDefaultSubnet"),
    *("ModifyVpcAttribute", "ModifySubnetAttribute"),
    *("CreateVpcEndpoint", "ModifyVpcEndpoint"),
}


def test_the_readme_names_every_file_and_every_file_is_named() -> None:
    files = {path.stem for path in EVENTS.glob("*.json")}
    assert {sample.name for sample in SAMPLES} | NOT_THROUGH_RULES == files


def test_every_trigger_of_the_design_has_a_sample() -> None:
    assert {sample.event["detail"]["eventName"] for sample in SAMPLES} == DESIGN_TRIGGERS


@BY_NAME
def test_the_envelope_has_the_keys_of_a_real_one(sample: Sample) -> None:
    event = sample.event
    assert {key: type(event[key]) for key in event if key != "detail"} == ENVELOPE
    assert event["source"] == "aws.ec2"
    assert event["detail-type"] == "AWS API Call via CloudTrail"
    assert event["resources"] == []
    assert (event["account"], event["region"]) == (ACCOUNT, sample.region)


@BY_NAME
def test_envelope_and_record_agree(sample: Sample) -> None:
    event, detail = sample.event, sample.event["detail"]
    assert detail["awsRegion"] == event["region"]
    assert detail["recipientAccountId"] == event["account"]
    assert detail["eventTime"] == event["time"]
    assert datetime.fromisoformat(detail["eventTime"]).tzinfo is not None
    assert detail["eventID"] != event["id"]


@BY_NAME
def test_a_failed_call_has_a_client_error_and_null_for_its_reply(sample: Sample) -> None:
    detail = sample.event["detail"]
    if "errorCode" in detail:
        assert detail["errorCode"].startswith("Client.")
        assert detail["errorMessage"]
        assert detail["responseElements"] is None
        assert not sample.taken_by
    else:
        reply = detail["responseElements"]
        (inner,) = reply.values() if sample.encoding == "XML" else (reply,)
        assert inner["requestId"] == detail["requestID"]


@BY_NAME
def test_the_record_has_the_encoding_that_the_readme_says(sample: Sample) -> None:
    detail = sample.event["detail"]
    wrapped = set(detail["requestParameters"]) == {f"{detail['eventName']}Request"}
    assert wrapped == (sample.encoding == "XML")


def travelled(sample: Sample, parameters: dict[str, str]) -> tuple[list[object], set[str]]:
    """Return where the event goes under these parameters, and which functions it reaches."""
    deployment = Deployment(ROOT)
    hub = deployment.hub(ACCOUNT, "ap-northeast-2", parameters)
    buses = Buses(hub, (deployment.spoke(ACCOUNT, "ap-northeast-1", hub),))
    readers = {
        mapping.queue_arn: hub.function(mapping.function).folder.name for mapping in hub.mappings
    }
    hops: list[object] = list(buses.route(sample.event))
    return hops, {readers[hop.queue_arn] for hop in hops if isinstance(hop, Delivered)}


@BY_NAME
def test_the_event_reaches_exactly_the_functions_that_the_readme_says(sample: Sample) -> None:
    hops, taken_by = travelled(sample, sample.parameters)
    assert taken_by == sample.taken_by
    assert any(isinstance(hop, Ignored) for hop in hops) == (not sample.taken_by)
    if sample.taken_by:
        assert isinstance(hops[0], Forwarded)


def test_what_keeps_endpoints_takes_as_well_is_what_the_readme_says() -> None:
    kept = {
        sample.name for sample in SAMPLES if KEEP in travelled(sample, {"Endpoints": "keep"})[1]
    }
    assert kept == also_kept() | {sample.name for sample in SAMPLES if sample.taken_by == {KEEP}}


def test_ids_of_events_are_unique() -> None:
    details = [sample.event["detail"] for sample in SAMPLES]
    assert len({detail["eventID"] for detail in details}) == len(details)
    assert len({detail["requestID"] for detail in details}) == len(details)


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_has_the_records_that_sqs_hands_to_lambda(name: str) -> None:
    for record in load(name)["Records"]:
        assert set(record) == {
            *("messageId", "receiptHandle", "body", "attributes", "messageAttributes"),
            *("md5OfBody", "eventSource", "eventSourceARN", "awsRegion"),
        }
        assert set(record["attributes"]) == {
            *("ApproximateReceiveCount", "SentTimestamp", "SenderId"),
            "ApproximateFirstReceiveTimestamp",
        }
        assert hashlib.md5(record["body"].encode()).hexdigest() == record["md5OfBody"]


def test_the_batch_carries_the_sample_events_unchanged() -> None:
    bodies = [json.loads(record["body"]) for record in load("sqs-batch")["Records"]]
    assert bodies[:2] == [load("create-vpc-peering-connection"), load("create-tags")]


def test_hand_offs_are_sent_by_roles_that_the_functions_believe() -> None:
    hub = Deployment(ROOT).hub(ACCOUNT, "ap-northeast-2")
    senders = set(hub.functions[0].environment["PEERKEEPER_SENDERS"].split(","))
    assert len(senders) == 4
    for name in BATCHES:
        for record in load(name)["Records"]:
            ours = record["attributes"]["SenderId"].partition(":")[0] in senders
            assert ours == ("peerkeeper" in json.loads(record["body"]))


def test_batches_come_from_queues_that_the_template_makes() -> None:
    queues = {queue.arn for queue in Deployment(ROOT).hub(ACCOUNT, "ap-northeast-2").queues}
    for name in BATCHES:
        assert {record["eventSourceARN"] for record in load(name)["Records"]} <= queues


def test_the_scheduled_event_is_schedulers_own_envelope() -> None:
    event = load("scheduled-sweep")
    assert {key: type(event[key]) for key in event if key != "detail"} == ENVELOPE
    assert event["detail"] == "{}"
    (schedule,) = Deployment(ROOT).hub(ACCOUNT, "ap-northeast-2").schedules
    assert event["resources"] == [schedule.arn]
    assert schedule.input is not None
    sent = json.loads(schedule.input)
    assert {key: event[key] for key in sent} == sent
