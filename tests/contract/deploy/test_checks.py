"""`make check`: what is looked at, and that neither a new finding nor a skip nobody needs goes by."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.chosen import DEPLOYED, Chosen
from checks.skips import Finding, Skip, judged, skips_from
from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import HUB, ROOT, SPOKE, allowed, as_list, statements

ALL = [Chosen(name, parameters) for name, parameters in DEPLOYED]
SKIPS = yaml.safe_load((ROOT / "checks/skips.yaml").read_text())
QUEUE = Finding("CKV_AWS_27", "template.yaml", "ConnectQueue", "encrypted")
BUCKET = Finding("CKV_AWS_21", "template.yaml", "SweepsBucket", "versions")


def keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set()


def test_no_condition_is_left_for_a_checker_to_guess_at() -> None:
    for chosen in ALL:
        assert "Fn::If" not in keys(chosen.template())
        assert all("Condition" not in each for each in chosen.template()["Resources"].values())


def test_every_resource_of_both_templates_is_checked() -> None:
    for name, template in (("template.yaml", HUB), ("spoke.yaml", SPOKE)):
        checked = [set(c.template()["Resources"]) for c in ALL if c.name == name]
        assert set().union(*checked) == set(template["Resources"])


def test_every_action_that_any_role_may_be_allowed_is_checked() -> None:
    checked = {
        (role, action)
        for chosen in ALL
        for role, document in chosen.policies()
        for statement in document["Statement"]
        for action in as_list(statement["Action"])
    }
    granted = {
        (role, action)
        for role, resource in HUB["Resources"].items()
        if resource["Type"] == "AWS::IAM::Role"
        for sweep in ("direct", "state-machine")
        for accounts in ("", "444455556666", "organization")
        for units in ("", "ou-ab12-11111111")
        for statement in statements(
            HUB, role, FleetSweep=sweep, Accounts=accounts, OrganizationalUnits=units
        )
        for action in as_list(statement["Action"])
    }
    granted |= {
        (role, action)
        for role, resource in SPOKE["Resources"].items()
        if resource["Type"] == "AWS::IAM::Role"
        for action in allowed(SPOKE, role)
    }
    assert granted <= checked


def test_a_finding_without_a_skip_is_wrong() -> None:
    (line,) = judged([QUEUE, BUCKET], [Skip("CKV_AWS_27", "*")])
    assert line == "template.yaml SweepsBucket: CKV_AWS_21 versions"


@pytest.mark.parametrize("skip", [Skip("CKV_AWS_21", "SweepsBucket"), Skip("CKV_AWS_27", "Gone")])
def test_a_skip_that_no_finding_needs_is_wrong(skip: Skip) -> None:
    (line,) = judged([QUEUE], [Skip("CKV_AWS_27", "ConnectQueue"), skip])
    assert line == f"skips.yaml: {skip.check} for {skip.resource} is needed no more"


@pytest.mark.parametrize("entry", [{"resources": ["A"]}, {"reason": "because"}])
def test_a_skip_without_a_reason_or_a_resource_is_refused(entry: Any) -> None:
    with pytest.raises(ValueError, match="a skip needs resources and a reason"):
        skips_from([{"check": "CKV_AWS_1", **entry}])


def test_the_file_of_skips_can_be_read_and_names_nothing_twice() -> None:
    skips = skips_from(SKIPS)
    assert len(skips) == len(set(skips)) > 0


@pytest.mark.proof  # `make check` runs them too
def test_checkov_and_parliament_find_nothing_but_that_and_each_skip_is_needed(run: Run) -> None:
    given = os.environ.get("CHECKERS")
    python = Path(given) if given else ROOT / ".venv/checkers/bin/python"
    if not python.exists():
        pytest.skip("no checkers: `make check` sets them up, or name their Python in CHECKERS")
    done = run(python, "-m", "checks", env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stdout + done.stderr
