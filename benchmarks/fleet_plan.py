"""The command line reads and plans a fleet, in its own process. EC2 and STS answer from memory.

In: how many accounts. Out: CPU seconds, calls, largest resident size. It has two references. One makes the
same calls only with botocore, as a script would. The other holds the same values without any client.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from botocore.session import Session
from peerkeeper.aws.clients import CONFIG
from peerkeeper.aws.observe import OPERATIONS
from peerkeeper.aws.pace import Pace
from peerkeeper.aws.spokes import SpokeRole
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Describe

from benchmarks.fleet_memory import ROOT, _answers, seventeen_regions
from benchmarks.fleet_world import observed, settings_of
from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.logins.login import Login
from peerkeeper_cli.logins.other_accounts import assumed
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.allowed_actions import hold
from peerkeeper_cli.reader.progress import Silent
from peerkeeper_cli.reader.read_estate import Asked, read_estate
from peerkeeper_cli.reader.threads import Threads

WHOLE = (Describe.PEERINGS, Describe.VPCS, Describe.SUBNETS, Describe.ROUTE_TABLES)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process spent."""

    calls: int
    reading: float
    """Seconds of CPU."""
    planning: float
    mebibytes: float


def spent(what: str, accounts: int) -> Spent:
    """Return what a new process spends on `plan`, `values` or `script`."""
    code = f"from benchmarks.fleet_plan import {what}; {what}({accounts})"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return Spent(**json.loads(done.stdout.splitlines()[-1]))


def places_of(accounts: int) -> list[Location]:
    """Return the locations of so many accounts in 17 regions."""
    regions = seventeen_regions()
    return [Location(f"{a:012}", region) for a in range(1, accounts + 1) for region in regions]


def plan(accounts: int) -> None:
    """Read by the command line's own logins, clients and threads; plan both modes that write."""
    places = places_of(accounts)
    with _Counted() as calls:
        access = _access(places)
        _estate(places, Threads(access, Silent()), calls)


def values(accounts: int) -> None:
    """Hold and plan the same values; make no client and no call."""
    _estate(places_of(accounts), _Values(), _Counted())


def script(accounts: int) -> None:
    """Make the same calls as a script would: a session an account, a client a region. Keep no reply."""
    with _Counted() as calls:
        began = time.process_time()
        for account in range(1, accounts + 1):
            session = _session(f"{account:012}")
            for region in seventeen_regions():
                _describe(session.create_client("ec2", region_name=region, config=CONFIG))
        _say(Spent(calls.made, time.process_time() - began, 0.0, 0.0))


def _describe(ec2: Any) -> None:  # noqa: ANN401 - made at run time
    for kind in WHOLE:
        action, key, _ = OPERATIONS[kind]
        name = "".join(f"_{one.lower()}" if one.isupper() else one for one in action).strip("_")
        found = [one for page in ec2.get_paginator(name).paginate() for one in page[key]]
        if kind is Describe.VPCS:
            vpcs = found
    for vpc in vpcs:
        ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute="enableDnsHostnames")


def _estate(places: list[Location], ask: Asked, calls: _Counted) -> None:
    settings = settings_of(places)
    began = time.process_time()
    reading = read_estate(places, settings, ask, 1.0)
    read = time.process_time()
    if reading.seen.unread:
        raise RuntimeError(reading.seen.unread)
    look_ahead(Estate(reading, settings, "", frozenset(), ask))
    _say(Spent(calls.made, read - began, time.process_time() - read, 0.0))


def _access(places: list[Location]) -> Access:
    own, *others = dict.fromkeys(each.account_id for each in places)
    session = _session(own)
    hold(session, "plan")
    login = Login(own, session, "a benchmark", places[0].region)
    role = SpokeRole("network-reader", "peerkeeper-plan", "", "aws")
    more = assumed(login, role, others, partial(hold, command="plan"))
    return Access([login, *more.logins], more.refused, pace=Pace(sleep=lambda _: None))


def _session(account: str) -> Session:
    session = Session()
    session.set_credentials(f"AKIA{account}", "none")
    return session


class _Values:
    """Answers with values, as EC2's replies are parsed to."""

    def __call__(self, groups: Any, /) -> list[Observed]:  # noqa: ANN401 - sequences of reads
        return [observed(group)[0] for group in groups]

    def done_with(self, account: str, /) -> None:
        """Hold nothing."""


class _Counted:
    """The network: answers from memory, and counts the calls to EC2."""

    def __init__(self) -> None:
        self.made = 0

    def __enter__(self) -> _Counted:
        model = _session("0" * 12).create_client("ec2", region_name="us-east-1").meta.service_model
        send: Callable[[Any, Any], Any] = _answers(model)

        def counted(session: Any, request: Any) -> Any:  # noqa: ANN401 - botocore's
            self.made += "sts." not in request.url
            return send(session, request)

        self._patched = patch("botocore.httpsession.URLLib3Session.send", counted)
        self._patched.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._patched.stop()


def _say(found: Spent) -> None:
    sys.stdout.write(json.dumps({**asdict(found), "mebibytes": _largest()}) + "\n")


def _largest() -> float:
    """Return the largest resident size in MiB. getrusage also counts what the parent had at the fork."""
    status = Path("/proc/self/status")
    if status.exists():
        said = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        if said:
            return int(said[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
