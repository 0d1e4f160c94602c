"""The clients of one process: a failed AssumeRole, whose credentials they use, a connection that broke."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from botocore.exceptions import ConnectTimeoutError
from botocore.session import Session
from peerkeeper.aws import clients as module
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.events import tell
from peerkeeper.aws.spokes import SpokeRole
from peerkeeper.reporting.bus_events import Announcement, DetailType
from peerkeeper.values.ec2 import Location

from tests.builders import SEOUL

THERE = Location("444455556666", SEOUL.region)
BODY = b'{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n"


def session(key: str) -> Session:
    made = Session()
    made.set_credentials(key, "secret")
    return made


def clients(**more) -> Clients:
    return Clients(
        [SEOUL], SEOUL.region, spoke=SpokeRole("a", "b"), session=session("HUBKEY"), **more
    )


def test_sts_that_gives_no_answer_is_asked_once_an_invocation(monkeypatch):
    """Else each read of the account waits for its own time-out, one after the other."""
    asked = []

    def silent(*_):
        asked.append(1)
        raise ConnectTimeoutError(endpoint_url="https://sts.ap-northeast-2.amazonaws.com/")

    monkeypatch.setattr(module, "spoke_session", silent)
    made = clients()

    def refused(_):
        with pytest.raises(ConnectTimeoutError):
            made.ec2(THERE)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(refused, range(16)))
    assert len(asked) == 1
    made.trim()
    refused(0)
    assert len(asked) == 2


def test_another_service_in_another_account_never_takes_the_hubs_credentials(monkeypatch):
    """Not even where the account is dropped meanwhile, since EC2 found its credentials outworn."""
    monkeypatch.setattr(module, "spoke_session", lambda *_: session("SPOKEKEY"))
    made = clients()
    create = made._create

    def dropped_meanwhile(*args, **more):
        made.drop(THERE.account_id)
        return create(*args, **more)

    monkeypatch.setattr(made, "_create", dropped_meanwhile)
    used = made.other("service-quotas", THERE)._request_signer._credentials
    assert used.access_key == "SPOKEKEY"


@contextmanager
def bus_that_breaks_off():
    """Serve EventBridge that answers one request of each connection, and resets it at the next."""
    server = socket.create_server(("127.0.0.1", 0))

    def one(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            connection.sendall(HEAD % len(BODY) + BODY)
            connection.recv(65536)

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    with server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.enable_socket
def test_an_announcement_outlives_a_connection_that_broke_off_while_nothing_was_told(monkeypatch):
    with bus_that_breaks_off() as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        made = clients()
        told = [Announcement(next(iter(DetailType)), "{}")]
        assert [tell(made, "bus", told) for _ in range(3)] == [(), (), ()]
