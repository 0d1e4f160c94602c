"""Does what its messages say: fail, raise, send, call EC2; anything else succeeds."""

import json
import logging
import os
import sys

import botocore.session
from toyshop import counter

logger = logging.getLogger("peerkeeper")
logger.setLevel(logging.INFO)


def lambda_handler(event, context):
    """Work on a batch; report what failed."""
    bodies = {one["messageId"]: json.loads(one["body"]) for one in event["Records"]}
    logger.info("greeted", extra={"report": {"runs": counter.count(), "bodies": len(bodies)}})
    sys.stdout.write("metrics\n")
    orders = [body.get("do") for body in bodies.values()]
    if "raise" in orders:
        raise RuntimeError("as ordered")
    if "lie" in orders:
        return {"batchItemFailures": [{"itemIdentifier": "of nobody"}]}
    if "send" in orders:
        _sqs().send_message(
            QueueUrl=os.environ["PEERKEEPER_QUEUE"], MessageBody='{"do": "ok"}', DelaySeconds=30
        )
    if "tag" in orders:
        ec2 = botocore.session.Session().create_client("ec2", region_name="ap-northeast-1")
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "greeted", "Value": "yes"}])
    failed = [id_ for id_, body in bodies.items() if body.get("do") == "fail"]
    return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in failed]}


def _sqs():
    return botocore.session.Session().create_client("sqs", region_name=os.environ["AWS_REGION"])
