"""Who peers with whom in one account, three regions: asked by `peerkeeper`, by vpcatlas, by Cloud Custodian.

In: VPCATLAS and CUSTODIAN, or programs of these names on PATH, each in its own environment. Out: calls, time
and CPU as ratios to ours, of rounds in which each tool runs once. All ask the same made-up estate, 60 ms a
call. It checks that each finds the same peerings. Ours also reads DNS, and plans.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, median_low

from benchmarks.served import ROOT, server
from benchmarks.slow_cloud import Far, far

A_CALL = 0.060
ROUNDS = 5
REGIONS = ("ap-northeast-2", "ap-northeast-1", "eu-west-1")
SERVE = ("-m", "peerkeeper_local", "serve", "--seed", "estate", "--port", "0", "--no-functions")
POLICIES = "policies:\n" + "".join(
    f"  - {{name: {name}s, resource: {name}}}\n"
    for name in ("peering-connection", "vpc", "route-table")
)
LINE = "{:<40}{:>7}{:>9}{:>9}{:>9}{:>8}{:>8}"


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that lists peerings: what to type, and how to read the ids of what it found."""

    name: str
    words: tuple[str, ...]
    found: Callable[[str, Path], set[str]]
    """From its output, and the folder that it ran in, to the peerings that it found."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run."""

    calls: int
    wall: float
    cpu: float
    peerings: set[str]


def tools() -> Iterator[Tool]:
    """Yield our tool, and each of the others that is installed. Print which ones are missing."""
    paths = [str(ROOT), str(ROOT / "layers/peerkeeper")]
    code = f"import sys; sys.path[:0] = {paths}; from peerkeeper_cli.app import main; main()"
    ours = (sys.executable, "-c", code, "peerings", "--profile", "one", "--json")
    yield Tool("peerkeeper peerings --json", ours, _ours)
    if atlas := _program("VPCATLAS", "vpcatlas"):
        words: tuple[str, ...] = (
            atlas,
            "inventory",
            "-r",
            ",".join(REGIONS),
            "-f",
            "json",
            "-o",
            "out",
        )
        yield Tool(
            "vpcatlas inventory, peerings and VPCs",
            (*words, "--include-services", "peering"),
            _atlas,
        )
        yield Tool("vpcatlas inventory, all services", words, _atlas)
    if custodian := _program("CUSTODIAN", "custodian"):
        asked = [word for region in REGIONS for word in ("--region", region)]
        words = (custodian, "run", "-s", "out", "--cache-period", "0", *asked, "policies.yml")
        yield Tool("custodian run, three policies", words, _custodian)


def _program(variable: str, name: str) -> str | None:
    path = os.environ.get(variable) or shutil.which(name)
    if not path:
        print(f"skipped: there is no {name}: install it, and name the program in {variable}")
    return path and str(Path(path).absolute())


def _ours(output: str, _folder: Path) -> set[str]:
    return {one["id"] for one in json.loads(output)["peerings"]}


def _atlas(_output: str, folder: Path) -> set[str]:
    (account,) = json.loads((folder / "out/vpcatlas-inventory.json").read_text())["accounts"]
    shown = [one for region in account["regions"] for one in region["resources"]]
    return {one["id"] for one in shown if one["type"] == "peering"}


def _custodian(_output: str, folder: Path) -> set[str]:
    files = folder.glob("out/*/peering-connections/resources.json")
    return {one["VpcPeeringConnectionId"] for file in files for one in json.loads(file.read_text())}


def run(tool: Tool, cloud: Far, keys: Mapping[str, str]) -> Ran:
    """Run the tool once in an empty folder. Raises RuntimeError where it found nothing to read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = _prepared(folder, cloud, keys)
        cloud.calls.clear()
        spent, began = _cpu(), time.monotonic()
        done = subprocess.run(  # noqa: S603 - our own words
            tool.words, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        took = time.monotonic() - began
        try:
            found = tool.found(done.stdout, folder)
        except (OSError, ValueError) as error:
            raise RuntimeError(f"{tool.name}: {done.stderr[-2000:]}") from error
        return Ran(cloud.calls.total(), took, _cpu() - spent, found)


def _prepared(folder: Path, cloud: Far, keys: Mapping[str, str]) -> dict[str, str]:
    """Put into the folder what the tools want there; return the environment that leads them to the cloud."""
    (folder / "policies.yml").write_text(POLICIES)
    (folder / "config").write_text(f"[profile one]\nregion = {REGIONS[0]}\n")
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    lines = "".join(f"{name.lower()} = {keys[name]}\n" for name in names)
    (folder / "credentials").write_text(f"[one]\n{lines}")
    return {
        **keys,
        "AWS_ENDPOINT_URL": cloud.url,
        "AWS_CONFIG_FILE": str(folder / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"),
        "AWS_DEFAULT_REGION": REGIONS[0],
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a line a tool."""
    asked = list(tools())
    with server(*SERVE) as said, far(said["AWS_ENDPOINT_URL"], A_CALL) as cloud:
        for tool in asked:
            run(tool, cloud, said)  # compiled, and in the caches of the file system
        rounds = [[run(tool, cloud, said) for tool in asked] for _ in range(ROUNDS)]
    print(
        f"one account, {len(REGIONS)} regions, {A_CALL * 1000:.0f} ms a call, median of {ROUNDS};"
        " ratios to the first line, round by round"
    )
    print(LINE.format("", "calls", "seconds", "CPU s", "peerings", "/ time", "/ CPU"))
    for number, tool in enumerate(asked):
        print(_line(tool, [(each[number], each[0]) for each in rounds]))


def _line(tool: Tool, pairs: Sequence[tuple[Ran, Ran]]) -> str:
    """Return the tool's line: its runs, each with ours. Raises AssertionError where they found others."""
    for its, ours in pairs:
        differ = its.peerings ^ ours.peerings
        assert ours.peerings and not differ, f"{tool.name} found others: {differ}"  # noqa: S101
    return LINE.format(
        tool.name,
        median_low(its.calls for its, _ in pairs),
        f"{median(its.wall for its, _ in pairs):.1f}",
        f"{median(its.cpu for its, _ in pairs):.1f}",
        len(pairs[0][0].peerings),
        f"{median(its.wall / ours.wall for its, ours in pairs):.2f}",
        f"{median(its.cpu / ours.cpu for its, ours in pairs):.2f}",
    )


if __name__ == "__main__":
    main()
