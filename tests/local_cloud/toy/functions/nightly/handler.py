"""Tells what it was called with and what it started with."""

import os

REGION = os.environ["AWS_REGION"]


def lambda_handler(event, context):
    """Reply with everything a test may want to know."""
    from toyshop import counter  # late, as some libraries import: it must be this function's own

    return {
        "event": event,
        "runs": counter.count(),
        "region": REGION,
        "name": context.function_name,
        "arn": context.invoked_function_arn,
        "memory": context.memory_limit_in_mb,
        "request": context.aws_request_id,
        "left": context.get_remaining_time_in_millis(),
        "greeting": counter.STARTED_WITH["PEERKEEPER_GREETING"],
        "own": counter.STARTED_WITH.get("PEERKEEPER_OWN"),
        "profile": os.environ.get("AWS_PROFILE"),
    }
