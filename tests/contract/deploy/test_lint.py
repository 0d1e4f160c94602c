"""What the linters of CloudFormation and SAM say of the templates: nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from cfnlint.api import lint_file

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import HUB, ROOT


@pytest.mark.parametrize("name", ["template.yaml", "spoke.yaml"])
def test_cfn_lint_finds_nothing_in_a_template(name: str) -> None:
    assert lint_file(ROOT / name) == []


def test_cfn_lint_finds_nothing_in_what_the_transform_makes(
    transformed: Any, tmp_path: Path
) -> None:
    path = tmp_path / "transformed.json"
    path.write_text(json.dumps(transformed))
    assert lint_file(path) == []


def test_sam_validates_the_hub(sam: Path, run: Run) -> None:
    done = run(sam, "validate", "--lint", "--template", ROOT / "template.yaml")
    assert done.returncode == 0, done.stderr
    assert "is a valid SAM Template" in done.stdout


def test_the_transform_makes_no_resource_that_takes_the_place_of_one_of_ours(
    transformed: Any,
) -> None:
    """Event E of function F becomes resource FE: no linter of the template as written sees that."""
    made = transformed["Resources"]
    ours = {name: resource["Type"] for name, resource in HUB["Resources"].items()}
    kept = {name: kind for name, kind in ours.items() if not kind.startswith("AWS::Serverless::")}
    assert {name: made[name]["Type"] for name in kept} == kept
    new = sorted(resource["Type"] for name, resource in made.items() if name not in kept)
    assert new == [
        "AWS::Lambda::EventInvokeConfig",
        *["AWS::Lambda::EventSourceMapping"] * 4,
        *["AWS::Lambda::Function"] * 7,
        "AWS::Lambda::LayerVersion",
        "AWS::StepFunctions::StateMachine",
    ]
