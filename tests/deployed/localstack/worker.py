"""A function's process: runs the handler that _HANDLER names on requests from stdin, one a line.

Out, on stdout: an answer a line. What the function itself prints goes to stderr, which is its log.
"""

import importlib
import json
import os
import sys
import time
import traceback
from typing import Any

answers, sys.stdout = sys.stdout, sys.stderr


class Context:
    """What Lambda hands over beside the event. Source: Lambda Developer Guide, context object in Python."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.aws_request_id, self.invoked_function_arn = request["id"], request["arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = self.client_context = None
        self._deadline = time.monotonic() + request["timeout"]

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    os.environ["_X_AMZN_TRACE_ID"] = request["trace"]
    try:
        module, _, name = os.environ["_HANDLER"].rpartition(".")
        handler = getattr(importlib.import_module(module), name)
        done = handler(json.loads(request["payload"]), Context(request))
        return {"error": False, "payload": json.dumps(done)}
    except Exception as error:
        traceback.print_exc()
        words = {"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": []}
        return {"error": True, "payload": json.dumps(words)}


for line in sys.stdin:
    answers.write(json.dumps(answer(json.loads(line))) + "\n")
    answers.flush()
    sys.stderr.flush()
