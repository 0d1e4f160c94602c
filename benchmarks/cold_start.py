"""What a function costs to start, next to boto3 with one EC2 client: CPU and memory of processes, in pairs.

In: nothing. Out: a line for 2 Regions and one for 17. The layer is what `sam build` makes, compiled for this
Python. It checks that both processes end well.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.fleet_memory import seventeen_regions
from benchmarks.rounds import Rounds, ratio
from benchmarks.row import Row, Subject
from benchmarks.served import ROOT

ROUNDS = 9
GOALS = {2: 0.55, 17: 0.60}
MOST_MIB = 38
LINE = "{:<12}{:>10}{:>12}{:>9}{:>8}{:>9}{:>8}"
REFERENCE = "import boto3; boto3.client('ec2', region_name='ap-northeast-2')"
FLOOR = "from benchmarks.peers.raw_ec2 import RawEc2; RawEc2('ap-northeast-2')"
SAY = "\nprint(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
"""The most memory of this program. What getrusage tells includes its parent at the fork."""


def main() -> None:
    """Print one line a number of Regions."""
    print(f"CPU from the first import to the first client, median of {ROUNDS} pairs of processes")
    print(LINE.format("regions", "ours", "boto3 + EC2", "ratio", "goal", "MiB", "goal"))
    with tempfile.TemporaryDirectory() as made:
        layer = layer_in(Path(made))
        path = f"{ROOT / 'functions/connect_peerings'}:{layer}"
        for count, goal in GOALS.items():
            regions = ",".join(["ap-northeast-2", *seventeen_regions()][:count])
            pairs = [
                (ran("import handler", path, regions), ran(REFERENCE, "", regions))
                for _ in range(ROUNDS)
            ]
            ours, theirs = (median(pair[side][0] for pair in pairs) for side in (0, 1))
            ratio = median(own[0] / other[0] for own, other in pairs)
            mib = median(own[1] for own, _ in pairs)
            cells = (f"{ours * 1000:.0f} ms", f"{theirs * 1000:.0f} ms", f"{ratio:.2f}", goal)
            print(LINE.format(count, *cells, f"{mib:.1f}", MOST_MIB))


def rows(subjects: Mapping[str, Subject], rounds: Rounds) -> list[Row]:
    """Return the rows that are asked for: `2` and `17`, of so many Regions, and `memory`, of two."""
    with tempfile.TemporaryDirectory() as made:
        path = f"{ROOT / 'functions/connect_peerings'}:{layer_in(Path(made))}"
        places = ["ap-northeast-2", *seventeen_regions()]
        found = rounds.of(
            {
                "2": partial(ran, "import handler", path, ",".join(places[:2])),
                "17": partial(ran, "import handler", path, ",".join(places[:17])),
                "boto3": partial(ran, REFERENCE, "", ""),
                "floor": partial(ran, FLOOR, str(ROOT), ""),
            }
        )
    cpu = {name: [seconds * 1000 for seconds, _ in runs] for name, runs in found.items()}
    size = {name: [mib for _, mib in runs] for name, runs in found.items()}
    of = {"2": (cpu, "2"), "17": (cpu, "17"), "memory": (size, "2")}
    return [_row(subject, *of[name]) for name, subject in subjects.items()]


def _row(subject: Subject, values: Mapping[str, list[float]], ours: str) -> Row:
    own, boto3, floor = (median(values[name]) for name in (ours, "boto3", "floor"))
    return Row(subject, own, boto3, floor, ratio(values[ours], values["boto3"]))


def layer_in(folder: Path) -> Path:
    """Make the layer there, as its Makefile does; return what is to be on the path."""
    source = ROOT / "layers/peerkeeper"
    shutil.copytree(source / "peerkeeper", folder / "peerkeeper")
    models = folder / "peerkeeper/aws/models"
    environment = {**os.environ, "PYTHONPATH": ""}  # or our sources would be imported
    for script, of in (
        ("trim_ec2_model.py", models),
        ("trim_endpoints.py", models),
        ("compile_ahead.py", folder),
    ):
        words = [sys.executable, str(source / "build" / script), str(of)]
        subprocess.run(words, check=True, capture_output=True, env=environment)  # noqa: S603 - our own words
    return folder


def ran(code: str, path: str, regions: str) -> tuple[float, float]:
    """Return the CPU seconds and the MiB of a new process."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": path,
        "PEERKEEPER_ACCOUNT": "111122223333",
        "PEERKEEPER_REGIONS": regions,
        "AWS_REGION": "ap-northeast-2",
        "LAMBDA_TASK_ROOT": str(ROOT),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code + SAY],
        env=environment,
        text=True,
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, int(done.stdout.split()[-1]) / 1024


if __name__ == "__main__":
    main()
