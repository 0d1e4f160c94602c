"""EC2 as far as it throttles: botocore's real client, its retries and all, on virtual time.

In: a retry mode. Out: clients whose calls reach a token bucket instead of the network. Source of the
bucket: EC2 developer guide, request throttling. Latency: an assumption, no figure is published.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import botocore.endpoint
import botocore.retries.bucket
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.client import BaseClient
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.session import Session

from benchmarks.virtual_time import VirtualTime

BURST, RATE = 50.0, 5.0
LATENCY = 0.2
DONE = b"<R><return>true</return></R>"
THROTTLED = (
    b"<Response><Errors><Error><Code>RequestLimitExceeded</Code>"
    b"<Message>Request limit exceeded.</Message></Error></Errors></Response>"
)


class Server:
    """One action's bucket in one account and region, and what it was asked."""

    def __init__(self, time: VirtualTime) -> None:
        """Start with a full bucket."""
        self.time = time
        self.asked: Counter[int] = Counter()
        self._tokens, self._at = BURST, time.now()

    def answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        """Answer one request after the latency: 200, or 503 where the bucket is empty."""
        self.time.sleep(LATENCY / 2)
        now = self.time.now()
        self._tokens, self._at = min(BURST, self._tokens + (now - self._at) * RATE), now
        status = 200 if self._tokens >= 1 else 503
        self._tokens -= status == 200
        self.asked[status] += 1
        self.time.sleep(LATENCY / 2)
        body = DONE if status == 200 else THROTTLED
        return AWSResponse(request.url, status, HTTPHeaders(), _Raw(body))


class _Raw(io.BytesIO):
    def stream(self) -> Iterator[bytes]:
        yield self.read()


def client(server: Server, mode: str, attempts: int) -> BaseClient:
    """Return an EC2 client of botocore's whose requests go to this server."""
    config = Config(retries={"mode": mode, "total_max_attempts": attempts})  # type: ignore[arg-type]
    session = Session()
    session.set_credentials("AKIDEXAMPLE", "none")
    made = session.create_client("ec2", region_name="ap-northeast-2", config=config)
    made.meta.events.register_last("before-send.ec2", server.answer)  # type: ignore[arg-type]
    return made


@contextmanager
def on_virtual_time(time: VirtualTime) -> Iterator[None]:
    """Let botocore's waits, between retries and in its own rate limiter, pass on this clock."""

    class Waiting:
        """Stands for `threading.Condition`: greenlets change only where they sleep, so it locks nothing."""

        def __init__(self, _lock: object) -> None: ...
        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None: ...
        def notify(self) -> None: ...
        def wait(self, seconds: float) -> None:
            time.sleep(max(seconds, 1e-6))  # less is lost in a float, and time would stand still

    bucket: Any = botocore.retries.bucket
    threads = SimpleNamespace(Lock=object, Condition=Waiting)
    with (
        patch.object(botocore.endpoint, "time", SimpleNamespace(sleep=time.sleep)),
        patch.object(bucket.Clock, "current_time", lambda _: time.now()),
        patch.object(bucket, "threading", threads),
    ):
        yield
