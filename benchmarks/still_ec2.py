"""EC2 that never changes and answers late: replies written out once, real page sizes, so much time a call.

In: a size of the world, Regions, seconds a call. Out: the URL of a server in a thread of this process, and
which actions were called. It lets any number of calls wait at once.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from threading import Thread
from urllib.parse import parse_qsl

from botocore.model import ServiceModel
from botocore.session import Session

from benchmarks.fleet_world import spelt
from benchmarks.still_world import ACCOUNT, Size, described

LISTS = {
    "DescribeVpcPeeringConnections": "VpcPeeringConnections",
    "DescribeVpcs": "Vpcs",
    "DescribeSubnets": "Subnets",
    "DescribeRouteTables": "RouteTables",
}
REGION = re.compile(rb"Credential=[^/]+/\d+/([a-z0-9-]+)/")
LENGTH = re.compile(rb"(?i)content-length: (\d+)")
TARGET = re.compile(rb"(?i)x-amz-target: \w+\.(\w+)")
ATTRIBUTE = {"EnableDnsHostnames": {"Value": True}}
WHO = (
    "<GetCallerIdentityResponse><GetCallerIdentityResult>"
    f"<Account>{ACCOUNT}</Account><Arn>arn:aws:iam::{ACCOUNT}:user/a</Arn><UserId>A</UserId>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)
UNKNOWN = (
    "<Response><Errors><Error><Code>InvalidAction</Code><Message>none</Message></Error></Errors>"
    "</Response>"
)


@cache
def model() -> ServiceModel:
    """Return the model of EC2, read once."""
    return Session().get_service_model("ec2")


@dataclass(slots=True)
class StillEc2:
    """The account's replies by action, Region and page size, and what was asked."""

    size: Size
    seconds: float
    url: str = ""
    calls: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    _written: dict[tuple[str, str, int, int], str] = field(default_factory=dict)

    def write(self, action: str, region: str, page: int = 1000) -> None:
        """Write a describe's replies out, in pages of so many items."""
        key = LISTS[action]
        items = described(self.size, region)[key]
        for start in range(0, max(1, len(items)), page):
            more = f"<nextToken>{start + page}</nextToken>" if start + page < len(items) else ""
            text = spelt(model().operation_model(action), {key: items[start : start + page]})
            self._written[action, region, page, start] = text.replace(
                "</Response>", f"{more}</Response>"
            )

    def answer(self, head: bytes, body: bytes) -> tuple[int, str]:
        """Return the status and the text that answer a request."""
        if target := TARGET.search(head):
            return 200, self._told(target[1].decode(), body)
        asked = dict(parse_qsl(body.decode()))
        action, found = asked["Action"], REGION.search(head)
        self.calls[action] += 1
        if action in LISTS and found:
            page = min(1000, int(asked.get("MaxResults", 1000)))
            place = action, found[1].decode(), page, int(asked.get("NextToken", 0))
            if place not in self._written:
                self.write(*place[:3])
            return 200, self._written[place]
        if action == "DescribeVpcAttribute":
            return 200, spelt(model().operation_model(action), ATTRIBUTE)
        if action == "GetCallerIdentity":
            return 200, WHO
        self.unknown[action] += 1
        return 400, UNKNOWN

    def _told(self, action: str, body: bytes) -> str:
        """Answer SQS and EventBridge, which speak JSON."""
        self.calls[action] += 1
        if action == "PutEvents":
            entries = [{"EventId": "1"} for _ in json.loads(body)["Entries"]]
            return json.dumps({"FailedEntryCount": 0, "Entries": entries})
        return json.dumps({"MessageId": "1", "MD5OfMessageBody": "1"})


class _Connection(asyncio.Protocol):
    """One client's connection: requests come one after the other."""

    def __init__(self, ec2: StillEc2) -> None:
        self._ec2, self._got = ec2, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a socket's is
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, end, body = self._got.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not end or len(body) < (int(length[1]) if length else 0):
            return
        self._got = b""
        status, text = self._ec2.answer(head, body)
        reply = text.encode()
        line = f"HTTP/1.1 {status} OK\r\nContent-Length: {len(reply)}\r\n\r\n"
        asyncio.get_running_loop().call_later(self._ec2.seconds, self._say, line.encode() + reply)

    def _say(self, reply: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(reply)


@contextmanager
def still_ec2(size: Size, regions: Sequence[str], seconds: float) -> Iterator[StillEc2]:
    """Serve it on this machine; yield it with its URL."""
    ec2 = StillEc2(size, seconds)
    for region in regions:
        for action in LISTS:
            ec2.write(action, region, 1000)
        ec2.write("DescribeRouteTables", region, 100)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: _Connection(ec2), "127.0.0.1", 0))
    ec2.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield ec2
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()
