"""An AWS engine that nobody here wrote, started for a test run on a free port of the loopback.

In: its name, a folder for its state. Out: where it listens, and clients of any account and region:
both are those of the access key (an account's number) and of the client. Ends with the run, by its
own process group.
"""

import os
import re
import signal
import socket
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from tests.deployed.certificate import write_certificate
from tests.deployed.places import HUB, SEOUL
from tests.deployed.settings import settings

HERE = Path(__file__).parent
STARTS = 300.0
"""Seconds after which an engine that answers nothing is taken for dead; on an idle machine it takes two."""


@dataclass(frozen=True)
class Engine:
    """One that runs. `ca`: the certificate that its clients trust, empty where it speaks plain HTTP."""

    name: str
    url: str
    ca: str
    log: Path

    def client(self, service: str, region: str = SEOUL, account: str = HUB) -> Any:
        """Return a client, the same again."""
        return _client(self, service, region, account)

    def variables(self, region: str = SEOUL, account: str = HUB) -> dict[str, str]:
        """Return what a shell has in which sam and aws act on the engine, and on nothing else."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PYTHONPATH"))}
        said = {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "made-up",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "SAM_CLI_TELEMETRY": "0",
            "NO_COLOR": "1",
        }
        return kept | said | ({"AWS_CA_BUNDLE": self.ca} if self.ca else {})


@cache
def _client(engine: Engine, service: str, region: str, account: str) -> Any:
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=engine.url,
        verify=engine.ca or None,
        aws_access_key_id=account,
        aws_secret_access_key="made-up",
        config=Config(retries={"max_attempts": 1}, max_pool_connections=20),
    )


@contextmanager
def running(name: str, python: Path, home: Path) -> Iterator[Engine]:
    """Start the engine of that name and yield it. Raises RuntimeError, with its last words, if it does
    not start.
    """
    port, log = free_port(), home / f"{name}.log"
    ca = str(write_certificate(home)) if name == "ministack" else ""
    engine = Engine(name, f"{'https' if ca else 'http'}://127.0.0.1:{port}", ca, log)
    command = [str(python), str(HERE / name)]
    with log.open("w") as said:
        process = subprocess.Popen(
            command,
            env=settings(name, port, home, ca),
            cwd=home,
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(engine, process)
            yield engine
        finally:
            end(process)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(engine: Engine, process: "subprocess.Popen[bytes]") -> None:
    """Return once the engine answers. Raises RuntimeError with its last words if it never does."""
    trust = ssl.create_default_context(cafile=engine.ca) if engine.ca else None
    end_at = time.monotonic() + STARTS
    while process.poll() is None and time.monotonic() < end_at:
        try:
            with urllib.request.urlopen(f"{engine.url}/_localstack/health", context=trust):
                return
        except OSError:
            time.sleep(0.1)
    words = "\n".join(engine.log.read_text(errors="replace").splitlines()[-30:])
    raise RuntimeError(f"{engine.name} did not start; its last words in {engine.log}:\n{words}")


def end(process: "subprocess.Popen[bytes]") -> None:
    """End the engine, and the functions that it started: they are of its own process group."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            return
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            continue


def last_words(text: str) -> str:
    """Return the end of what a command printed, without its colours."""
    return "\n".join(re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()[-30:])
