"""A served local cloud as far away as AWS is: each call takes some time more, and is counted.

In: its URL, seconds a call. Out: another URL, which actions were called, and when.
"""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit

HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
"""Headers of one connection only. Source: RFC 9110, section 7.6.1."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call, and when it came and was answered, in seconds of `perf_counter`."""

    action: str
    began: float
    ended: float


@dataclass(slots=True)
class Far:
    """Where the cloud answers late, and the calls that it got."""

    url: str = ""
    calls: Counter[str] = field(default_factory=Counter)
    made: list[Call] = field(default_factory=list)
    """In the order in which they ended."""
    lock: Lock = field(default_factory=Lock)

    def count(self, action: str) -> None:
        """Count a call; callers are many threads."""
        with self.lock:
            self.calls[action] += 1

    def clear(self) -> None:
        """Forget the calls."""
        with self.lock:
            self.calls.clear()
            self.made.clear()


def waves(made: Sequence[Call]) -> int:
    """Return the longest chain of calls of which each began after the one before it had ended."""
    deepest: list[tuple[float, int]] = []
    for call in sorted(made, key=lambda one: one.began):
        before = max((depth for ended, depth in deepest if ended <= call.began), default=0)
        deepest.append((call.ended, before + 1))
    return max((depth for _, depth in deepest), default=0)


@contextmanager
def far(upstream: str, seconds: float) -> Iterator[Far]:
    """Put the cloud so far away; yield where it answers."""
    there, host = Far(), urlsplit(upstream).netloc

    class Late(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle_one_call(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            began, action = time.perf_counter(), ""
            if not self.path.startswith(
                "/_peerkeeper/"
            ):  # our own words with it cost nothing on AWS
                action = _action(body, dict(self.headers))
                there.count(action)
                time.sleep(seconds)
            connection = http.client.HTTPConnection(host, timeout=60)
            connection.request(self.command, self.path, body, dict(self.headers))
            reply = connection.getresponse()
            said = reply.read()
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            if action:
                there.made.append(Call(action, began, time.perf_counter()))
            self.wfile.write(said)
            connection.close()

        do_GET = do_POST = do_PUT = do_HEAD = handle_one_call

    server = ThreadingHTTPServer(("127.0.0.1", 0), Late)
    there.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


def _action(body: bytes, headers: dict[str, str]) -> str:
    """Return what is called, as far as it shows: the query protocol's Action, or JSON's target."""
    query = parse_qs(body.decode(errors="replace"))
    return query.get("Action", [headers.get("X-Amz-Target", "another")])[0]
