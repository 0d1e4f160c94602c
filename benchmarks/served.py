"""A large estate behind `serve`, read by the `aws` CLI and by boto3: whole pages, and a ratio to plain moto.

30 VPCs, 1,000 subnets, 200 route tables and 125 peerings. Each server is its own process, and the same calls
build both. Every page is checked: each resource once, none missing.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice, product
from pathlib import Path
from threading import Thread
from typing import Any

import boto3

ROOT = Path(__file__).parents[1]
REGION = "ap-northeast-2"
HUBS, SPOKES = 5, 25
SUBNETS, TABLES, PEERINGS = 1000, 200, HUBS * SPOKES
TIMES = 5
PLAIN = """
from moto.server import ThreadedMotoServer
import time
server = ThreadedMotoServer(port=0, verbose=False)
server.start()
print(f"export AWS_ENDPOINT_URL=http://127.0.0.1:{server.get_host_and_port()[1]}", flush=True)
print("ready", flush=True)
time.sleep(1e6)
"""
SERVE = ("-m", "peerkeeper_local", "serve", "--port", "0", "--no-functions", "--speed", "60")
READS = {
    "describe-vpcs": ("Vpcs", "VpcId"),
    "describe-subnets": ("Subnets", "SubnetId"),
    "describe-route-tables": ("RouteTables", "RouteTableId"),
    "describe-vpc-peering-connections": ("VpcPeeringConnections", "VpcPeeringConnectionId"),
}
LINE = "{:<34}{:>8}{:>12}{:>12}{:>8}"


@contextmanager
def server(*words: str) -> Iterator[dict[str, str]]:
    """Run a server of AWS's API; yield what leads clients to it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = {**kept, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    said: dict[str, str] = {}
    for line in process.stdout or ():
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").strip().partition("=")
            said[name] = value
        elif said:
            break
    # The live view goes on: a full pipe would stop it, and with it the time of the cloud.
    Thread(target=deque, args=(process.stdout, 0), daemon=True).start()
    own = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": REGION}
    try:
        yield {**environment, **own, **said}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def client_of(said: dict[str, str]) -> Any:  # noqa: ANN401 - made at run time
    """Return an EC2 client of that server."""
    return boto3.client(
        "ec2",
        region_name=REGION,
        endpoint_url=said["AWS_ENDPOINT_URL"],
        aws_access_key_id=said["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=said["AWS_SECRET_ACCESS_KEY"],
    )


def build(ec2: Any) -> None:  # noqa: ANN401 - made at run time
    """Make the estate: every spoke is peered with every hub."""
    vpcs = [
        ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16")["Vpc"]["VpcId"]
        for number in range(HUBS + SPOKES)
    ]
    places = product(range(256), enumerate(vpcs))
    for third, (number, vpc) in islice(places, SUBNETS):
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.{number}.{third}.0/24")
    for number in range(TABLES - len(vpcs)):  # each VPC has its main one
        ec2.create_route_table(VpcId=vpcs[number % len(vpcs)])
    for hub, spoke in product(vpcs[:HUBS], vpcs[HUBS:]):
        made = ec2.create_vpc_peering_connection(VpcId=spoke, PeerVpcId=hub)
        pcx = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        ec2.get_waiter("vpc_peering_connection_exists").wait(VpcPeeringConnectionIds=[pcx])
        accepted(ec2, pcx)


def accepted(ec2: Any, pcx: str) -> None:  # noqa: ANN401 - made at run time
    """Accept a request as soon as it is pending."""
    while True:
        (found,) = ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])[
            "VpcPeeringConnections"
        ]
        if found["Status"]["Code"] == "pending-acceptance":
            ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
            return
        if found["Status"]["Code"] != "initiating-request":
            raise RuntimeError(found["Status"])


def by_cli(said: dict[str, str], command: str) -> list[Any]:
    """Return what the CLI prints, read page by page."""
    key, _ = READS[command]
    aws = os.environ.get("AWS") or shutil.which("aws") or "aws"
    words = [aws, "ec2", command, "--output", "json"]
    done = subprocess.run(words, env=said, capture_output=True, text=True, check=True)  # noqa: S603
    return list(json.loads(done.stdout)[key])


def by_boto3(ec2: Any, command: str) -> list[Any]:  # noqa: ANN401 - made at run time
    """Return what a paginator finds."""
    pages = ec2.get_paginator(command.replace("-", "_")).paginate()
    return [each for one in pages for each in one[READS[command][0]]]


def timed(read: Callable[[], list[Any]], id_key: str) -> tuple[int, float]:
    """Return how many there are, and the median of the seconds. Raises AssertionError on a wrong page."""
    took = []
    for _ in range(TIMES):
        began = time.monotonic()
        found = read()
        took.append(time.monotonic() - began)
    ids = {each[id_key] for each in found}
    assert len(ids) == len(found), f"{len(found) - len(ids)} are listed twice"  # noqa: S101
    return len(found), statistics.median(took)


def main() -> None:
    """Print what each read takes on both servers."""
    wanted = {"describe-subnets": SUBNETS, "describe-vpc-peering-connections": PEERINGS}
    with server(*SERVE) as ours, server("-c", PLAIN) as plain:
        print(
            f"{HUBS + SPOKES} VPCs, {SUBNETS} subnets, {TABLES} route tables, {PEERINGS} peerings"
        )
        clients = {"ours": client_of(ours), "plain": client_of(plain)}
        spent = {}
        for name, ec2 in clients.items():
            began = time.monotonic()
            build(ec2)
            spent[name] = time.monotonic() - began
        print(LINE.format("", "found", "local cloud", "plain moto", "ratio"))
        ratio = spent["ours"] / spent["plain"]
        cells = (f"{spent['ours']:.1f} s", f"{spent['plain']:.1f} s", f"{ratio:.2f}")
        print(LINE.format("to build it, boto3", "", *cells))
        for command in READS:
            compare(command, wanted.get(command, 0), clients, {"ours": ours, "plain": plain})


def compare(
    command: str, at_least: int, clients: dict[str, Any], servers: dict[str, dict[str, str]]
) -> None:
    """Print what one read takes on both servers, by boto3 and by the CLI."""
    ways: dict[str, Callable[[str], list[Any]]] = {
        "boto3": lambda name: by_boto3(clients[name], command),
        "aws CLI": lambda name: by_cli(servers[name], command),
    }
    for way, read in ways.items():
        found, ours = timed(lambda read=read: read("ours"), READS[command][1])  # type: ignore[misc]
        _, plain = timed(lambda read=read: read("plain"), READS[command][1])  # type: ignore[misc]
        assert found >= at_least, f"{command}: {found} found"  # noqa: S101
        times = (f"{ours * 1000:.0f} ms", f"{plain * 1000:.0f} ms", f"{ours / plain:.2f}")
        print(LINE.format(f"{command}, {way}", found, *times))


if __name__ == "__main__":
    main()
