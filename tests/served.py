"""A local cloud served by a process of its own, as a user starts it; and its clients."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3

ROOT = Path(__file__).parents[1]
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
HANGS = 600.0
"""Seconds after which something hangs. They end a test that never would; no machine is that slow."""


def peerkeeper_local(*words: str) -> list[str]:
    return [sys.executable, "-m", "peerkeeper_local", *words]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**kept, "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/peerkeeper'}", "PYTHONUNBUFFERED": "1"}


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        peerkeeper_local(*words),
        env=environment(),
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=False,
    )


class Served:
    """A served cloud, and its clients."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: dict[str, str] = {}
        self._clients: dict[tuple[str, str, str], Any] = {}
        assert process.stdout
        for line in process.stdout:
            if line.startswith("unset ") or (line.startswith("#") and not self.said):
                continue
            if not line.startswith("export "):
                break
            name, _, value = line.removeprefix("export ").strip().partition("=")
            self.said[name] = value
        self.url = self.said["AWS_ENDPOINT_URL"]

    @property
    def variables(self) -> dict[str, str]:
        """What a shell has in which the printed lines were pasted."""
        return {**environment(), **self.said}

    def client(self, service: str, region: str, account: str = "") -> Any:
        """Return a client, the same again: to make one takes as long as fifty calls."""
        key = (service, region, account)
        if key not in self._clients:
            said = self._variables(account) if account else self.said
            self._clients[key] = boto3.client(
                service,
                region_name=region,
                endpoint_url=self.url,
                aws_access_key_id=said["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=said["AWS_SECRET_ACCESS_KEY"],
            )
        return self._clients[key]

    def _variables(self, account: str) -> dict[str, str]:
        """What `client --account` prints, without a process."""
        with urllib.request.urlopen(f"{self.url}/_peerkeeper/variables/{account}") as reply:
            return json.load(reply)

    def dump(self) -> dict[str, Any]:
        done = run("dump", "--endpoint", self.url)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def now(self) -> datetime:
        """The virtual time."""
        with urllib.request.urlopen(f"{self.url}/_peerkeeper/state") as reply:
            return datetime.fromisoformat(json.load(reply)["time"])

    def status(self, pcx_id: str) -> str:
        (found,) = self.client("ec2", SEOUL).describe_vpc_peering_connections(
            VpcPeeringConnectionIds=[pcx_id]
        )["VpcPeeringConnections"]
        return found["Status"]["Code"]

    def targets(self, region: str, target: str, account: str = "") -> set[tuple[str, str]]:
        tables = self.client("ec2", region, account).describe_route_tables()["RouteTables"]
        return {
            (table["RouteTableId"], route["DestinationCidrBlock"])
            for table in tables
            for route in table["Routes"]
            if route.get("VpcPeeringConnectionId") == target
        }


@contextmanager
def serving(*words: str) -> Iterator[Served]:
    command = peerkeeper_local("serve", "--port", "0", *words)
    with subprocess.Popen(
        command, env=environment(), cwd=ROOT, text=True, stdout=subprocess.PIPE
    ) as process:
        try:
            yield Served(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=HANGS)
    assert process.returncode == 0


A_PROCESS = 2.0
"""Pause in seconds between looks that each start a program: without it they keep a core busy."""


def until(reached: Callable[[], bool], pause: float = 0.05) -> bool:
    """Wait for what must come, however slow the machine is; False if it never does."""
    end = time.monotonic() + HANGS
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(pause)
    return False
