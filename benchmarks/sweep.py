"""A sweep of a still account, 60 ms a call: ours, Cloud Custodian, a good script, the raw signer.

In: a size, rounds. Out: rows. Each way is a new process that reads the same estate, and must find the same
tables without a route. Ours is `functions/sweep/handler.py` with the compiled layer. It also judges each
peering, tells people and hands on.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import custodian
from benchmarks.cold_start import layer_in
from benchmarks.cpu_share import NoShare, share_of
from benchmarks.fleet_memory import seventeen_regions
from benchmarks.process import Ran, run
from benchmarks.rounds import Rounds, ratio
from benchmarks.row import Row, Subject
from benchmarks.served import REGION, ROOT
from benchmarks.still_ec2 import StillEc2, still_ec2
from benchmarks.still_world import ACCOUNT, PARTNER, Size

A_CALL = 0.060
DEPLOYED = 1024
"""MB of the sweep function, see template.yaml."""
OURS = (
    "import handler, json, types\n"
    "handler.lambda_handler(json.load(open('events/scheduled-sweep.json')),"
    " types.SimpleNamespace(get_remaining_time_in_millis=lambda: 120_000))"
)
QUEUES = ("CONNECT_PEERINGS", "CLEAN_ROUTES", "CONFIGURE_VPCS")
Way = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Sweeps:
    """The ways to sweep one account."""

    ec2: StillEc2
    regions: Sequence[str]
    folder: Path
    layer: Path

    def ours(self, *before: str) -> float:
        """Return the seconds of our function's process. `before`: what begins it."""
        paths = f"{ROOT / 'functions/sweep'}:{self.layer}"
        own = {
            "PYTHONPATH": paths,
            "PEERKEEPER_ACCOUNT": ACCOUNT,
            "PEERKEEPER_ALLOWED_ACCOUNTS": PARTNER,
            "PEERKEEPER_REGIONS": ",".join(self.regions),
            "PEERKEEPER_MODE": "full",
            "PEERKEEPER_BUS": "bus",
            **{f"PEERKEEPER_QUEUE_{name}": f"{self.ec2.url}/{ACCOUNT}/queue" for name in QUEUES},
        }
        return self._took("ours", (*before, sys.executable, "-c", OURS), own, _tables_of_ours)

    def script(self, name: str, *before: str) -> float:
        """Return the seconds of one of the programs in `benchmarks/peers`."""
        words = (*before, sys.executable, "-m", f"benchmarks.peers.{name}")
        return self._took(name, words, {"PYTHONPATH": str(ROOT)}, int)

    def custodian(self) -> float:
        """Return the seconds of Cloud Custodian."""
        words = custodian.words(self.folder, self.regions)
        return self._took("c7n", words, {}, lambda _: custodian.tables_without(self.folder))

    def _took(
        self, name: str, words: Sequence[str], own: Mapping[str, str], found: Callable[[str], int]
    ) -> float:
        """Run it once. Raises AssertionError where it found other tables, or asked for another action."""
        environment = {
            "PATH": os.environ["PATH"],
            "LAMBDA_TASK_ROOT": str(ROOT),
            "HOME": str(self.folder),
            "AWS_ENDPOINT_URL": self.ec2.url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_SECRET_ACCESS_KEY": "none",
            "REGIONS": ",".join(self.regions),
            **own,
        }
        self.ec2.calls.clear()
        ran: Ran = run(words, environment, self.folder if name == "c7n" else ROOT)
        seen, wanted = found(ran.said), self.ec2.size.tables_without
        assert seen == wanted, f"{name} found {seen} tables without a route, not {wanted}"  # noqa: S101
        assert not self.ec2.unknown, f"{name} asked for {self.ec2.unknown}"  # noqa: S101
        return ran.seconds


def _tables_of_ours(said: str) -> int:
    """Return how many tables the log of our sweep names."""
    reports = [json.loads(line).get("report", {}) for line in said.splitlines()]
    sides = [side for report in reports for side in report.get("not_carrying", ())]
    return len({gap["route_table"] for side in sides for gap in side["gaps"]})


@contextmanager
def sweeps_of(size: Size) -> Iterator[Sweeps]:
    """Serve an account of this size; yield the ways to sweep it."""
    others = (region for region in seventeen_regions() if region != REGION)
    regions = [REGION, *others][: size.regions]
    with tempfile.TemporaryDirectory() as name, still_ec2(size, regions, A_CALL) as ec2:
        folder = Path(name)
        yield Sweeps(ec2, regions, folder, layer_in(folder / "layer"))


def rows(size: Size, subjects: Mapping[str, Subject], rounds: Rounds) -> list[Row]:
    """Return a row for each of the peers `c7n` and `script` that the subjects name, of the same rounds."""
    with sweeps_of(size) as sweeps:
        peers: dict[str, Way] = {"script": lambda: sweeps.script("boto3_sweep")}
        if custodian.program():
            peers["c7n"] = sweeps.custodian
        took = rounds.of(
            {
                "ours": sweeps.ours,
                "floor": lambda: sweeps.script("raw_sweep"),
                **{name: way for name, way in peers.items() if name in subjects},
            }
        )
    return [_row(subject, took, name) for name, subject in subjects.items()]


def deployed(size: Size, subjects: Mapping[str, Subject], rounds: Rounds) -> list[Row]:
    """Return the row `script`: ours, the script and the floor with the share that the function has."""
    (subject,) = subjects.values()
    with sweeps_of(size) as sweeps:
        try:
            with share_of(DEPLOYED) as before:
                took = rounds.of(
                    {
                        "ours": lambda: sweeps.ours(*before),
                        "script": lambda: sweeps.script("boto3_sweep", *before),
                        "floor": lambda: sweeps.script("raw_sweep", *before),
                    }
                )
        except NoShare as error:
            return [Row(subject, why=str(error))]
    return [_row(subject, took, "script")]


def _row(subject: Subject, took: Mapping[str, Sequence[float]], peer: str) -> Row:
    ours, floor = median(took["ours"]), median(took["floor"])
    if peer not in took:
        return Row(subject, ours, None, floor, None, custodian.MISSING)
    return Row(subject, ours, median(took[peer]), floor, ratio(took["ours"], took[peer]))
