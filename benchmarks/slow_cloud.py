"""A served local cloud as far away as AWS is: each call takes some time more, and is counted.

In: its URL, seconds a call. Out: another URL, and which actions were called.
"""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit

HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
"""Headers of one connection only. Source: RFC 9110, section 7.6.1."""


@dataclass(slots=True)
class Far:
    """Where the cloud answers late, and the calls that it got."""

    url: str = ""
    calls: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def count(self, action: str) -> None:
        """Count a call; callers are many threads."""
        with self.lock:
            self.calls[action] += 1


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
            if not self.path.startswith(
                "/_peerkeeper/"
            ):  # our own words with it cost nothing on AWS
                there.count(_action(body, dict(self.headers)))
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
