"""The context object Lambda hands to a handler. Source: Lambda developer guide, Python context."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from peerkeeper_local.deployment import Function


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """One invocation's context; the deadline runs in real time, as the function's own code does."""

    function_name: str
    invoked_function_arn: str
    memory_limit_in_mb: str
    aws_request_id: str
    timeout: int
    function_version: str = "$LATEST"
    started: float = field(default_factory=time.monotonic)
    now: Callable[[], float] = time.time
    """Ours, not Lambda's: epoch seconds of the local cloud's clock."""

    @classmethod
    def of(
        cls, function: Function, request_id: str, now: Callable[[], float] = time.time
    ) -> "LambdaContext":
        """Return the context of an invocation that starts now."""
        return cls(
            function_name=function.name,
            invoked_function_arn=function.arn,
            memory_limit_in_mb=str(function.memory),
            aws_request_id=request_id,
            timeout=function.timeout,
            now=now,
        )

    @property
    def log_group_name(self) -> str:
        """The function's log group."""
        return f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        """The log stream of this execution environment."""
        return f"[{self.function_version}]local"

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds left before the timeout."""
        left = self.started + self.timeout - time.monotonic()
        return max(0, int(left * 1000))
