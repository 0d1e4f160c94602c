"""docs/examples/terraform-deploy, applied: Terraform makes hub and spoke of a release in a bucket.

In an account of its own, so that no other test's stack is in the way. What a deletion leaves is looked at
elsewhere: it takes Terraform three quarters of a minute. Skipped where there is no Terraform.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from release.version import said
from tests.deployed.engine import Engine
from tests.deployed.places import ROOT, SEOUL, TOKYO
from tests.deployed.released import Release
from tests.terraform.client import Terraform, missing

EXAMPLE = ROOT / "docs/examples/terraform-deploy"
ACCOUNT = "777788889999"
STACKS = {SEOUL: "peerkeeper", TOKYO: "peerkeeper-spoke"}
QUIETLY = ("-input=false", "-no-color")

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def ran(terraform: Terraform, *words: str) -> str:
    done = terraform(*words)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return str(done.stdout)


@pytest.fixture(scope="module")
def terraform(
    engine: Engine, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Terraform:
    """The example, applied."""
    folder: Path = tmp_path_factory.mktemp("terraform")
    shutil.copy(EXAMPLE / "main.tf", folder)
    ours = release.moved("another-teams-releases")
    ours.upload(engine, ACCOUNT)
    said = engine.variables(SEOUL, ACCOUNT) | {"TF_VAR_release": ours.address}
    client = Terraform(folder, said)
    ran(client, "init", *QUIETLY)
    ran(client, "apply", "-auto-approve", *QUIETLY)
    return client


def test_the_example_deploys_hub_and_spoke(
    terraform: Terraform, engine: Engine, figure: Callable[[str], None]
) -> None:
    versions = json.loads(ran(terraform, "output", "-json", "version"))
    assert versions == {"hub": said(), "spoke": said()}
    made = 0
    for region, stack in STACKS.items():
        client = engine.client("cloudformation", region, ACCOUNT)
        made += len(client.list_stack_resources(StackName=stack)["StackResourceSummaries"])
    figure(f"{made:>6} resources made by Terraform from the address of a release")


def test_the_next_plan_is_empty(terraform: Terraform) -> None:
    planned = terraform("plan", "-detailed-exitcode", *QUIETLY)
    assert planned.returncode == 0, planned.stdout[-3000:] + planned.stderr[-3000:]
