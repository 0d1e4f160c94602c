"""Of PutEvents IAM is told the events' sources and detail types. Why: the engine tells it none of
EventBridge's keys, so that every statement with a condition on them allows nothing.

    entries of one request        the key
    all alike                     one value
    several                       each value once

Source: Service Authorization Reference, Amazon EventBridge, condition keys. That equal values are
one is assumed.
"""

import json
from typing import Any

from ministack.core import iam_actions

KEYS = {"events:source": "Source", "events:detail-type": "DetailType"}


def bend() -> None:
    told = iam_actions.request_tag_context

    def with_events(service: str, action: str, body: bytes, parameters: Any) -> dict[str, Any]:
        found = told(service, action, body, parameters)
        if action != "events:PutEvents":
            return found
        entries = json.loads(body).get("Entries", [])
        values = {key: sorted({one[name] for one in entries}) for key, name in KEYS.items()}
        return found | {key: of[0] if len(of) == 1 else of for key, of in values.items()}

    iam_actions.request_tag_context = with_events
