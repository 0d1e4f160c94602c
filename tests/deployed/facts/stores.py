"""Queues, buckets and log groups."""

import json

from tests.deployed.deploy import Deployed
from tests.deployed.facts.sides import Sides, resolved


def queue(stack: Deployed, logical_id: str, physical: str) -> Sides:
    found = stack.client("sqs").get_queue_attributes(QueueUrl=physical, AttributeNames=["All"])
    theirs = found["Attributes"]
    redrive = json.loads(theirs.get("RedrivePolicy") or "{}")
    (ours,) = (one for one in stack.ours.queues if one.logical_id == logical_id)
    return {
        "arn": theirs["QueueArn"],
        "url": physical,
        "times": [
            int(theirs[name])
            for name in ("VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds")
        ],
        "redrive": [redrive["deadLetterTargetArn"], int(redrive["maxReceiveCount"])]
        if redrive
        else None,
    }, {
        "arn": ours.arn,
        "url": ours.url,
        "times": [ours.visibility_timeout, ours.retention, ours.delay],
        "redrive": [ours.redrive.dead_letter_arn, ours.redrive.max_receive_count]
        if ours.redrive
        else None,
    }


def bucket(stack: Deployed, logical_id: str, physical: str) -> Sides:
    """Where it is. The engine makes neither its encryption nor its lifecycle nor its public access block."""
    found = stack.client("s3").get_bucket_location(Bucket=physical)
    return (
        {"name": physical, "region": found["LocationConstraint"]},
        {"name": stack.resolver.value({"Ref": logical_id}), "region": stack.place.region},
    )


def log_group(stack: Deployed, logical_id: str, physical: str) -> Sides:
    listed = stack.client("logs").describe_log_groups(logGroupNamePrefix=physical)["logGroups"]
    (found,) = (one for one in listed if one["logGroupName"] == physical)
    said = resolved(stack, logical_id)
    return (
        {"name": physical, "days": found.get("retentionInDays")},
        {"name": said["LogGroupName"], "days": int(said["RetentionInDays"])},
    )
