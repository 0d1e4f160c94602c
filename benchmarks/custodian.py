"""A sweep by Cloud Custodian: policies that read what ours reads, and that work.

In: Regions and an environment. Out: the words to run it, and what it found. Its own filter `missing-route`
raises KeyError on EC2's replies (docs/beside/cloud-custodian.md), so a policy on tables asks instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

POLICIES = """\
policies:
  - name: peerings
    resource: peering-connection
    filters: [{Status.Code: active}]
  - name: tables-without
    resource: route-table
    filters:
      - not: [{type: route, key: VpcPeeringConnectionId, value: present}]
  - name: vpcs-without-names
    resource: vpc
    filters: [{type: vpc-attributes, dnshostnames: false}]
  - name: public-subnets
    resource: subnet
    filters: [{MapPublicIpOnLaunch: true}]
"""
MISSING = "there is no custodian: `make bench` sets it up, or CUSTODIAN names it"


def program() -> str:
    """Return the program: CUSTODIAN, or the one on PATH; empty where there is none."""
    named = os.environ.get("CUSTODIAN", "")
    return named if Path(named).is_file() else shutil.which("custodian") or ""


def version() -> str:
    """Return its version, and the version of its Python."""
    code = "import c7n.version, platform; print(c7n.version.version, platform.python_version())"
    python = Path(program()).with_name("python")
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    own, its = done.stdout.split()
    return f"Cloud Custodian {own} on Python {its}"


def words(folder: Path, regions: Sequence[str]) -> tuple[str, ...]:
    """Write the policies into the folder; return what runs them there, without its cache."""
    (folder / "policies.yml").write_text(POLICIES)
    places = [word for region in regions for word in ("--region", region)]
    return (program(), "run", "-s", "out", "--cache-period", "0", *places, "policies.yml")


def tables_without(folder: Path) -> int:
    """Return how many tables the last run found without a route to a peering."""
    files = folder.glob("out/*/tables-without/resources.json")
    return sum(len(json.loads(file.read_text())) for file in files)
