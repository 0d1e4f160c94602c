"""What the engine's IAM says of many requests. Run by the engine's own Python; the engine itself need
not run.

In, on stdin: a JSON list of {"statements": [...], "action", "resource", "context"}. Out: a JSON
list of its decisions. Every condition key is one of the request: the engine adds none of its own.
"""

import json
import sys
from typing import Any

from ministack.core import iam_evaluator


def decided(asked: dict[str, Any]) -> str:
    keys = {name.lower(): value for name, value in asked["context"].items()}
    iam_evaluator._resolve_condition_key = lambda key, _asked: keys.get(key.lower())
    request = iam_evaluator.EvalContext(
        principal_arn="",
        principal_type="AssumedRole",
        principal_account="",
        action=asked["action"],
        resource_arn=asked["resource"],
        region="",
    )
    policy = iam_evaluator.parse_policy_document({"Statement": asked["statements"]})
    return str(iam_evaluator.evaluate(request, [policy]).decision)


if __name__ == "__main__":
    json.dump([decided(one) for one in json.load(sys.stdin)], sys.stdout)
