"""The states of an instance, and which call leads where. In: states. Out: states, or a Refusal.

    pending -> running -> stopping -> stopped -> pending
    pending, running, stopping, stopped -> shutting-down -> terminated

Source: EC2 User Guide, instance lifecycle.
"""

from collections.abc import Mapping

from peerkeeper_local.semantics.limits import Delays
from peerkeeper_local.semantics.refusal import Refusal

CODES: Mapping[str, int] = {
    "pending": 0,
    "running": 16,
    "shutting-down": 32,
    "terminated": 48,
    "stopping": 64,
    "stopped": 80,
}
"""Source: EC2 API, InstanceState."""
THEN: Mapping[str, str] = {
    "pending": "running",
    "stopping": "stopped",
    "shutting-down": "terminated",
}
"""What a passing state ends in."""
LEADS: Mapping[str, str] = {"start": "pending", "stop": "stopping", "terminate": "shutting-down"}
IN_PLACE: Mapping[str, frozenset[str]] = {
    "start": frozenset({"pending", "running"}),
    "stop": frozenset({"stopping", "stopped"}),
    "terminate": frozenset({"shutting-down", "terminated"}),
}
"""The states in which a call has nothing to do. Source: EC2 API (the three are idempotent)."""
REFUSED: Mapping[str, tuple[frozenset[str], str]] = {
    "start": (frozenset({"stopping", "shutting-down", "terminated"}), "started"),
    "stop": (frozenset({"pending", "shutting-down", "terminated"}), "stopped"),
    "terminate": (frozenset(), "terminated"),
}


def next_state(instance_id: str, action: str, state: str) -> str:
    """Return the state that `action` (start, stop, terminate) leads to from `state`.

    Raises Refusal (IncorrectInstanceState). Sources: EC2 User Guide; observed (the code).
    """
    refused, done = REFUSED[action]
    if state in refused:
        raise Refusal(
            "IncorrectInstanceState",
            f"The instance '{instance_id}' is not in a state from which it can be {done}.",
        )
    return state if state in IN_PLACE[action] else LEADS[action]


def lasts(state: str, delays: Delays) -> float:
    """Return how long a passing state lasts, in seconds."""
    return delays.instance_start if state == "pending" else delays.instance_stop
