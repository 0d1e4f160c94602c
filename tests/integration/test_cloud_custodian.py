"""Cloud Custodian against the served cloud, as a user would run it against AWS. Opt-in.

CUSTODIAN names a `custodian` executable, in an environment of its own: docs/beside/cloud-custodian.md.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.served import HANGS, ROOT, SEOUL, TOKYO, Served, environment, run, serving, until

CUSTODIAN = os.environ.get("CUSTODIAN", "")
POLICIES = ROOT / "docs/examples/cloud-custodian"
REQUEST = "pcx-0c0ffee0c0ffee001"
REJECTED, OURS, THEIRS = "pcx-0c0ffee0c0ffee002", "vpc-0a39a39a39a39a391", "vpc-0b31b31b31b31b310"
OUR_TABLE, THEIR_TABLE = "rtb-0a39a39a39a39a391", "rtb-0b31b31b31b31b310"
WRONG, RIGHT = "r['k']['Region']", "r[k]['Region']"

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CUSTODIAN, reason="CUSTODIAN names no custodian executable"),
]


class Custodian:
    """The executable, with the served cloud for its AWS and `folder` for its home and output."""

    def __init__(self, served: Served, folder: Path) -> None:
        kept = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
        alone = {"HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true"}
        self.environment = {**kept, **served.said, **alone}
        self.output = folder / "out"

    def __call__(self, verb: str, policies: str, *words: str) -> subprocess.CompletedProcess[str]:
        places = ["--region", SEOUL, "--region", TOKYO, "-s", str(self.output)]
        cache = ["--cache-period", "0"] if verb == "run" else []
        return subprocess.run(
            [CUSTODIAN, verb, *places, *cache, *words, str(POLICIES / policies)],
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=HANGS,
            check=False,
        )

    def ran(self, policies: str, *words: str) -> None:
        done = self("run", policies, *words)
        assert done.returncode == 0, done.stderr

    def found(self, policy: str, region: str) -> list[dict[str, Any]]:
        """Return the resources of the last run of `policy` in `region`."""
        return json.loads((self.output / region / policy / "resources.json").read_text())

    def ids(self, policy: str, key: str) -> list[set[str]]:
        """Return the ids found in Seoul, and those found in Tokyo."""
        return [{each[key] for each in self.found(policy, region)} for region in (SEOUL, TOKYO)]


@pytest.mark.parametrize("policies", sorted(path.name for path in POLICIES.glob("*.yml")))
def test_custodian_takes_each_example_for_valid(policies: str) -> None:
    done = subprocess.run(
        [CUSTODIAN, "validate", "--strict", str(POLICIES / policies)],
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_it_finds_what_the_samples_name(tmp_path: Path) -> None:
    with serving("--seed", "events", "--no-functions") as served:
        custodian = Custodian(served, tmp_path)
        custodian.ran("report.yml")
        pcx, table, vpc = "VpcPeeringConnectionId", "RouteTableId", "VpcId"
        assert custodian.ids("peerings", pcx) == [{REQUEST, REJECTED}] * 2
        assert custodian.ids("peerings-waiting", pcx) == [{REQUEST}] * 2
        assert custodian.ids("peerings-without-routes", pcx) == [set()] * 2
        assert custodian.ids("tables-with-blackholes", table) == [set(), {THEIR_TABLE}]
        assert custodian.ids("tables-to-peerings", table) == [set(), {THEIR_TABLE}]
        assert custodian.ids("tables-of-public-subnets", table)[1] == {THEIR_TABLE}
        assert custodian.ids("vpcs-that-may-peer", vpc) == [{OURS}, {THEIRS}]
        assert custodian.ids("vpcs-without-dns-hostnames", vpc) == [{OURS}, set()]
        for policy in ("vpcs-with-dns-support", "vpcs-with-amazon-dns", "vpcs-without-flow-logs"):
            seoul, tokyo = custodian.ids(policy, vpc)
            assert (OURS in seoul, len(seoul), tokyo) == (True, 2, {THEIRS}), policy
        counted = custodian("report", "report.yml", "--format", "csv", "-p", "peerings-waiting")
        assert counted.stdout.count(REQUEST) == 1  # a report lists an id once, not once a Region


def test_the_tag_it_sets_makes_peerkeeper_accept_and_route(tmp_path: Path) -> None:
    with serving("--seed", "story", "--speed", "30") as served:
        custodian = Custodian(served, tmp_path)
        seoul, tokyo = served.client("ec2", SEOUL), served.client("ec2", TOKYO)
        (ours,) = (v["VpcId"] for v in seoul.describe_vpcs()["Vpcs"] if not v["IsDefault"])
        (theirs,) = (v["VpcId"] for v in tokyo.describe_vpcs()["Vpcs"])
        pcx = seoul.create_vpc_peering_connection(VpcId=ours, PeerVpcId=theirs, PeerRegion=TOKYO)[
            "VpcPeeringConnection"
        ]["VpcPeeringConnectionId"]
        assert until(lambda: served.status(pcx) == "pending-acceptance")
        custodian.ran("allow.yml")
        assert until(lambda: served.status(pcx) == "active")
        assert until(lambda: len(served.targets(SEOUL, pcx)) == 2)
        assert until(lambda: len(served.targets(TOKYO, pcx)) == 1)
        reading = ("-p", "tables-to-peerings", "-p", "vpcs-that-may-peer")
        custodian.ran("report.yml", *reading)
        assert [len(ids) for ids in custodian.ids("tables-to-peerings", "RouteTableId")] == [3, 1]
        assert ours in custodian.ids("vpcs-that-may-peer", "VpcId")[0]
        custodian.ran("withdraw.yml")
        custodian.ran("report.yml", *reading)
        assert custodian.ids("vpcs-that-may-peer", "VpcId") == [set(), set()]
        assert [len(ids) for ids in custodian.ids("tables-to-peerings", "RouteTableId")] == [3, 1]


def installed() -> Path:
    """Return the folder of the package that CUSTODIAN runs."""
    interpreter = Path(CUSTODIAN).read_text().splitlines()[0].removeprefix("#!")
    asked = [interpreter, "-c", "import c7n; print(c7n.__path__[0])"]
    return Path(subprocess.run(asked, text=True, capture_output=True, check=True).stdout.strip())


def test_missing_route_fails_as_on_aws_and_mended_names_the_side_without_a_route(
    tmp_path: Path,
) -> None:
    """The accepter's and the requester's info carry a Region; the filter reads a key named 'k'."""
    package = installed()
    if WRONG not in (package / "resources/vpc.py").read_text():
        pytest.skip("this c7n reads the Region of a side: its missing-route needs no mending")
    only = ("-p", "peerings-without-routes")
    with serving("--seed", "events", "--no-functions", "--speed", "30") as served:
        event = "events/create-vpc-peering-connection.json"
        assert run("invoke", event, "--endpoint", served.url).returncode == 0
        assert until(lambda: served.status(REQUEST) == "active")
        custodian = Custodian(served, tmp_path)
        failed = custodian("run", "report.yml", *only)
        assert failed.returncode == 2
        assert "KeyError: 'k'" in failed.stderr

        mended = shutil.copytree(package, tmp_path / "mended/c7n") / "resources/vpc.py"
        mended.write_text(mended.read_text().replace(WRONG, RIGHT))
        custodian.environment["PYTHONPATH"] = str(tmp_path / "mended")
        custodian.ran("report.yml", *only)
        assert custodian.ids("peerings-without-routes", "VpcPeeringConnectionId") == [set()] * 2
        served.client("ec2", SEOUL).delete_route(
            RouteTableId=OUR_TABLE, DestinationCidrBlock="172.31.0.0/16"
        )
        custodian.ran("report.yml", *only)
        found = custodian.ids("peerings-without-routes", "VpcPeeringConnectionId")
        assert found == [{REQUEST}, set()]
